import { execFile } from "node:child_process";
import { mkdir, mkdtemp, open, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clustersIn } from "../../../e2e/machines/clusters";
import { dataDirectory } from "../../../e2e/machines/data";
import { lookForInstallations } from "../../../e2e/machines/look";
import { describeMachine } from "../../../e2e/machines/tree";
import { readInstallMachine } from "../install-machine";
import { localFiles, type MachineFiles } from "./files";

const run = promisify(execFile);
let folder: string;
let { apt, data, make: cluster, scan, paths } = clustersIn("");
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "aksara-bad-"));
  ({ apt, data, make: cluster, scan, paths } = clustersIn(folder));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A file of 4 GB that takes no room on the disk. */
async function gigantic(file: string): Promise<void> {
  await rm(file, { force: true, recursive: true });
  const handle = await open(file, "w");
  await handle.truncate(4 * 1024 ** 3);
  await handle.close();
}

/** What can stand where a small text file is expected. */
const ODD: Readonly<Record<string, (file: string) => Promise<unknown>>> = {
  gigantic,
  binary: (file) => writeFile(file, Buffer.from([0x31, 0x35, 0, 0xff, 0xfe])),
  "a folder": (file) => mkdir(file),
  "a named pipe": (file) => run("mkfifo", [file]),
  "a device that never ends": (file) => symlink("/dev/zero", file),
  "a loop of links": (file) => symlink(file, file),
};

const oneLine = (text: string | null | undefined): boolean => /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u.test(text ?? "");

it("is quiet about folders that do not exist", async () => {
  expect((await scan()).outcome).toMatchObject({ servers: [], problems: [], conflicts: [] });
});

describe.each(Object.entries(ODD))("%s in place of a text file", (_, make) => {
  it("breaks the one cluster whose configuration, version or pid file it is, with one line", async () => {
    const files = {
      conf: path.join(apt("conf"), "postgresql.conf"),
      version: path.join(data("version"), "PG_VERSION"),
      pid: path.join(data("pid"), "postmaster.pid"),
    };
    for (const name of [...Object.keys(files), "good"]) await cluster(name);
    for (const file of Object.values(files)) {
      await rm(file, { force: true });
      await make(file);
    }
    const { outcome, find } = await scan();
    expect(find("apt:15/good")).toMatchObject({ state: "stopped", actions: ["start"] });
    expect(outcome.problems).toEqual([]);
    for (const name of Object.keys(files)) {
      const card = find(`apt:15/${name}`);
      expect([name, card?.state, card?.actions]).toEqual([name, "broken", []]);
      expect([name, oneLine(card?.reason), oneLine(card?.remedy)]).toEqual([name, true, true]);
    }
  });

  it("is one line about the .env, the service file and an included file, and the cluster stays", async () => {
    await cluster("main", `include 'more.conf'\ndata_directory = '${data("main")}'\n`);
    for (const file of [".env", ".pg_service.conf"]) await make(path.join(folder, file));
    await make(path.join(apt("main"), "more.conf"));
    const { outcome, find } = await scan();
    expect(outcome.problems.map(({ source, kind }) => [source, kind]).sort()).toEqual([
      ["env", "unreadable"],
      ["service-file", "unreadable"],
    ]);
    expect(outcome.problems.every(({ message }) => oneLine(message))).toBe(true);
    expect(find("apt:15/main")).toMatchObject({ state: "stopped" });
    expect(find("apt:15/main")?.reason).toMatch(/more\.conf is left out: it (is|holds) .+\.$/);
  });

  it("tells an installer's own register, the system's release and the list of packages nothing, and harms nothing", async () => {
    const machine = await describeMachine({
      platform: "darwin",
      home: "/Users/ada",
      files: {
        "/Library/PostgreSQL/17/bin/postgres": "",
        ...dataDirectory("/Library/PostgreSQL/17/data", { version: "17" }),
      },
    });
    const linux = await describeMachine({ platform: "linux", home: "/home/ada", files: {} });
    try {
      // The trees lie below folders of their own: the odd file is put where they would read it.
      await make(path.join(folder, "odd"));
      const odd = (names: readonly string[], files: MachineFiles): MachineFiles => ({
        ...files,
        readText: (name, limit) =>
          names.includes(name) ? localFiles.readText(path.join(folder, "odd"), limit) : files.readText(name, limit),
      });
      const mac = await lookForInstallations({ ...machine, files: odd(["/etc/postgres-reg.ini"], machine.files) });
      expect(mac.server("edb:17")).toMatchObject({ state: "stopped" });
      const release = { ...linux, files: odd(["/etc/os-release"], linux.files) };
      expect(await readInstallMachine(release)).toMatchObject({ distribution: [], codename: null, release: null });
      await cluster("main");
      const packages = { ...paths, dpkgStatus: path.join(folder, "odd") };
      expect((await scan({ paths: packages })).find("apt:15/main")).toMatchObject({ state: "stopped", version: "15" });
    } finally {
      await machine.remove();
      await linux.remove();
    }
  });
});

