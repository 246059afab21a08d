import { afterEach, describe, expect, it } from "vitest";
import { dataDirectory } from "../../../e2e/machines/data";
import { describeMachine } from "../../../e2e/machines/tree";
import { parseWslNames } from "../../../shared/domain/detect/windows-registry";
import type { Detected, DetectSource } from "../../use-cases/detection";
import { processesOfPs, processesSource } from "./process-list";
import { windowsHostSource } from "./windows-host";
import { wslSource } from "./wsl";

/* macOS' `ps` and Windows' `wsl.exe` as their manuals show their output; neither was seen on a real machine. */

type Tree = Awaited<ReturnType<typeof describeMachine>>;
let machine: Tree | null = null;
afterEach(async () => {
  await machine?.remove();
  machine = null;
});

const labelOf = (one: Detected): string => (one.kind === "server" ? one.finding.server.label : "");

/** What a source finds, by label: it tells each as soon as it is known. */
async function findings(source: DetectSource): Promise<readonly Detected[]> {
  const all: Detected[] = [];
  const context = { signal: new AbortController().signal, once: <T>(_: string, work: () => Promise<T>) => work() };
  for await (const one of source.find(context)) all.push(one);
  return all.sort((a, b) => labelOf(a).localeCompare(labelOf(b)));
}

describe("running processes on macOS", () => {
  it("are none in garbage, however long its lines are", () => {
    const garbage = [
      "\u0000\u001b[2J",
      "-1 x postgres -D",
      `1 1 /postgres -D${" ".repeat(1_000_000)}`,
      "9".repeat(500_000),
    ];
    expect(processesOfPs(garbage.join("\n"))).toEqual([]);
  });

  it("are told from ps by their program and data directory, spaces and all", () => {
    const text = [
      "    1     0 /sbin/launchd",
      "  812   501 /opt/homebrew/opt/postgresql@17/bin/postgres -D /opt/homebrew/var/postgresql@17",
      "  813   501 postgres: checkpointer ",
      "  900   501 /Applications/Postgres.app/Contents/Versions/17/bin/postgres -D /Users/ada/Library/Application Support/Postgres/var-17 -p 5433",
    ].join("\n");
    expect(processesOfPs(text)).toMatchObject([
      { pid: 812, uid: 501, dataDirectory: "/opt/homebrew/var/postgresql@17" },
      { pid: 900, dataDirectory: "/Users/ada/Library/Application Support/Postgres/var-17" },
    ]);
  });

  it("become cards where they answer, and while they start", async () => {
    machine = await describeMachine({
      platform: "darwin",
      home: "/Users/ada",
      files: {
        ...dataDirectory("/Users/ada/db", { version: "17", port: 5444, pid: 5 }),
        ...dataDirectory("/Users/ada/db2", { version: "17", port: 5445, pid: 6, status: "starting" }),
        ...dataDirectory("/Users/ada/db3", { version: "17", port: 5446, pid: 7 }),
      },
      tools: {
        "/bin/ps -axo pid=,uid=,args=":
          " 5 501 /x/postgres -D /Users/ada/db\n 6 501 /x/postgres -D /Users/ada/db2\n 7 501 /x/postgres -D /Users/ada/db3\n",
      },
      answers: ["127.0.0.1:5444"],
    });
    const found = await findings(processesSource(machine));
    expect(found).toMatchObject([
      { kind: "server", finding: { server: { label: "On port 5444", state: "running" } } },
      { kind: "server", finding: { server: { label: "On port 5445", state: "starting" } } },
    ]);
  });
});

