import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDebianCluster, type DebianCluster, whyNoDebianCluster } from "../../e2e/servers/debian-cluster";
import { startPostgres, type TestServer } from "../../e2e/servers/postgres";
import type { Endpoint } from "../../shared/domain/endpoint";
import type { StepProgress } from "../../shared/domain/plan";
import { Secret } from "../../shared/domain/target";
import type { DatabaseChoice, DatabasePlan } from "../../shared/ipc/messages";
import { createConnector } from "../adapters/connector";
import { createWireConnector } from "../adapters/postgres/connector";
import { createSecrets } from "../adapters/secrets";
import { createAdministrator } from "./administrator";
import { createDatabases } from "./database";
import type { Access } from "./ports";
import { createServerRegistry } from "./server-registry";

/** The use cases over one server known by its endpoints and one way in. */
function bench(endpoints: readonly Endpoint[], access: Access) {
  const registry = createServerRegistry();
  const known = { origin: "listener", label: "Test", version: null, state: "running", dataDirectory: null } as const;
  const rest = { reason: null, actions: [], startCommand: null, canStart: false, credentialsKnown: true } as const;
  registry.put({ server: { id: "test", ...known, endpoints, ...rest }, accesses: [access] });
  const connector = createConnector({ wire: createWireConnector() });
  const administrator = createAdministrator({ registry, connector });
  const projects = { current: () => ({ path: "/home/someone/Ticket-Desk/" }) };
  return createDatabases({ registry, administrator, connector, secrets: createSecrets(), projects });
}

const wire = (server: TestServer, user = "postgres", password = server.password): Access => ({
  kind: "wire",
  endpoint: { host: server.host, port: server.port },
  user,
  password: new Secret(password),
  sslmode: "prefer",
  parameters: {},
});

const tcp = (server: TestServer): Endpoint => ({ host: server.host, port: server.port });

const choice = (name: string, more: Partial<DatabaseChoice> = {}): DatabaseChoice => ({
  serverId: "test",
  database: name,
  role: name,
  password: "a-good-password",
  onRole: "create",
  onDatabase: "create",
  locale: null,
  ...more,
});

function context(onEvent: (event: StepProgress) => void = () => undefined) {
  const abort = new AbortController();
  return { emit: onEvent, signal: abort.signal, abort: () => abort.abort() };
}

type Databases = ReturnType<typeof bench>;

async function planned(databases: Databases, wanted: DatabaseChoice): Promise<DatabasePlan> {
  const plan = await databases.plan(wanted);
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}

describe("a server that keeps MD5 passwords", () => {
  it("lets the new role in by its SCRAM secret", async () => {
    const server = await startPostgres({ version: 13, auth: "md5" });
    try {
      const databases = bench([tcp(server)], wire(server));
      const plan = await planned(databases, choice("app"));
      expect(await databases.run(plan.id, context())).toMatchObject({ ok: true });
    } finally {
      await server.remove();
    }
  }, 120_000);
});

const reason = whyNoDebianCluster();

describe.skipIf(reason)(`a Debian cluster over its local socket${reason ? ` (skipped: ${reason})` : ""}`, () => {
  let cluster: DebianCluster;
  beforeAll(async () => {
    cluster = await createDebianCluster({ running: true });
  }, 60_000);
  afterAll(() => cluster?.drop());

  it("gets a role and a database through psql as postgres, used over TCP", async () => {
    const { port, socketDirectory } = cluster;
    const program = `/usr/lib/postgresql/${cluster.version}/bin/psql`;
    const databases = bench(
      [
        { socketDirectory, port },
        { host: "127.0.0.1", port },
      ],
      { kind: "psql", program, osUser: "postgres", socketDirectory, port },
    );
    const plan = await planned(databases, choice('O\'Brien "shop" ü'));
    expect(plan.as).toBe("postgres over the local socket");
    const outcome = await databases.run(plan.id, context());
    expect(outcome).toMatchObject({ ok: true, problem: null });
    expect(outcome.dsn).toContain(`@127.0.0.1:${port}/`);
    expect(await databases.list("test")).toEqual({ ok: true, value: ['O\'Brien "shop" ü', "postgres"] });
    expect(await databases.undo(plan.id, context())).toEqual({ ok: true, value: null });
    expect(await databases.list("test")).toEqual({ ok: true, value: ["postgres"] });
  });
});
