import { describe, expect, it } from "vitest";
import { commandLine } from "./command-line";
import type { InstallChoice, InstallMachine } from "./guide";
import { guidesFor, INSTALL_GUIDES } from "./guides";

const base: InstallMachine = {
  platform: "linux",
  distribution: ["debian"],
  codename: "bookworm",
  release: 12,
  architecture: "x86_64",
  isWsl: false,
  programs: ["apt-get"],
  elevation: "none",
  systemd: true,
  freePort: 5432,
};
const mac: InstallMachine = { ...base, platform: "darwin", distribution: [], programs: ["brew", "docker"] };
const windows: InstallMachine = { ...base, platform: "win32", distribution: [], programs: ["winget", "wsl"] };
const choice: InstallChoice = {
  version: 17,
  name: "aksara-postgres",
  user: "postgres",
  password: "s3cret word",
  database: "my app",
  port: 5433,
  volume: "aksara_pgdata",
};

const first = (machine: InstallMachine): string | undefined => guidesFor(machine)[0]?.id;
const commandsOf = (id: string, machine: InstallMachine, wanted = choice) => {
  const guide = INSTALL_GUIDES.find((one) => one.id === id);
  return (guide?.steps(machine, wanted) ?? []).flatMap(({ does }) =>
    does.kind === "command" ? [commandLine(does.command, machine)] : [],
  );
};

describe("install guides", () => {
  it("offer first what the computer installs with", () => {
    expect(first(base)).toBe("apt");
    expect(first({ ...base, distribution: ["fedora"], programs: ["dnf"] })).toBe("dnf");
    expect(first({ ...base, distribution: ["arch"], programs: ["pacman"] })).toBe("pacman");
    expect(first({ ...base, distribution: ["alpine"], programs: ["apk"] })).toBe("apk");
    expect(first({ ...base, distribution: ["opensuse"], programs: ["zypper"] })).toBe("zypper");
    expect(first(mac)).toBe("homebrew");
    expect(first({ ...mac, programs: [] })).toBe("postgres-app");
    expect(first(windows)).toBe("windows-installer");
  });

  it("keep every other way within reach, another computer's ones last", () => {
    for (const machine of [base, mac, windows]) {
      const guides = guidesFor(machine);
      expect(new Set(guides.map(({ id }) => id))).toEqual(new Set(INSTALL_GUIDES.map(({ id }) => id)));
      const fits = guides.map((guide) => guide.fits(machine));
      expect(fits).toEqual([...fits].sort((a, b) => b - a));
    }
  });

  it("each have steps for every computer, titles and words that are there, and links by known id", () => {
    for (const guide of INSTALL_GUIDES) {
      for (const machine of [base, mac, windows, { ...base, systemd: false, programs: [] }]) {
        const steps = guide.steps(machine, { ...choice, version: guide.versions[0] ?? 18 });
        expect(steps.length, guide.id).toBeGreaterThan(1);
        expect(new Set(steps.map(({ title }) => title)).size, guide.id).toBe(steps.length);
        expect(steps.every(({ title, text }) => title !== "" && text !== "")).toBe(true);
      }
    }
  });

  it("install the version that was chosen", () => {
    expect(commandsOf("pgdg-apt", base).at(-1)?.copied).toBe("sudo apt-get install -y postgresql-17");
    expect(commandsOf("homebrew", mac).map(({ shown }) => shown)).toEqual([
      "brew install postgresql@17",
      "brew services start postgresql@17",
    ]);
    const rocky: InstallMachine = { ...base, distribution: ["rocky", "rhel"], release: 9, programs: ["dnf"] };
    expect(commandsOf("pgdg-rpm", rocky)[0]?.copied).toContain("EL-9-x86_64/pgdg-redhat-repo-latest.noarch.rpm");
    const fedora: InstallMachine = { ...base, distribution: ["fedora"], release: 43, programs: ["dnf"] };
    const arm = commandsOf("pgdg-rpm", { ...rocky, architecture: "aarch64" });
    expect(arm[0]?.copied).toContain("EL-9-aarch64/pgdg-redhat-repo-latest.noarch.rpm");
    expect(commandsOf("pgdg-rpm", fedora)[0]?.copied).toContain("F-43-x86_64/pgdg-fedora-repo-latest.noarch.rpm");
  });

  it("start by systemd where it runs, else by the script", () => {
    const rpm: InstallMachine = { ...base, programs: ["dnf"], elevation: "root" };
    expect(commandsOf("dnf", rpm).at(-1)?.shown).toBe("systemctl enable --now postgresql");
    expect(commandsOf("dnf", { ...rpm, systemd: false }).at(-1)?.shown).toContain(
      "pg_ctl -D /var/lib/pgsql/data start",
    );
    const debian = (systemd: boolean) => commandsOf("apt", { ...base, systemd }).map(({ copied }) => copied);
    expect(debian(false)).toEqual([...debian(true), "sudo service postgresql start"]);
  });
});