describe("postgresql.conf", () => {
  it("is read through includes, folders of files and odd quoting, the last word counting", async () => {
    await cluster(
      "main",
      [
        "Port=5401 # a comment",
        "include_if_exists 'nowhere.conf'",
        "include_dir 'conf.d'",
        `data_directory '${data("main")}'`,
        "unix_socket_directories = '/tmp, \"/odd, folder\"'",
        "listen_addresses = '127.0.0.1,'''",
      ].join("\r\n"),
    );
    const conf = path.join(apt("main"), "conf.d");
    await mkdir(conf);
    await writeFile(path.join(conf, "10.conf"), "port = '54\\0602'\n");
    await writeFile(path.join(conf, "20.conf"), "PORT 5403\nnonsense = = 5\n'\n");
    await writeFile(path.join(conf, ".hidden.conf"), "port = 1\n");
    await writeFile(path.join(conf, "note.txt"), "port = 2\n");
    expect((await scan()).find("apt:15/main")?.endpoints).toContainEqual({ host: "127.0.0.1", port: 5403 });
    await writeFile(path.join(data("main"), "postgresql.auto.conf"), "port = '5404'\n");
    expect((await scan()).find("apt:15/main")?.endpoints).toContainEqual({ host: "127.0.0.1", port: 5404 });
  });

  it("that includes itself, alone or in a ring, thousands of times, ends and says so in one line", async () => {
    const itself = "include 'postgresql.conf'\n".repeat(20_000);
    await cluster("self", `${itself}data_directory = '${data("self")}'\n`);
    await cluster("ring", `${"include 'a.conf'\n".repeat(1000)}data_directory = '${data("ring")}'\n`);
    await writeFile(path.join(apt("ring"), "a.conf"), "include 'b.conf'\n".repeat(1000));
    await writeFile(path.join(apt("ring"), "b.conf"), "include 'postgresql.conf'\n".repeat(1000));
    const { find } = await scan();
    for (const name of ["self", "ring"]) {
      expect(find(`apt:15/${name}`)).toMatchObject({ state: "stopped" });
      expect(find(`apt:15/${name}`)?.reason).toMatch(/includes itself; that is left out\..* more are left out\.$/);
      expect(oneLine(find(`apt:15/${name}`)?.reason)).toBe(true);
    }
  });

  it("with names that no file can have is read as far as it goes", async () => {
    await cluster("nul", `data_directory = '/x\\000y'\ninclude '${"n".repeat(5000)}'\ninclude '\\000'\n`);
    expect((await scan()).find("apt:15/nul")).toMatchObject({ state: "broken", cause: "missing-data-directory" });
  });

  it("of one gigantic line is read in the time of its length", async () => {
    const lines = ["\\", "''", '"', " ", ",", "a."].map((part) => `x = '${part.repeat(150_000 / part.length)}`);
    await cluster("long", `${lines.join("\n")}\ndata_directory = '${data("long")}'\n`);
    const card = (await scan()).find("apt:15/long");
    expect(card).toMatchObject({ dataDirectory: data("long"), reason: expect.stringMatching(/^Line \d+ of /) });
    expect(oneLine(card?.reason)).toBe(true);
  });
});

describe("names of folders", () => {
  const EVIL = "a\nb\u001b[31m\u202ec";

  it("are shown as one safe line, with no command line made of them", async () => {
    await cluster(EVIL);
    await mkdir(path.join(folder, "run"));
    const { outcome } = await scan();
    const card = outcome.servers.find(({ origin }) => origin === "apt");
    expect(card).toMatchObject({ label: "apt · cluster 15/a?b?[31m?c", id: "apt:15/a?b?[31m?c", startCommand: null });
    expect(oneLine(card?.reason) && oneLine(card?.remedy)).toBe(true);
    expect(card?.evidence?.every(({ text }) => oneLine(text))).toBe(true);
  });

  it("that a shell would take apart are quoted in the line to copy", async () => {
    await cluster("x; rm -rf $HOME");
    const card = (await scan({ uid: 54321 })).outcome.servers.find(({ origin }) => origin === "apt");
    expect(card?.startCommand).toMatch(/'x; rm -rf \$HOME'|'postgresql@15-x; rm -rf \$HOME'/);
  });
});

describe("a configuration that PostgreSQL does not start with", () => {
  it("is broken, with the file and the line, also where that is included", async () => {
    const line = `data_directory = '${data("main")}'\ninclude = 'more.conf'\n`;
    await cluster("main", line);
    await writeFile(path.join(apt("main"), "more.conf"), "port = 5433\n\nshared_buffers = 128 MB\n");
    const [card] = (await scan()).outcome.servers;
    expect(card).toMatchObject({
      state: "broken",
      cause: "unreadable-configuration",
      reason: `Line 3 of ${apt("main")}/more.conf cannot be read: PostgreSQL does not start with it.`,
      remedy: "Put that line right, then start it.",
      actions: [],
    });
    await writeFile(path.join(apt("main"), "more.conf"), "port = 5433\n\nshared_buffers = 128MB\n");
    expect((await scan()).outcome.servers).toMatchObject([{ state: "stopped", reason: "Enabled, not started." }]);
  });
});

