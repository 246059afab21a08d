import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDetectSources, localhostAddresses, thisMachine } from "../../electron/adapters/detect";
import { createPrivateServer } from "../../electron/adapters/private-server";
import { readServerLog } from "../../electron/adapters/server-log";
import { createScan } from "../../electron/use-cases/scan";
import { createServerRegistry, type KnownServer, type ServerRegistry } from "../../electron/use-cases/server-registry";
import { err, problem } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import { createDebianCluster, type DebianCluster, whyNoDebianCluster } from "../servers/debian-cluster";
import { POSTGRES_VERSIONS, startPostgres, type TestServer, whyUnavailable } from "../servers/postgres";
import { HBA, MD5_ROLE } from "./cases-server";
import { climbed } from "./plain-diagnose";
import { withProject } from "./project-files";
import { createVerdicts } from "./verdicts";
import { job, world } from "./world";

const verdicts = createVerdicts();
afterAll(() => verdicts.print("With what the machine knows"));

const nobody = async () => err(problem("sign-in-refused", "Nobody is signed in."));

/** What stands behind one and the same refusal; only the log tells them apart. */
const REFUSALS = [
  { user: "app:wrong", expected: "authenticate.password-rejected", title: "is not the one the role has" },
  { user: "missing:right", expected: "authenticate.role-missing", title: 'There is no role called "missing"' },
  { user: "unset:right", expected: "authenticate.password-rejected", title: "has no password" },
  { user: "expired:right", expected: "authenticate.password-rejected", title: "has expired" },
  { user: "md5secret:right", expected: "authenticate.password-rejected", title: "stored as MD5" },
] as const;

const LINE_OF_PASSWORDS = HBA.findIndex((line) => line.includes("+everyday")) + 2;
const LINE_OF_IDENT = HBA.findIndex((line) => line.includes("identuser")) + 2;

for (const version of POSTGRES_VERSIONS) {
  const missing = await whyUnavailable(version);
  describe.skipIf(missing !== null)(`the log of PostgreSQL ${version}${missing ? ` (${missing})` : ""}`, () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startPostgres({ version, hba: HBA });
      for (const sql of [
        "CREATE ROLE everyday NOLOGIN",
        "CREATE ROLE app LOGIN PASSWORD 'right' IN ROLE everyday",
        "CREATE ROLE unset LOGIN IN ROLE everyday",
        "CREATE ROLE expired LOGIN PASSWORD 'right' VALID UNTIL '2001-01-01' IN ROLE everyday",
        "CREATE ROLE identuser LOGIN",
        MD5_ROLE,
      ]) {
        await server.sql("postgres", sql);
      }
    });
    afterAll(() => server?.remove());
    const run = async (user: string) =>
      (
        await world(server, { readLog: readServerLog, openAdministrator: nobody }).run(
          `postgresql://${user}@127.0.0.1:${server.port}/app`,
          job(),
        )
      ).report;

    it.each(REFUSALS.map((one) => [one.title, one] as const))(
      "28P01: %s",
      async (_title, { user, expected, title }) => {
        const report = await run(user);
        verdicts.judge(String(version), { name: `28P01, its log: ${title}`, expected }, report);
        expect(report.diagnosis).toMatchObject({ confidence: "certain", title: expect.stringContaining(title) });
        expect(report.diagnosis?.explanation).toContain(`Line ${LINE_OF_PASSWORDS} of pg_hba.conf`);
        expect(report.alternatives).toEqual([]);
      },
    );

    it("names the line of pg_hba.conf that asks for ident", async () => {
      const report = await run("identuser");
      verdicts.judge(
        String(version),
        { name: "ident, with its line", expected: "authenticate.ident-rejected" },
        report,
      );
      expect(report.diagnosis?.explanation).toContain(`Line ${LINE_OF_IDENT} of pg_hba.conf`);
    });

    it("shows no line of the log itself", async () => {
      expect(JSON.stringify(await run("app:s3cret-word"))).not.toMatch(/s3cret-word|DETAIL|FATAL: {2}/);
    });
  });
}