describe("a guide's command", () => {
  const install = { program: "apt-get", args: ["install", "-y", "postgresql"], needs: "administrator" } as const;

  it("runs plainly as root, through pkexec where the system asks, and is a line to copy elsewhere", () => {
    expect(commandLine(install, { ...base, elevation: "root" })).toMatchObject({
      program: "apt-get",
      shown: "apt-get install -y postgresql",
      runnable: true,
    });
    expect(commandLine(install, { ...base, elevation: "pkexec" })).toMatchObject({
      program: "pkexec",
      args: ["apt-get", "install", "-y", "postgresql"],
      shown: "pkexec apt-get install -y postgresql",
      copied: "sudo apt-get install -y postgresql",
      runnable: true,
    });
    expect(commandLine(install, base)).toMatchObject({ shown: "sudo apt-get install -y postgresql", runnable: false });
  });

  it("does not run a package manager that is not there", () => {
    expect(commandLine({ program: "brew", args: ["install"], needs: "nothing" }, base).runnable).toBe(false);
  });
});

describe("Docker's guide where Podman is and Docker is not", () => {
  it("runs podman, with the image's whole name: it cannot ask for the registry", () => {
    const fedora: InstallMachine = { ...base, programs: ["dnf", "podman"] };
    const [run] = commandsOf("docker", fedora);
    expect(run).toMatchObject({ program: "podman", runnable: true });
    expect(run?.shown).toMatch(/^podman run -d --name aksara-postgres .* docker\.io\/library\/postgres:17$/);
    const titles = INSTALL_GUIDES.find(({ id }) => id === "docker")
      ?.steps(fedora, choice)
      .map(({ title }) => title);
    expect(titles).not.toContain("Install Docker");
    expect(commandsOf("docker", { ...base, programs: ["docker", "podman"] })[0]?.program).toBe("docker");
  });
});

describe("Docker's guide", () => {
  const guide = INSTALL_GUIDES.find(({ id }) => id === "docker");
  const texts = (wanted: InstallChoice) =>
    (guide?.steps(mac, wanted) ?? []).map(({ does }) => (does.kind === "lines" ? does.text : ""));

  it("builds its line from what was chosen, on loopback, without the password on the command line", () => {
    const [run] = commandsOf("docker", mac);
    expect(run?.shown).toBe(
      "docker run -d --name aksara-postgres -e POSTGRES_USER=postgres -e POSTGRES_PASSWORD -e 'POSTGRES_DB=my app' " +
        "-p 127.0.0.1:5433:5432 -v aksara_pgdata:/var/lib/postgresql/data postgres:17",
    );
    expect(run?.runnable).toBe(true);
    const does = guide?.steps(mac, choice)[0]?.does;
    expect(does?.kind === "command" && does.command.environment).toEqual({ POSTGRES_PASSWORD: "s3cret word" });
  });

  it("puts the volume where version 18 wants it", () => {
    expect(commandsOf("docker", mac, { ...choice, version: 18 })[0]?.shown).toContain(
      "aksara_pgdata:/var/lib/postgresql ",
    );
  });

  it("gives the whole line and a compose file to copy", () => {
    expect(texts(choice).join("\n")).toContain("POSTGRES_PASSWORD=s3cret word'");
    expect(texts(choice).join("\n")).toContain("services:");
  });

  it("says at its field what cannot be", () => {
    expect(guide?.problems?.({ ...choice, name: "a b" })).toMatchObject([{ field: "name" }]);
    expect(guide?.problems?.({ ...choice, password: "" })).toMatchObject([{ field: "password" }]);
    expect(guide?.problems?.(choice)).toEqual([]);
  });
});
