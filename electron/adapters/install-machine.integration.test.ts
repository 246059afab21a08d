import { afterEach, describe, expect, it } from "vitest";
import { describeMachine } from "../../e2e/machines/tree";
import { asAdministrator } from "./detect/elevation";
import { readInstallMachine } from "./install-machine";

// os-release as os-release(5) describes it; the Ubuntu and Rocky values as their documentation gives them, unseen here.
const UBUNTU = 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\nVERSION_CODENAME=noble\n';
const ROCKY = 'ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\n';

type Tree = Awaited<ReturnType<typeof describeMachine>>;
let machine: Tree | null = null;
afterEach(() => machine?.remove());

async function computer(more: Partial<Parameters<typeof describeMachine>[0]>): Promise<Tree> {
  machine = await describeMachine({ platform: "linux", home: "/home/ada", files: {}, ...more });
  return machine;
}

describe("what the install guide needs to know of a computer", () => {
  it("reads the distribution, the programs on PATH and who may be asked for rights", async () => {
    const ubuntu = await computer({
      files: { "/etc/os-release": UBUNTU, "/usr/bin/apt-get": "", "/usr/bin/pkexec": "", "/opt/bin/docker": "" },
      environment: { PATH: "/usr/bin:/opt/bin", DISPLAY: ":0" },
    });
    expect(await readInstallMachine(ubuntu)).toMatchObject({
      platform: "linux",
      distribution: ["ubuntu", "debian"],
      codename: "noble",
      release: 24,
      programs: ["docker", "apt-get"],
      elevation: "pkexec",
    });
  });

  it("takes quotes off and reads several kinds; without a desktop nobody is asked", async () => {
    const rocky = await computer({
      files: { "/etc/os-release": ROCKY, "/usr/bin/dnf": "", "/usr/bin/pkexec": "" },
      environment: { PATH: "/usr/bin" },
    });
    const read = await readInstallMachine(rocky);
    expect(read).toMatchObject({ distribution: ["rocky", "rhel", "centos", "fedora"], release: 9, elevation: "none" });
    expect(read.codename).toBeNull();
  });

  it("finds Homebrew where programs opened from the desktop do not have it on PATH", async () => {
    const mac = await computer({
      platform: "darwin",
      home: "/Users/ada",
      files: { "/opt/homebrew/bin/brew": "" },
      environment: { PATH: "/usr/bin:/bin" },
    });
    expect(await readInstallMachine(mac)).toMatchObject({ platform: "darwin", programs: ["brew"], distribution: [] });
  });

  it("offers a port that is free now", async () => {
    const { freePort } = await readInstallMachine(await computer({}));
    expect(freePort).toBeGreaterThanOrEqual(5432);
  });
});

describe("an administrator's command", () => {
  it("is plain for root, asked for on a desktop, and a line to copy elsewhere", async () => {
    const files = { "/usr/bin/pkexec": "" };
    const environment = { PATH: "/usr/bin", DISPLAY: ":0" };
    const line = async (more: Parameters<typeof computer>[0]) =>
      asAdministrator(await computer({ files, environment, ...more }), "systemctl", ["start", "postgresql"]);
    expect(await line({ uid: 0 })).toMatchObject({
      program: "systemctl",
      shown: "systemctl start postgresql",
      runnable: true,
    });
    expect(await line({})).toMatchObject({
      program: "pkexec",
      args: ["systemctl", "start", "postgresql"],
      shown: "pkexec systemctl start postgresql",
      runnable: true,
      environment: { DISPLAY: ":0" },
    });
    expect(await line({ environment: {} })).toMatchObject({
      shown: "sudo systemctl start postgresql",
      runnable: false,
    });
  });
});
