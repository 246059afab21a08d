import { createWireConnector } from "../../electron/adapters/postgres/connector";
import { answersPostgres, hearLine } from "../../electron/adapters/postgres/probe";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { createSecrets } from "../../electron/adapters/secrets";
import { createAdministrator } from "../../electron/use-cases/administrator";
import { createDiagnose, type Diagnose, type DiagnoseParts } from "../../electron/use-cases/diagnose";
import { createServerRegistry } from "../../electron/use-cases/server-registry";
import { err, problem } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import { Secret } from "../../shared/domain/target";
import { startPostgres, type TestServer } from "../servers/postgres";

export type WorldOptions = Partial<DiagnoseParts> & {
  readonly state?: Server["state"];
  /** False: detection does not know the server, and nobody is its administrator. */
  readonly known?: boolean;
};

/** A job nobody listens to and nobody stops. */
export const job = () => ({ emit: () => {}, signal: new AbortController().signal });

/** PostgreSQL 18 with the role `app` (password "right") and a database of its own. */
export async function startWithApp(): Promise<TestServer> {
  const server = await startPostgres({ version: 18 });
  await server.sql("postgres", "CREATE ROLE app LOGIN PASSWORD 'right'");
  await server.sql("postgres", "CREATE DATABASE app OWNER app");
  return server;
}

/** The use case on the real wire, with a registry that knows the test server in the given state. */
export function world(server: TestServer, more: WorldOptions = {}): Diagnose {
  const registry = createServerRegistry();
  const card: Server = {
    id: "test:18",
    origin: "private",
    label: "The test server",
    version: "18",
    state: more.state ?? "running",
    endpoints: [
      { host: "localhost", port: server.port },
      { socketDirectory: server.socketDirectory, port: server.port },
    ],
    dataDirectory: server.dataDirectory,
    reason: null,
    actions: more.state === "stopped" ? ["start"] : ["stop"],
    startCommand: more.state === "stopped" ? "pg_ctl start" : null,
    canStart: more.state === "stopped",
    credentialsKnown: true,
  };
  const endpoint = { socketDirectory: server.socketDirectory, port: server.port };
  const access = {
    kind: "wire",
    endpoint,
    user: "postgres",
    password: new Secret(server.password),
    sslmode: "prefer",
    parameters: {},
  } as const;
  if (more.known !== false) registry.put({ server: card, accesses: [access] });
  const administrator = createAdministrator({ registry, connector: createWireConnector() });
  return createDiagnose({
    registry,
    openWire: createOpenWire(),
    answersPostgres,
    hearLine,
    openAdministrator: administrator.open,
    prepareServer: async () => err(problem("no-permission", "No.")),
    secrets: createSecrets(),
    env: {},
    osUser: "somebody",
    ...more,
  });
}
