import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestServer } from "../../e2e/servers/postgres";
import type { StepProgress } from "../../shared/domain/plan";
import type { EnvPreview, Project } from "../../shared/domain/project-types";
import { err, ok, problem } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import { Secret } from "../../shared/domain/target";
import { createWireConnector } from "../adapters/postgres/connector";
import { createSecrets } from "../adapters/secrets";
import { createAdministrator } from "./administrator";
import { createAutoSetup } from "./auto-setup";
import type { AutoNeeds } from "./auto-types";
import { createDatabases } from "./database";
import { createServerRegistry } from "./server-registry";

const PREVIEW: EnvPreview = {
  id: "preview",
  path: "/shop/.env",
  exists: false,
  changes: [],
  diff: [],
  gitIgnored: null,
  tracked: false,
  shadowedBy: null,
  backup: null,
  mode: "600",
  warnings: [],
};

interface World {
  /** False: no server runs, and the private one has to be started first. */
  readonly running?: boolean;
  readonly project?: Project | null;
  readonly present?: string;
  readonly writeFails?: boolean;
}

describe("setting it all up", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({ version: 18 });
  }, 120_000);
  afterAll(() => server?.remove());

  /** The real use cases on a real server; the file, the scan and the commands are told by `world`. */
  function bench(folder: string, world: World = {}) {
    const registry = createServerRegistry();
    const endpoint = { host: server.host, port: server.port };
    const rest = { version: "18", dataDirectory: null, reason: null, startCommand: null, canStart: false } as const;
    const card: Server = {
      id: "private:18",
      origin: "private",
      label: "Private PostgreSQL",
      state: "running",
      endpoints: [endpoint],
      actions: [],
      credentialsKnown: true,
      ...rest,
    };
    const password = new Secret(server.password);
    const put = () =>
      registry.put({
        server: card,
        accesses: [{ kind: "wire", endpoint, user: "postgres", password, sslmode: "prefer", parameters: {} }],
      });
    if (world.running !== false) put();
    const connector = createWireConnector();
    const secrets = createSecrets();
    const administrator = createAdministrator({ registry, connector });
    const project: Project = {
      path: `/home/someone/${folder}`,
      name: folder,
      isAksara: true,
      reason: "",
      envFile: null,
      databaseUrl: null,
      shadowedBy: null,
      writable: true,
    };
    const written: unknown[] = [];
    const preview = {
      id: "start",
      title: "Start the private PostgreSQL",
      commands: ["pg_ctl start"],
      runnable: true,
      note: null,
    };
    const needs: AutoNeeds = {
      registry,
      administrator,
      connector,
      secrets,
      osUser: "nobody",
      databases: createDatabases({ registry, administrator, connector, secrets }),
      scan: {
        run: async () => ({
          durationMs: 1,
          conflicts: [],
          problems: [],
          servers: registry.all().map((known) => known.server),
        }),
      },
      commands: {
        preview: async () => err(problem("not-found", "no such server")),
        previewPrivate: async () => ok(preview),
        run: async () => {
          put();
          return ok({ serverId: card.id });
        },
      },
      projects: {
        refresh: async () => (world.project === undefined ? project : world.project),
        rawDatabaseUrl: () => world.present ?? null,
      },
      exports: {
        preview: async (choice) => {
          written.push(choice);
          return ok(PREVIEW);
        },
        write: async () =>
          world.writeFails
            ? err(problem("unwritable", "The file cannot be written."))
            : ok({ path: PREVIEW.path, backup: null, changes: [], ignoredNow: false }),
      },
      readPool: async () => err(problem("unreachable", "not asked here")),
    };
    return { setup: createAutoSetup(needs), written };
  }

  const context = (events: StepProgress[] = []) => ({
    emit: (event: StepProgress) => void events.push(event),
    signal: new AbortController().signal,
  });
  const named = (name: string) =>
    server.sql(
      "postgres",
      `SELECT rolname FROM pg_roles WHERE rolname LIKE '${name}%' UNION ALL SELECT datname FROM pg_database WHERE datname LIKE '${name}%'`,
    );

  it("goes from a project to a written, working string, telling every step", async () => {
    const { setup, written } = bench("Ticket-Desk");
    const events: StepProgress[] = [];
    const outcome = await setup.run(context(events));
    expect(outcome).toMatchObject({
      ok: true,
      problem: null,
      written: { path: "/shop/.env" },
      server: { id: "private:18" },
    });
    expect(written).toEqual([{ dsn: outcome.dsn, pool: { min: 2, max: 5 }, file: ".env", ignore: true }]);
    expect(events.filter((event) => event.status === "done").map((event) => event.stepId)).toEqual([
      "find-server",
      "create-role",
      "create-database",
      "only-this-role",
      "sign-in",
      "prove-table",
      "pool",
      "write-env",
    ]);
    const app = new Client({ connectionString: outcome.dsn ?? "" });
    await app.connect();
    expect((await app.query("SELECT current_database()::text AS name")).rows).toEqual([{ name: "ticket_desk" }]);
    await app.end();
  });

  it("takes the next free name where the first is taken", async () => {
    const { setup } = bench("Ticket-Desk");
    const outcome = await setup.run(context());
    expect(outcome.dsn).toMatch(/\/\/ticket_desk_2:[^@]+@127\.0\.0\.1:\d+\/ticket_desk_2$/);
  });

  it("does not number names that were asked for", async () => {
    const { setup } = bench("x");
    const outcome = await setup.setUp({ database: "ticket_desk" }, context());
    expect(outcome).toMatchObject({ ok: false, dsn: null, problem: { kind: "exists" } });
  });

  it("keeps a string in .env that works already, and leaves nothing in its database", async () => {
    const present = server.dsn();
    const { setup, written } = bench("kept", { present });
    expect(await setup.run(context())).toMatchObject({ ok: true, dsn: present });
    expect(written).toMatchObject([{ dsn: present }]);
    expect(await named("kept")).toEqual([]);
    expect(await server.sql("postgres", "SELECT 1 FROM pg_class WHERE relname LIKE 'aksara%'")).toEqual([]);
  });

  it("makes a database of its own where the string in .env does not work", async () => {
    const { setup } = bench("afresh", { present: server.dsn({ password: "wrong" }) });
    const outcome = await setup.setUp({}, context());
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.steps[0]).toMatchObject({ stepId: "try-existing", status: "done" });
    expect(outcome.dsn).toContain("/afresh");
  });

  it("starts the private server where none runs", async () => {
    const { setup } = bench("started", { running: false });
    const outcome = await setup.setUp({}, context());
    expect(outcome.steps.map((step) => step.stepId).slice(0, 2)).toEqual(["find-server", "start-server"]);
    expect(outcome).toMatchObject({ ok: true });
  });

  it("takes role and database back when .env cannot be written", async () => {
    const { setup } = bench("undone", { writeFails: true });
    const outcome = await setup.setUp({}, context());
    expect(outcome).toMatchObject({ ok: false, dsn: null, problem: { kind: "unwritable" } });
    expect(outcome.steps.at(-1)).toMatchObject({ stepId: "undo-role", status: "undone" });
    expect(await named("undone")).toEqual([]);
  });

  it("takes everything back when cancelled after the database was made", async () => {
    const { setup } = bench("halted");
    const abort = new AbortController();
    const emit = (event: StepProgress) => {
      if (event.stepId === "only-this-role" && event.status === "done") abort.abort();
    };
    expect(await setup.run({ emit, signal: abort.signal })).toMatchObject({
      ok: false,
      problem: { kind: "cancelled" },
    });
    expect(await named("halted")).toEqual([]);
  });

  it("changes nothing in a dry run, with a running server and without one", async () => {
    for (const running of [true, false]) {
      const { setup } = bench("dry", { running });
      const outcome = await setup.setUp({ dryRun: true }, context());
      expect(outcome).toMatchObject({ ok: true, written: null });
      expect(outcome.steps.filter((step) => step.status === "waiting").map((step) => step.stepId)).toContain(
        "create-database",
      );
      expect(await named("dry")).toEqual([]);
    }
  });

  it("asks for a project first", async () => {
    const { setup } = bench("x", { project: null });
    expect(await setup.run(context())).toMatchObject({ ok: false, problem: { kind: "not-found", field: "project" } });
  });
});
