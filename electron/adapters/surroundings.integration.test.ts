import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { explain } from "../../shared/domain/dsn";
import { matchPassfile, parsePassfile, passfileHost, passwordIn } from "../../shared/domain/dsn/passfile";
import { createSurroundings } from "../use-cases/surroundings";
import { type Machine, thisMachine } from "./detect/machine";
import { surroundingsOfMachine } from "./surroundings";

const PYTHON = "/usr/bin/python3";

function homeFolder(): string {
  const home = mkdtempSync(path.join(tmpdir(), "aksara-surroundings-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

const read = (home: string, environment: Machine["environment"] = {}, more: Partial<Machine> = {}) => {
  const machine = thisMachine({ environment: { HOME: home, PGSYSCONFDIR: home, ...environment }, ...more });
  return createSurroundings(surroundingsOfMachine(machine)).shown();
};

describe("the password file", () => {
  const write = (home: string, mode: number, text = "db:5432:shop:me:hunter2\n"): string => {
    const file = path.join(home, ".pgpass");
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  };

  it("is told by its lines, without a password", async () => {
    const home = homeFolder();
    const file = write(home, 0o600, "# mine\ndb:5432:shop:me:hunter2\nbroken\n");
    const { passfile } = await read(home);
    expect(passfile).toEqual({
      path: file,
      entries: [{ line: 2, host: "db", port: "5432", database: "shop", user: "me" }],
      brokenLines: [3],
      ignored: null,
    });
  });

  it.each(["0640", "0604", "0644", "0660", "0610"])("with rights %s is one that drivers ignore", async (mode) => {
    const home = homeFolder();
    write(home, Number.parseInt(mode, 8));
    expect((await read(home)).passfile?.ignored).toContain(mode);
  });

  it.each(["0600", "0400", "0700"])("with rights %s is one that they take", async (mode) => {
    const home = homeFolder();
    write(home, Number.parseInt(mode, 8));
    expect((await read(home)).passfile?.ignored).toBeNull();
  });

  it("that is a folder, a pipe or no text is ignored, and the reading ends all the same", async () => {
    const home = homeFolder();
    mkdirSync(path.join(home, "folder"));
    execFileSync("mkfifo", [path.join(home, "pipe")]);
    writeFileSync(path.join(home, "huge"), "x".repeat(1024 * 1024 + 1), { mode: 0o600 });
    for (const [name, why] of [
      ["folder", /it is a folder/],
      ["pipe", /no ordinary file/],
      ["huge", /larger than 1024 KB/],
    ] as const) {
      const { passfile } = await read(home, { PGPASSFILE: path.join(home, name) });
      expect(passfile).toMatchObject({ path: path.join(home, name), entries: [], ignored: expect.stringMatching(why) });
    }
  });

  it("is null where there is none, and PGPASSFILE names another", async () => {
    const home = homeFolder();
    expect((await read(home)).passfile).toBeNull();
    const other = path.join(home, "other");
    writeFileSync(other, "*:*:*:*:x", { mode: 0o600 });
    expect((await read(home, { PGPASSFILE: other })).passfile?.path).toBe(other);
  });

  it("is pgpass.conf in %APPDATA% on Windows, where rights do not count", async () => {
    const home = homeFolder();
    const windows = { platform: "win32", path: path.win32 } as const;
    // There is no Windows here: its paths are joined by backslashes, and the files below stand for its own.
    const files = {
      ...thisMachine().files,
      readText: async (file: string) =>
        file.endsWith("pgpass.conf") ? ({ kind: "text", text: "db:*:*:*:x" } as const) : ({ kind: "missing" } as const),
    };
    const { passfile, socketDirectory } = await read(home, { APPDATA: "C:\\me" }, { ...windows, files });
    expect(passfile).toMatchObject({ path: "C:\\me\\postgresql\\pgpass.conf", ignored: null });
    expect(socketDirectory).toBe("");
  });
});

it("tells the PG* variables that drivers read, and no other; secrets as stars", async () => {
  const environment = {
    PGHOST: "db",
    PGTZ: "UTC",
    PGPASSWORD: "hunter2",
    PGSERVICEFILE: "/x",
    PGADMIN_DEFAULT_PASSWORD: "other",
    SECRET: "s",
  };
  expect((await read(homeFolder(), environment)).environment).toMatchObject({
    PGHOST: "db",
    PGTZ: "UTC",
    PGPASSWORD: "***",
    PGSERVICEFILE: "/x",
  });
  expect(JSON.stringify(await read(homeFolder(), environment))).not.toMatch(/hunter2|other|SECRET/);
});

it("tells the person's services before the system's, with their lines and without their secrets", async () => {
  const home = homeFolder();
  writeFileSync(path.join(home, ".pg_service.conf"), "# mine\n[shop]\nhost=own\npassword=hunter2\n");
  writeFileSync(path.join(home, "pg_service.conf"), "[shop]\nhost=system\n[other]\nuser=me\n");
  const { services } = await read(home);
  expect(services.map(({ name, file, line, values }) => [name, file, line, values])).toEqual([
    ["shop", "own", 2, { host: "own", password: "***" }],
    ["shop", "system", 1, { host: "system" }],
    ["other", "system", 3, { user: "me" }],
  ]);
});

/** Asks libpq (through psycopg) and asyncpg which password they take; nobody has to answer for it. */
const JUDGE = `
import json, os, sys, warnings
import psycopg.pq as pq
from asyncpg.connect_utils import _parse_connect_dsn_and_args as parse
import inspect
empty = {name: None for name in inspect.signature(parse).parameters}
path = sys.argv[1]
for line in sys.stdin:
    case = json.loads(line)
    with open(path, "w", newline="") as file:
        file.write(case["text"])
    os.chmod(path, 0o600)
    wanted = case["wanted"]
    pairs = {"host": wanted["host"], "hostaddr": "127.0.0.1", "port": wanted["port"], "dbname": wanted["database"],
             "user": wanted["user"], "passfile": path, "sslmode": "disable", "gssencmode": "disable"}
    quoted = " ".join(k + "='" + v.replace("\\\\", "\\\\\\\\").replace("'", "\\\\'") + "'" for k, v in pairs.items())
    connection = pq.PGconn.connect_start(quoted.encode())
    libpq = connection.password.decode()
    connection.finish()
    try:
        given = dict(empty, host=[wanted["host"]], port=[int(wanted["port"])], database=wanted["database"],
                     user=wanted["user"], passfile=path, ssl=False)
        theirs = parse(**given)[1].password
    except ValueError:
        theirs = "ValueError"
    print(json.dumps([libpq, theirs]))
`;

it("tells secrets only where they are asked for: those of services, variables and the password file", async () => {
  const home = homeFolder();
  writeFileSync(path.join(home, ".pgpass"), "db:5432:*:me:hun\\:ter2:3 \n", { mode: 0o600 });
  writeFileSync(path.join(home, ".pg_service.conf"), "[app]\nhost=db\npassword=served\n");
  const machine = thisMachine({ environment: { HOME: home, PGSYSCONFDIR: home, PGPASSWORD: "env" } });
  const reader = createSurroundings(surroundingsOfMachine(machine));
  const revealed = await reader.revealed();
  expect(revealed.environment.PGPASSWORD).toBe("env");
  expect(revealed.services[0]?.values.password).toBe("served");
  const told = (dsn: string, environment = {}) => explain(dsn, environment, "shown", revealed).drivers.asyncpg;
  expect(told("postgresql://me@db/x")).toMatchObject({ password: "hun\\:ter2:3", passwordFrom: "passfile" });
  expect(told("postgresql:///x?service=app")).toMatchObject({ password: "served", passwordFrom: "service" });
  const hidden = JSON.stringify([
    await reader.shown(),
    explain("postgresql://me@db/x", {}, "hidden", revealed),
    explain("postgresql:///x?service=app", {}, "hidden", revealed),
  ]);
  expect(hidden).not.toMatch(/ter2|served|"env"/);
});

describe("the password that is found", () => {
  it("is the one that libpq and asyncpg find, in 4,000 files made by chance", { timeout: 120_000 }, () => {
    const value = fc.oneof(
      fc.constantFrom("db", "localhost", "/var/run/postgresql", "/tmp", "a:b", "a\\b", "*", "x\\:y"),
      fc.string({ unit: fc.constantFrom("a", "b", ":", "\\", "*", "é"), minLength: 1, maxLength: 3 }),
    );
    const port = fc.constantFrom("5432", "1");
    const host = fc.oneof(value, fc.constant("::1"));
    const wanted = fc.record({ host, port, database: value, user: value });
    const escaped = (text: string) => text.replace(/[\\:]/g, "\\$&");
    // A bare colon in a database or a user is the one thing read differently, on purpose (see parsePassfile).
    const bare = (text: string) => (/(?<!\\)(?:\\\\)*:/.test(text) ? escaped(text) : text);
    const spelt = (text: string) => fc.constantFrom(bare(text), escaped(text), "*", "\\*", `${bare(text)}x`);
    const password = fc.string({ unit: fc.constantFrom("p", "q", ":", "\\", " "), minLength: 1, maxLength: 4 });
    const line = (one: { host: string; port: string; database: string; user: string }) =>
      fc.oneof(
        {
          weight: 8,
          arbitrary: fc
            .tuple(
              one.host === "::1" ? fc.constantFrom("::1", "\\:\\:1") : spelt(one.host),
              spelt(one.port),
              spelt(one.database),
              spelt(one.user),
              password,
            )
            .map((parts) => parts.join(":")),
        },
        { weight: 1, arbitrary: fc.constantFrom("# a:b:c:d:e", "", "   ", "localhost:5432:x", "*:*:*:*:") },
      );
    const cases = fc.sample(
      wanted.chain((one) =>
        fc
          .tuple(fc.array(line(one), { maxLength: 4 }), fc.constantFrom("\n", "\r\n"))
          .map(([lines, end]) => ({ text: lines.map((text) => text + end).join(""), wanted: one })),
      ),
      { numRuns: 4_000, seed: 20 },
    );
    const file = path.join(homeFolder(), "pgpass");
    const input = cases.map((one) => JSON.stringify(one)).join("\n");
    const output = execFileSync(PYTHON, ["-W", "ignore", "-c", JUDGE, file], {
      input,
      encoding: "utf8",
      env: { PATH: "/usr/bin", LC_ALL: "C.UTF-8" },
    });
    const theirs = output
      .trim()
      .split("\n")
      .map((one) => JSON.parse(one) as [string, string | null]);
    expect(theirs).toHaveLength(cases.length);
    const ours = cases.map(({ text, wanted: one }): [string, string | null] => {
      const { lines, brokenLines } = parsePassfile(text);
      const found = (["libpq", "asyncpg"] as const).map((reader) => {
        const name = passfileHost(one.host, "/var/run/postgresql", reader);
        const entry = matchPassfile(lines, { ...one, host: name }, reader);
        const broken = brokenLines[0];
        if (reader === "asyncpg" && broken !== undefined && broken < (entry?.line ?? Number.POSITIVE_INFINITY))
          return "ValueError";
        return entry ? passwordIn(entry, reader).reveal() : null;
      });
      return [found[0] ?? "", found[1] ?? null];
    });
    const differences = cases.flatMap((one, index) =>
      JSON.stringify(ours[index]) === JSON.stringify(theirs[index])
        ? []
        : [{ ...one, ours: ours[index], theirs: theirs[index] }],
    );
    expect(differences.slice(0, 5)).toEqual([]);
    expect(theirs.filter(([libpq]) => libpq !== "").length).toBeGreaterThan(300);
    expect(theirs.filter(([, asyncpg]) => asyncpg !== null && asyncpg !== "ValueError").length).toBeGreaterThan(300);
  });
});