describe("WSL, seen from Windows", () => {
  const WSL = "C:\\Windows\\System32\\wsl.exe --list --quiet";
  const tools = {
    [WSL]: "Ubuntu\r\nDebian\r\ndocker-desktop\r\n",
    [`${WSL} --running`]: "Ubuntu\r\ndocker-desktop\r\n",
  };

  it("shows clusters of a running distribution and leaves a stopped one asleep", async () => {
    const etc = "\\\\wsl$\\Ubuntu\\etc\\postgresql\\16";
    machine = await describeMachine({
      platform: "win32",
      home: "C:\\Users\\ada",
      uid: null,
      files: {
        [`${etc}\\main\\postgresql.conf`]: "port = 5433\n",
        [`${etc}\\old\\postgresql.conf`]: "port = 5434\n",
        "\\\\wsl$\\Ubuntu\\run\\postgresql\\16-main.pid": "12\n",
      },
      tools,
      answers: ["127.0.0.1:5433"],
    });
    const found = await findings(wslSource(machine));
    expect(found).toContainEqual({
      kind: "problem",
      problem: expect.objectContaining({ message: expect.stringContaining("WSL's Debian does not run") }),
    });
    const servers = found.flatMap((one) => (one.kind === "server" ? [one.finding.server] : []));
    expect(servers).toMatchObject([
      { id: "wsl:Ubuntu/16/main", state: "running", endpoints: [{ host: "127.0.0.1", port: 5433 }] },
      { id: "wsl:Ubuntu/16/old", state: "stopped", startCommand: "wsl -d Ubuntu -u root pg_ctlcluster 16 old start" },
    ]);
  });

  it("reads names only out of what wsl.exe writes, and makes no path of anything else", async () => {
    const garbage = `..\r\n\\\\server\\share\r\nA/B\r\n\u0000\ufffd\r\n${"x".repeat(100_000)}\r\nUbuntu\r\n`;
    machine = await describeMachine({
      platform: "win32",
      home: "C:\\Users\\ada",
      uid: null,
      files: {},
      tools: { [WSL]: garbage, [`${WSL} --running`]: garbage },
    });
    expect(parseWslNames(garbage)).toEqual(["Ubuntu"]);
    expect(await findings(wslSource(machine))).toEqual([]);
  });

  it("is silent where WSL is not installed", async () => {
    machine = await describeMachine({ platform: "win32", home: "C:\\Users\\ada", uid: null, files: {} });
    expect(await findings(wslSource(machine))).toEqual([]);
  });
});

describe("Windows, seen from inside WSL", () => {
  /** WSL 2's default network (Microsoft's manual, "Accessing network applications with WSL"); never seen on a real one. */
  const files = {
    "/proc/version": "Linux version 5.15.153.1-microsoft-standard-WSL2 (root@x) #1 SMP\n",
    "/proc/net/route": "Iface\tDestination\tGateway\nlo\t0000007F\t00000000\neth0\t00000000\t0150A8C0\n",
    "/sys/class/net/eth0/address": "00:15:5d:8a:10:02\n",
  };
  async function look(more: Readonly<Record<string, string>> = {}) {
    const tree = await describeMachine({
      platform: "linux",
      home: "/home/ada",
      files: { ...files, ...more },
      answers: ["192.168.80.1:5432"],
    });
    machine = tree;
    return findings(windowsHostSource(tree));
  }

  it("is asked at the address it has there, and says that localhost is not it", async () => {
    expect(await look()).toMatchObject([
      {
        kind: "server",
        finding: {
          server: {
            id: "windows:5432",
            state: "running",
            endpoints: [{ host: "192.168.80.1", port: 5432 }],
            reason: expect.stringContaining("localhost does not lead to it"),
          },
        },
      },
    ]);
  });

  it.each([
    [
      "with mirrored networking, where the router is another computer",
      { "/sys/class/net/eth0/address": "3c:7c:3f:0:0:1" },
    ],
    ["in WSL 1, which shares Windows' own localhost", { "/proc/version": "Linux version 4.4.0-19041-Microsoft" }],
    ["on any other Linux", { "/proc/version": "Linux version 6.1.0-40-amd64" }],
    ["without a network", { "/proc/net/route": "" }],
  ])("is left alone %s", async (_, more) => {
    expect(await look(more)).toEqual([]);
  });
});