describe.skipIf(whyNoDebianCluster() !== null)("detection", () => {
  let cluster: DebianCluster;
  let folder: string;
  let registry: ServerRegistry;
  beforeAll(async () => {
    cluster = await createDebianCluster({ running: true });
  });
  afterAll(() => cluster.drop());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "aksara-knowledge-"));
    registry = createServerRegistry();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const scan = async (): Promise<void> => {
    const machine = thisMachine({ environment: { HOME: folder } });
    const sources = createDetectSources(machine, createPrivateServer({ dataFolder: folder, machine }));
    const { run } = createScan({
      registry,
      sources,
      probe: machine.probe,
      osUser: machine.userName,
      localhost: localhostAddresses,
    });
    await run(job());
  };
  const dsn = (): string => `postgresql://app:right@127.0.0.1:${cluster.port}/app`;
  const judge = async (name: string, expected: string, string = dsn()) => {
    await scan();
    const report = await climbed(string, { registry, openAdministrator: nobody });
    verdicts.judge("Debian", { name, expected }, report);
    return report;
  };

  it("a server that did not shut down cleanly", async () => {
    // What a crash of the computer leaves: the file of a server that ran, and its process gone.
    const file = path.join(cluster.dataDirectory, "postmaster.pid");
    const [, ...lines] = readFileSync(file, "utf8").split("\n");
    await cluster.stop();
    writeFileSync(file, [spawnSync("true").pid, ...lines].join("\n"));
    const report = await judge("stale postmaster.pid", "install.stale-pid");
    expect(report.diagnosis?.remedies.map(({ id }) => id)).toContain("start-server");
    await cluster.start();
    await cluster.stop();
  });

  it("a stopped server", async () => {
    const report = await judge("stopped server", "reach.server-stopped");
    expect(report.diagnosis?.remedies[0]).toMatchObject({ id: "start-server", kind: "run" });
  });

  it("a stopped server whose port another one holds", async () => {
    const rival = await createDebianCluster({ running: false });
    try {
      const conf = path.join(rival.configDirectory, "postgresql.conf");
      writeFileSync(conf, `${readFileSync(conf, "utf8")}\nport = ${cluster.port}\nunix_socket_directories = '/tmp'\n`);
      const socket = `postgresql://app:right@${encodeURIComponent(cluster.socketDirectory)}:${cluster.port}/app`;
      await rival.start();
      // Over the socket the stopped one is meant; over TCP the other one answers in its place.
      await judge("its port is taken", "install.port-taken", socket);
      const report = await judge("signs in to another server", "authenticate.password-rejected");
      expect(report.alternatives.map(({ id }) => id)).toContain("install.port-taken");
    } finally {
      await rival.drop();
    }
  });

  it("data of another major version", async () => {
    const file = path.join(cluster.dataDirectory, "PG_VERSION");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, "12\n");
    try {
      const report = await judge("data of PostgreSQL 12", "install.incompatible-data");
      expect(report.diagnosis?.explanation).toContain("PostgreSQL 12");
    } finally {
      writeFileSync(file, before);
    }
  });

  it("no data yet", async () => {
    const away = path.join(path.dirname(cluster.dataDirectory), `${cluster.name}_away`);
    await rename(cluster.dataDirectory, away);
    try {
      mkdirSync(cluster.dataDirectory, { mode: 0o700 });
      await judge("an empty data directory", "install.not-initialised");
    } finally {
      if ((await readdir(cluster.dataDirectory)).length === 0) await rm(cluster.dataDirectory, { recursive: true });
      await rename(away, cluster.dataDirectory);
    }
  });
});

