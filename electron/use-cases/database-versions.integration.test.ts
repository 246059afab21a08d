import { readFileSync } from "node:fs";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POSTGRES_VERSIONS, startPostgres, type TestServer, whyUnavailable } from "../../e2e/servers/postgres";
import type { StepProgress } from "../../shared/domain/plan";
import type { Server } from "../../shared/domain/server";
import { Secret } from "../../shared/domain/target";
import { createConnector } from "../adapters/connector";
import { createWireConnector } from "../adapters/postgres/connector";
import { createSecrets } from "../adapters/secrets";
import { createAdministrator } from "./administrator";
import { createDatabases } from "./database";
import { createServerRegistry } from "./server-registry";

const available = await Promise.all(
  POSTGRES_VERSIONS.map(async (version) => ({ version, reason: await whyUnavailable(version) })),
);

const title = (version: number, reason: string | null) =>
  `a role and a database on PostgreSQL ${version}${reason ? ` (skipped: ${reason})` : ""}`;

/** The use cases over one server, administered as `user`. */
function bench(server: TestServer, user: string, password: string) {
  const registry = createServerRegistry();
  const endpoint = { host: server.host, port: server.port };
  const card: Server = {
    id: "test",
    origin: "listener",
    label: `PostgreSQL ${server.version}`,
    version: String(server.version),
    state: "running",
    endpoints: [{ socketDirectory: server.socketDirectory, port: server.port }, endpoint],
    dataDirectory: null,
    reason: null,
    actions: [],
    startCommand: null,
    canStart: false,
    credentialsKnown: true,
  };
  const sslmode = "prefer";
  registry.put({
    server: card,
    accesses: [{ kind: "wire", endpoint, user, password: new Secret(password), sslmode, parameters: {} }],
  });
  const connector = createConnector({ wire: createWireConnector() });
  const administrator = createAdministrator({ registry, connector });
  return {
    administrator,
    databases: createDatabases({ registry, administrator, connector, secrets: createSecrets() }),
  };
}

const context = (events: StepProgress[] = []) => ({
  emit: (event: StepProgress) => void events.push(event),
  signal: new AbortController().signal,
});

const choice = (name: string, password: string) => ({
  serverId: "test",
  database: name,
  role: name,
  password,
  onRole: "create" as const,
  onDatabase: "create" as const,
  locale: null,
});

for (const { version, reason } of available)
  describe.skipIf(reason)(title(version, reason), () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startPostgres({ version, config: { log_statement: "all" } });
      await server.sql("postgres", "CREATE ROLE dba LOGIN CREATEDB CREATEROLE PASSWORD 'dba-password'");
    }, 120_000);
    afterAll(() => server?.remove());

    it.each([
      { who: "a superuser", user: "postgres", extra: 0 },
      { who: "an administrator with CREATEDB and CREATEROLE only", user: "dba", extra: 2 },
    ])("are made and proven by $who, and taken back", async ({ user, extra }) => {
      const { administrator, databases } = bench(server, user, user === "dba" ? "dba-password" : server.password);
      expect(await administrator.state("test")).toMatchObject({ ready: true, user, lacks: [], problem: null });
      const name = `Ticket "${user}" ü`;
      const password = "p@ss/w:rd #1'\\x";
      const plan = await databases.plan(choice(name, password));
      if (!plan.ok) throw new Error(plan.error.message);
      expect(plan.value.problems).toEqual([]);
      expect(plan.value.steps).toHaveLength(5 + extra);
      expect(JSON.stringify(plan.value)).not.toContain("SCRAM");

      const events: StepProgress[] = [];
      const outcome = await databases.run(plan.value.id, context(events));
      expect(outcome).toMatchObject({ ok: true, problem: null });
      expect(events.filter((event) => event.status === "done").map((event) => event.stepId)).toEqual(
        plan.value.steps.map((step) => step.id),
      );

      const app = new Client({ connectionString: outcome.dsn ?? "" });
      await app.connect();
      const me = await app.query(
        "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolcanlogin, " +
          "(SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()) AS owner, " +
          "(SELECT count(*)::int FROM pg_class WHERE relname LIKE 'aksara%') AS leftovers, " +
          "pg_encoding_to_char((SELECT encoding FROM pg_database WHERE datname = current_database())) AS encoding " +
          "FROM pg_roles WHERE rolname = current_user",
      );
      await app.end();
      expect(me.rows).toEqual([
        {
          rolsuper: false,
          rolcreatedb: false,
          rolcreaterole: false,
          rolbypassrls: false,
          rolcanlogin: true,
          owner: name,
          leftovers: 0,
          encoding: "UTF8",
        },
      ]);
      const inside = await server.sql(
        "postgres",
        `SELECT has_database_privilege('public', datname, 'CONNECT') AS everyone,
         (SELECT count(*)::int FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
          WHERE r.rolname = datname AND (to_jsonb(m)->>'set_option' IS DISTINCT FROM 'false')) AS members
       FROM pg_database WHERE datname = '${name}'`,
      );
      expect(inside).toEqual([{ everyone: false, members: 0 }]);

      expect(readFileSync(server.logFile, "utf8")).toContain("PASSWORD 'SCRAM-SHA-256$");
      expect(readFileSync(server.logFile, "utf8")).not.toContain("p@ss");

      const undone: StepProgress[] = [];
      expect(await databases.undo(plan.value.id, context(undone))).toEqual({ ok: true, value: null });
      expect(undone.map((event) => event.status)).not.toContain("failed");
      const left = await server.sql(
        "postgres",
        `SELECT rolname FROM pg_roles WHERE rolname = '${name}' UNION ALL SELECT datname FROM pg_database WHERE datname = '${name}'`,
      );
      expect(left).toEqual([]);
    });
  });
