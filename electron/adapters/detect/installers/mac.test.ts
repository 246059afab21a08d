import { afterEach, describe, expect, it } from "vitest";
import { dataDirectory } from "../../../../e2e/machines/data";
import { lookForInstallations } from "../../../../e2e/machines/look";
import { describeMachine } from "../../../../e2e/machines/tree";

/*
 * macOS cannot be had here. The trees are built from documented layouts and were never seen on a real machine:
 * Homebrew's formula files and docs.brew.sh, postgresapp.com's documentation, EDB's installer guide, MacPorts' port
 * files, DBngin's help pages.
 */

type Tree = Awaited<ReturnType<typeof describeMachine>>;
let machine: Tree | null = null;
afterEach(async () => {
  await machine?.remove();
  machine = null;
});

type Described = Parameters<typeof describeMachine>[0];
async function mac(more: Omit<Described, "platform" | "home">) {
  machine = await describeMachine({ platform: "darwin", home: "/Users/ada", ...more });
  return lookForInstallations(machine);
}

const BREW = "/opt/homebrew";
const cellar = (formula: string, version: string) => ({
  [`${BREW}/Cellar/${formula}/${version}/bin/postgres`]: "",
  [`${BREW}/opt/${formula}`]: { link: `${BREW}/Cellar/${formula}/${version}` },
});

describe("Homebrew", () => {
  it("is read from its folders: exact version, data, log, and how its service starts", async () => {
    const found = await mac({
      files: {
        ...cellar("postgresql@17", "17.6_1"),
        ...dataDirectory(`${BREW}/var/postgresql@17`, { version: "17" }),
        [`${BREW}/bin/brew`]: "",
      },
    });
    expect(found.server("homebrew:postgresql@17")).toMatchObject({
      label: "Homebrew · postgresql@17",
      version: "17.6",
      state: "stopped",
      dataDirectory: `${BREW}/var/postgresql@17`,
      endpoints: [
        { host: "127.0.0.1", port: 5432 },
        { socketDirectory: "/tmp", port: 5432 },
      ],
      startCommand: "brew services start postgresql@17",
      canStart: true,
    });
    const plan = await found.plan("homebrew:postgresql@17", "start");
    expect(plan).toMatchObject({
      ok: true,
      value: { commands: ["brew services start postgresql@17"], runnable: true },
    });
  });

  it("tells versions apart, finds the Intel prefix and the data of the old formula", async () => {
    const found = await mac({
      files: {
        ...cellar("postgresql@16", "16.10"),
        "/usr/local/opt/postgresql/bin/postgres": "",
        ...dataDirectory("/usr/local/var/postgres", { version: "14", port: 5433 }),
      },
    });
    expect(found.server("homebrew:postgresql@16")).toMatchObject({ state: "uninitialised", actions: ["initialise"] });
    expect(found.server("homebrew:postgresql")).toMatchObject({
      version: "14",
      state: "stopped",
      dataDirectory: "/usr/local/var/postgres",
    });
  });

  it("runs when its process answers, with the ways in of the person's own user", async () => {
    const found = await mac({
      files: {
        ...cellar("postgresql@17", "17.6"),
        ...dataDirectory(`${BREW}/var/postgresql@17`, { version: "17", port: 5444, pid: 812 }),
      },
      processes: { 812: "unknown" },
      answers: ["127.0.0.1:5444"],
    });
    expect(found.server("homebrew:postgresql@17")).toMatchObject({
      state: "running",
      endpoints: [{ host: "127.0.0.1", port: 5444 }],
      actions: [],
    });
  });

  it("is broken, with its reason, cause and the end of its log, when data and programs do not fit or it was killed", async () => {
    const found = await mac({
      files: {
        ...cellar("postgresql@17", "17.6"),
        ...dataDirectory(`${BREW}/var/postgresql@17`, { version: "16" }),
        [`${BREW}/var/log/postgresql@17.log`]: "FATAL:  database files are incompatible with server\n",
        ...cellar("postgresql@15", "15.14"),
        ...dataDirectory(`${BREW}/var/postgresql@15`, { version: "15", pid: 99 }),
      },
    });
    const broken = found.server("homebrew:postgresql@17");
    expect(broken).toMatchObject({ state: "broken", cause: "incompatible-data", actions: [] });
    expect(broken.reason).toContain("made by PostgreSQL 16, the programs are version 17");
    expect(broken.evidence).toContainEqual({
      kind: "log",
      label: `End of ${BREW}/var/log/postgresql@17.log`,
      text: "FATAL:  database files are incompatible with server",
    });
    expect(found.server("homebrew:postgresql@15")).toMatchObject({
      state: "broken",
      cause: "stale-pid-file",
      actions: ["start"],
    });
  });
});