describe("the person's own files", () => {
  it("are named with what is wrong in them, without their secrets", async () => {
    await writeFile(path.join(folder, ".env"), "DATABASE_URL=postgresql://app:s3cret@db:99999/x\n");
    await writeFile(path.join(folder, ".pg_service.conf"), "[ok]\nhost=127.0.0.1\nnonsense\n");
    const { outcome } = await scan();
    expect(outcome.problems.map(({ source, kind }) => [source, kind]).sort()).toEqual([
      ["env", "unreadable"],
      ["service-file", "unreadable"],
    ]);
    expect(JSON.stringify(outcome)).not.toContain("s3cret");
    expect(outcome.servers).toMatchObject([{ id: "service:ok", state: "unreachable", cause: "refused" }]);
  });

  it("are joined by the system's service file, and a PGSERVICE that none of them has is said", async () => {
    await writeFile(path.join(folder, ".pg_service.conf"), "[ours]\nhost=127.0.0.1\nport=5998\n");
    await writeFile(path.join(folder, "pg_service.conf"), "[ours]\nport=5996\n[theirs]\nhost=127.0.0.1\nport=5997\n");
    const look = async (PGSERVICE: string) =>
      (await scan({ environment: { HOME: folder, PGSYSCONFDIR: folder, PGSERVICE } })).outcome;
    const known = await look("theirs");
    expect(known.problems).toEqual([]);
    expect(known.servers.map(({ id, endpoints }) => [id, endpoints[0]?.port]).sort()).toEqual([
      ["service:ours", 5998],
      ["service:theirs", 5997],
    ]);
    expect((await look("lost\u001b[2J")).problems).toMatchObject([
      { source: "service-file", kind: "failed", message: expect.stringContaining("names the service lost?[2J, which") },
    ]);
  });

  it("may name a computer nobody knows: that is said, with what to do", async () => {
    // A name the resolver refuses by itself, with a network and without.
    const { outcome } = await scan({ environment: { HOME: folder, PGHOST: "no..body" } });
    expect(outcome.servers).toMatchObject([
      {
        id: "pg-environment:PGHOST",
        state: "unreachable",
        reason: "No computer is called no..body.",
        remedy: "Correct the name, or join the network that knows it.",
      },
    ]);
  });

  it("may hold control characters in names: the card is one safe line", async () => {
    await writeFile(path.join(folder, ".pg_service.conf"), "[a\u001b[2J\u202eb]\nhost=127.0.0.1\n");
    const [card] = (await scan()).outcome.servers;
    expect(card?.label).toBe("From service a?[2J?b · 127.0.0.1:5432");
    expect(oneLine(card?.id)).toBe(true);
  });

  it("and sockets that are loops or ordinary files are said or passed over", async () => {
    await mkdir(path.join(folder, "run"));
    await symlink(".s.PGSQL.5432", path.join(folder, "run", ".s.PGSQL.5432"));
    await writeFile(path.join(folder, "run", ".s.PGSQL.5433"), "no socket");
    const { outcome } = await scan();
    expect(outcome.servers).toEqual([]);
    expect(outcome.problems.map(({ source, kind }) => [source, kind])).toEqual([["sockets", "unreadable"]]);
  });

  it("a cluster's folder that is a link to itself is one line, and one without a configuration is nothing", async () => {
    await mkdir(apt("removed"), { recursive: true });
    await symlink("self", apt("self"));
    const { outcome } = await scan();
    expect(outcome.servers).toEqual([]);
    expect(outcome.problems).toMatchObject([{ source: "apt", kind: "unreadable" }]);
  });
});

describe.runIf(process.platform === "linux")("/proc that says nonsense", () => {
  it("finds no server in it and does not stop", async () => {
    const proc = path.join(folder, "proc");
    for (const pid of ["1", "22", "333"]) await mkdir(path.join(proc, pid, "fd"), { recursive: true });
    await mkdir(path.join(proc, "net"));
    await writeFile(path.join(proc, "1", "stat"), "1 (postgres");
    await writeFile(path.join(proc, "22", "stat"), "22 (postgres) S x\0\n");
    await writeFile(path.join(proc, "333", "stat"), "333 (post\ngres) S 1 \n");
    for (const name of ["tcp", "tcp6", "unix"])
      await writeFile(path.join(proc, "net", name), `\0\xff ${"9".repeat(300_000)}\n: : : 0A\n@/.s.PGSQL.99999\n`);
    expect((await scan()).outcome).toMatchObject({ servers: [], problems: [] });
  });
});