describe("the project", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({ version: 18 });
    await server.sql("postgres", "CREATE ROLE app LOGIN PASSWORD 'right' CONNECTION LIMIT 30");
    await server.sql("postgres", "CREATE DATABASE app OWNER app");
  });
  afterAll(() => server?.remove());
  const dsn = (user: string): string => `postgresql://${user}@127.0.0.1:${server.port}/app`;
  const right = (): string => `DATABASE_URL=${dsn("app:right")}\n`;
  /** Climbs to the string of a project whose `.env` holds this, where these variables are exported. */
  const inProject = (envFile: string, env: Readonly<Record<string, string>>, string = dsn("app:right")) =>
    withProject({ ".env": envFile }, env, (parts) => climbed(string, parts));
  const ELSEWHERE = "postgresql://elsewhere/other";

  it.each(["DATABASE_URL", "AKSARA_DATABASE_URL"])("%s in the environment beats .env", async (name) => {
    const report = await inProject(right(), { [name]: ELSEWHERE });
    verdicts.judge("18", { name: `${name} is exported`, expected: null, warns: ["project.shadowed"] }, report);
    expect(report.warnings[0]?.message).toContain(`unset ${name}`);
  });

  it("an exported DATABASE_URL that is empty beats .env too", async () => {
    const report = await inProject(right(), { DATABASE_URL: "" });
    verdicts.judge("18", { name: "exported and empty", expected: null, warns: ["project.shadowed"] }, report);
  });

  it("AKSARA_DATABASE_URL in .env beats DATABASE_URL beside it, and an exported DATABASE_URL does not beat it", async () => {
    const both = `${right()}AKSARA_DATABASE_URL=${ELSEWHERE}\n`;
    const beaten = await inProject(both, {});
    verdicts.judge("18", { name: "two lines in .env", expected: null, warns: ["project.shadowed"] }, beaten);
    expect(beaten.warnings[0]?.message).toMatch(/^AKSARA_DATABASE_URL stands in \.env/);
    const alone = await inProject(`AKSARA_DATABASE_URL=${dsn("app:right")}\n`, { DATABASE_URL: ELSEWHERE });
    verdicts.judge("18", { name: "AKSARA_DATABASE_URL in .env alone", expected: null }, alone);
  });

  it("the placeholder of a fresh project is still in place", async () => {
    const report = await inProject(`DATABASE_URL=${dsn("app:postgres")}\n`, {}, dsn("app:postgres"));
    verdicts.judge("18", { name: "placeholder password", expected: "authenticate.password-rejected" }, report);
    expect(report.diagnosis?.title).toBe("Most likely: .env still holds an example's password");
  });
});

describe("names that only containers know", () => {
  const container = (more: Partial<Server>): KnownServer => ({
    accesses: [],
    server: {
      ...{ id: "docker:shop-db-1", origin: "docker", label: "Docker · shop/db", version: "17", state: "running" },
      endpoints: [{ host: "127.0.0.1", port: 5455 }],
      ...{
        dataDirectory: null,
        reason: null,
        actions: [],
        startCommand: null,
        canStart: false,
        credentialsKnown: true,
      },
      ...more,
    },
  });
  const climb = (string: string, ...known: readonly KnownServer[]) => {
    const registry = createServerRegistry();
    for (const one of known) registry.put(one);
    return climbed(string, { registry, openAdministrator: nobody });
  };

  it.each([
    ["a compose service", "Docker · shop/db", "db..aksara-test"],
    ["a container", "Podman · db", "db..aksara-test"],
    ["one of another engine", "Docker · shop/db (colima)", "db..aksara-test"],
  ])("are told as such, with the address from here: %s", async (_, label, host) => {
    // A name with an empty part: every resolver refuses it at once, with a network and without.
    const named = container({ label: label.replace(/db(?= |$)/, host) });
    const report = await climb(
      `postgresql://a:b@${host}:5432/shop`,
      container({ label: "Docker · other/cache" }),
      named,
    );
    expect(report.diagnosis).toMatchObject({
      id: "resolve.not-found",
      remedies: [{ id: "use-published", title: "Use 127.0.0.1:5455" }, { id: "look-up" }],
    });
  });
});