describe("Postgres.app", () => {
  const DATA = "/Users/ada/Library/Application Support/Postgres";
  const APP = "/Applications/Postgres.app/Contents/Versions";

  it("has one card a data directory, opened by the app itself", async () => {
    const found = await mac({
      files: {
        [`${APP}/16/bin/postgres`]: "",
        [`${APP}/17/bin/postgres`]: "",
        ...dataDirectory(`${DATA}/var-17`, { version: "17" }),
        ...dataDirectory(`${DATA}/var-16`, { version: "16", port: 5433, pid: 77 }),
      },
      processes: { 77: "unknown" },
      answers: ["127.0.0.1:5433", "/tmp/.s.PGSQL.5433"],
    });
    expect(found.server("postgres.app:var-17")).toMatchObject({
      state: "stopped",
      startCommand: "/usr/bin/open -a Postgres",
    });
    expect(found.server("postgres.app:var-16")).toMatchObject({ state: "running", version: "16" });
    const plan = await found.plan("postgres.app:var-17", "start");
    expect(plan.ok && plan.value.note).toContain("allow it");
  });

  it("is installed and not initialised before its first start", async () => {
    const found = await mac({ files: { [`${APP}/18/bin/postgres`]: "" } });
    expect(found.server("postgres.app:var-18")).toMatchObject({ state: "uninitialised", actions: ["initialise"] });
  });
});

describe("the others", () => {
  it("EDB's installer, whose register may name another data directory", async () => {
    const found = await mac({
      files: {
        "/Library/PostgreSQL/17/bin/postgres": "",
        "/etc/postgres-reg.ini":
          "[PostgreSQL/17]\nDescription=PostgreSQL 17\nPort=5434\nDataDirectory=/Volumes/db/17\n",
        ...dataDirectory("/Volumes/db/17", { version: "17", port: 5434 }),
      },
    });
    expect(found.server("edb:17")).toMatchObject({
      state: "stopped",
      dataDirectory: "/Volumes/db/17",
      canStart: false,
      startCommand: "sudo -u postgres /Library/PostgreSQL/17/bin/pg_ctl -D /Volumes/db/17 start",
    });
  });

  it("EDB's installer, with a folder that needs quotes in its line", async () => {
    const found = await mac({
      files: {
        "/Library/PostgreSQL/17/bin/postgres": "",
        "/etc/postgres-reg.ini": "[PostgreSQL/17]\nDataDirectory=/Volumes/my db; x\n",
        ...dataDirectory("/Volumes/my db; x", { version: "17" }),
      },
    });
    expect(found.server("edb:17").startCommand).toBe(
      "sudo -u postgres /Library/PostgreSQL/17/bin/pg_ctl -D '/Volumes/my db; x' start",
    );
  });

  it("reads what ALTER SYSTEM wrote beside the configuration", async () => {
    const found = await mac({
      files: {
        ...cellar("postgresql@17", "17.6"),
        ...dataDirectory(`${BREW}/var/postgresql@17`, { version: "17" }),
        [`${BREW}/var/postgresql@17/postgresql.auto.conf`]: "port = '5439'\n",
      },
    });
    expect(found.server("homebrew:postgresql@17").endpoints).toContainEqual({ host: "127.0.0.1", port: 5439 });
  });

  it("MacPorts and DBngin", async () => {
    const uuid = "1B671A64-40D5-491E-99B0-DA01FF1F3341";
    const engine = `/Users/ada/Library/Application Support/com.tinyapp.DBngin/Engines/postgresql/${uuid}`;
    const found = await mac({
      files: {
        "/opt/local/lib/postgresql17/bin/postgres": "",
        ...dataDirectory(engine, { version: "16", port: 5435 }),
      },
    });
    expect(found.server("macports:postgresql17")).toMatchObject({ state: "uninitialised", canStart: false });
    expect(found.server(`dbngin:${uuid}`)).toMatchObject({ state: "stopped", label: "DBngin · PostgreSQL 16" });
  });

  it("finds nothing, and says nothing, on a Mac without PostgreSQL", async () => {
    expect((await mac({ files: {} })).scan).toMatchObject({ servers: [], problems: [] });
  });
});
