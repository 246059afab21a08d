import { createConnector } from "../../electron/adapters/connector";
import { createWireConnector } from "../../electron/adapters/postgres/connector";
import { createSecrets } from "../../electron/adapters/secrets";
import { createAdministrator } from "../../electron/use-cases/administrator";
import { createDatabases } from "../../electron/use-cases/database";
import type { Access } from "../../electron/use-cases/ports";
import { createServerRegistry } from "../../electron/use-cases/server-registry";
import type { Endpoint } from "../../shared/domain/endpoint";
import type { StepProgress } from "../../shared/domain/plan";
import { Secret } from "../../shared/domain/target";
import type { DatabaseChoice, DatabasePlan } from "../../shared/ipc/messages";
import type { TestServer } from "../servers/postgres";

/** The use cases over one server known by its endpoints and one way in. */
export function bench(endpoints: readonly Endpoint[], access: Access) {
  const registry = createServerRegistry();
  const known = { origin: "listener", label: "Test", version: null, state: "running", dataDirectory: null } as const;
  const rest = { reason: null, actions: [], startCommand: null, canStart: false, credentialsKnown: true } as const;
  registry.put({ server: { id: "test", ...known, endpoints, ...rest }, accesses: [access] });
  const connector = createConnector({ wire: createWireConnector() });
  const administrator = createAdministrator({ registry, connector });
  const projects = { current: () => ({ path: "/home/someone/Ticket-Desk/" }) };
  return createDatabases({ registry, administrator, connector, secrets: createSecrets(), projects });
}

export const wire = (server: TestServer, user = "postgres", password = server.password): Access => ({
  kind: "wire",
  endpoint: { host: server.host, port: server.port },
  user,
  password: new Secret(password),
  sslmode: "prefer",
  parameters: {},
});

export const tcp = (server: TestServer): Endpoint => ({ host: server.host, port: server.port });

export const choice = (name: string, more: Partial<DatabaseChoice> = {}): DatabaseChoice => ({
  serverId: "test",
  database: name,
  role: name,
  password: "a-good-password",
  onRole: "create",
  onDatabase: "create",
  locale: null,
  ...more,
});

export function context(onEvent: (event: StepProgress) => void = () => undefined) {
  const abort = new AbortController();
  return { emit: onEvent, signal: abort.signal, abort: () => abort.abort() };
}

export type Databases = ReturnType<typeof bench>;

export async function planned(databases: Databases, wanted: DatabaseChoice): Promise<DatabasePlan> {
  const plan = await databases.plan(wanted);
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}
