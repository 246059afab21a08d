import { readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { selfSigned } from "../servers/certificate";
import {
  POSTGRES_VERSIONS,
  type PostgresVersion,
  startPostgres,
  type TestServer,
  whyUnavailable,
} from "../servers/postgres";
import { type ClientId, readFrom, tell } from "./clients";
import type { Recorder } from "./recording";
import { HBA, NOWHERE, SETUP, SITUATIONS } from "./situations";

const certificate = selfSigned("db.example", ["DNS:db.example"]);
const other = selfSigned("other.example");

/** How each version writes its log: the prefixes that distributions and clouds use, and the formats with fields. */
const LOGS: Readonly<Record<PostgresVersion, Readonly<Record<string, string>>>> = {
  13: { log_line_prefix: "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ", log_error_verbosity: "verbose" },
  14: { log_line_prefix: "%m [%p] %q%u@%d " },
  15: { log_destination: "jsonlog", logging_collector: "on" },
  16: { log_destination: "csvlog", logging_collector: "on" },
  17: { log_line_prefix: "%t:%r:%u@%d:[%p]:" },
  18: { log_line_prefix: "%m [%p] %e " },
};

/** The file a server writes to now: its standard error, or the collector's newest. */
function logOf(server: TestServer): string {
  const folder = path.join(server.dataDirectory, "log");
  const ending = { 15: ".json", 16: ".csv" }[server.version as number];
  if (!ending) return server.logFile;
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .at(-1);
  return newest ? path.join(folder, newest) : server.logFile;
}

/** What a log gained, once it has gained anything; a collector is a moment behind. */
async function logged(file: string, offset: number): Promise<string> {
  for (let tries = 0; tries < 40; tries += 1) {
    if (statSync(file).size > offset) break;
    await wait(50);
  }
  return readFrom(file, offset);
}

export async function prepared(version: PostgresVersion): Promise<TestServer> {
  const server = await startPostgres({
    version,
    hba: HBA,
    config: {
      max_connections: "8",
      superuser_reserved_connections: "2",
      max_wal_senders: "0",
      ssl: "on",
      ssl_ca_file: "server.crt",
      ...LOGS[version],
    },
    files: { "server.key": certificate.key, "server.crt": certificate.certificate },
  });
  const folder = path.dirname(server.dataDirectory);
  writeFileSync(path.join(folder, "root.crt"), certificate.certificate);
  writeFileSync(path.join(folder, "other.crt"), other.certificate);
  for (const statement of SETUP) await server.sql("postgres", statement);
  for (const statement of [
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "GRANT CREATE ON SCHEMA public TO app",
    "CREATE SCHEMA hidden",
    "CREATE TABLE hidden.notes (id int)",
    "CREATE TABLE public.secrets (id int)",
  ]) {
    await server.sql("app", statement);
  }
  return server;
}

/** What wraps another client says the same with more around it: a few are enough. */
const WRAPPERS: ReadonlySet<ClientId> = new Set(["psycopg2", "sqlalchemy", "sqlalchemy-asyncpg", "django"]);
const WRAPPED: ReadonlySet<string> = new Set([
  "wrong password",
  "no line in pg_hba.conf",
  "TLS required",
  "another authority",
  "missing database",
  "CONNECT denied",
  "unknown parameter in the string",
  "too many clients",
  "no CREATE on the schema",
  "read-only session",
]);

const NAMES: Readonly<Partial<Record<PostgresVersion, string>>> = { 15: "jsonlog", 16: "csvlog" };

/** Every situation on every version, told by psql and the server's log, and by every client on the newest. */
export async function recordServers(recorder: Recorder, clients: ReadonlyMap<ClientId, string>): Promise<void> {
  for (const version of POSTGRES_VERSIONS) {
    const missing = await whyUnavailable(version);
    if (missing !== null) throw new Error(missing);
    const server = await prepared(version);
    try {
      for (const situation of SITUATIONS) {
        const undo = await situation.before?.(server);
        for (const [client, called] of clients) {
          if (version !== 18 && client !== "psql") continue;
          if (WRAPPERS.has(client) && !WRAPPED.has(situation.name)) continue;
          const expected = typeof situation.expected === "string" ? situation.expected : situation.expected(client);
          const log = logOf(server);
          const offset = statSync(log).size;
          const said = await tell(client, situation.ask(server));
          recorder.put(situation.name, `${called}, PostgreSQL ${version}`, expected, said);
          if (client !== "psql" || situation.logged === null) continue;
          const source = `PostgreSQL ${version}, ${NAMES[version] ?? "log"}`;
          recorder.put(situation.name, source, situation.logged ?? expected, await logged(log, offset));
        }
        await undo?.();
      }
    } finally {
      await server.remove();
    }
  }
}

/** What clients say where no server is. */
export async function recordNowhere(recorder: Recorder, clients: ReadonlyMap<ClientId, string>): Promise<void> {
  const nobody = {} as TestServer;
  for (const situation of NOWHERE) {
    for (const [client, called] of clients) {
      if (WRAPPERS.has(client) && situation.name !== "nothing listens" && situation.name !== "no such host") continue;
      const expected = typeof situation.expected === "string" ? situation.expected : situation.expected(client);
      recorder.put(situation.name, called, expected, await tell(client, situation.ask(nobody)));
    }
  }
}
