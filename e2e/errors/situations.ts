import path from "node:path";
import { Client } from "pg";
import type { TestServer } from "../servers/postgres";
import type { Ask, ClientId } from "./clients";

type Expected = string | ((client: ClientId) => string);

/** One way to fail, with the id that what a client, or the server's log, says of it stands for. */
export interface ErrorSituation {
  readonly name: string;
  readonly ask: (server: TestServer) => Ask;
  readonly expected: Expected;
  /** A cause that the same words can have. */
  readonly also?: string;
  /** What the log knows better; null: the log says nothing of it. */
  readonly logged?: string | null;
  readonly before?: (server: TestServer) => Promise<() => Promise<void>>;
}

export const HBA = [
  "local all peeruser peer",
  "local all all scram-sha-256",
  "hostssl all tlsonly 127.0.0.1/32 scram-sha-256",
  "hostssl all certificate 127.0.0.1/32 cert",
  "hostnossl all plainonly 127.0.0.1/32 scram-sha-256",
  "host all rejected 127.0.0.1/32 reject",
  "host all ghost,grouprole 127.0.0.1/32 trust",
  "host all identuser 127.0.0.1/32 ident",
  "host all app,limited,outsider,postgres,missing,expired,bare,old 127.0.0.1/32 scram-sha-256",
];

export const SETUP = [
  "CREATE ROLE app LOGIN PASSWORD 'right'",
  "CREATE ROLE limited LOGIN PASSWORD 'right' CONNECTION LIMIT 0",
  "CREATE ROLE outsider LOGIN PASSWORD 'right'",
  "CREATE ROLE tlsonly LOGIN PASSWORD 'right'",
  "CREATE ROLE plainonly LOGIN PASSWORD 'right'",
  "CREATE ROLE rejected LOGIN",
  "CREATE ROLE grouprole NOLOGIN",
  "CREATE ROLE peeruser LOGIN",
  "CREATE ROLE identuser LOGIN",
  "CREATE ROLE certificate LOGIN",
  "CREATE ROLE bare LOGIN",
  "CREATE ROLE expired LOGIN PASSWORD 'right' VALID UNTIL '2001-01-01'",
  "CREATE DATABASE app OWNER app",
  "CREATE DATABASE closed",
  "REVOKE CONNECT ON DATABASE closed FROM PUBLIC",
  "CREATE DATABASE shut",
];

const at = (s: TestServer, user: string, database = "app", query = ""): Ask => ({
  dsn: `postgresql://${user}@127.0.0.1:${s.port}/${database}${query}`,
});
const doing =
  (sql: string, user = "app:right", database = "app", query = "") =>
  (s: TestServer): Ask => ({ ...at(s, user, database, query), sql: [sql] });
const fixed = (dsn: string) => (): Ask => ({ dsn });

const statements =
  (before: readonly string[], after: readonly string[]) =>
  async (s: TestServer): Promise<() => Promise<void>> => {
    for (const one of before) await s.sql("postgres", one);
    return async () => {
      for (const one of after) await s.sql("postgres", one);
    };
  };

/** Sessions that stay open until they are told to end. */
const occupied =
  (user: string, password: string, count: number) =>
  async (s: TestServer): Promise<() => Promise<void>> => {
    const sessions: Client[] = [];
    for (let index = 0; index < count; index += 1) {
      const session = new Client({ host: s.host, port: s.port, user, password, database: "postgres", ssl: false });
      session.on("error", () => {});
      const open = await session.connect().then(
        () => true,
        () => false,
      );
      if (open) sessions.push(session);
    }
    return async () => {
      await Promise.all(sessions.map((session) => session.end()));
    };
  };

/** asyncpg and node-postgres tell a certificate's fault; libpq only that there is one. */
const verified =
  (known: string) =>
  (client: ClientId): string =>
    client === "sqlalchemy-asyncpg"
      ? "read.unknown-parameter"
      : client === "asyncpg" || client === "node-postgres"
        ? known
        : "encrypt.unknown-authority";

/** SQLAlchemy hands every parameter of its string to asyncpg as an argument. */
const orUnknownParameter =
  (known: string) =>
  (client: ClientId): string =>
    client === "sqlalchemy-asyncpg" ? "read.unknown-parameter" : known;

/** These need a server with TLS on, `max_connections` 8, of which 2 are reserved. */
export const SITUATIONS: readonly ErrorSituation[] = [
  {
    name: "wrong password",
    ask: (s) => at(s, "app:wrong"),
    expected: "authenticate.password-rejected",
  },
  {
    name: "missing role, password asked",
    ask: (s) => at(s, "missing:wrong"),
    expected: "authenticate.password-rejected",
    logged: "authenticate.role-missing",
  },
  {
    name: "role without a password",
    ask: (s) => at(s, "bare:wrong"),
    expected: "authenticate.password-rejected",
  },
  { name: "expired password", ask: (s) => at(s, "expired:right"), expected: "authenticate.password-rejected" },
  {
    name: "no password given",
    ask: (s) => at(s, "app"),
    expected: (client) =>
      client.endsWith("asyncpg") ? "authenticate.password-rejected" : "authenticate.password-missing",
    logged: null,
  },
  { name: "missing role (trust)", ask: (s) => at(s, "ghost"), expected: "authenticate.role-missing" },
  { name: "role without LOGIN", ask: (s) => at(s, "grouprole"), expected: "authenticate.role-cannot-login" },
  {
    name: "peer",
    ask: (s) => ({ dsn: `postgresql://peeruser@${encodeURIComponent(s.socketDirectory)}:${s.port}/app` }),
    expected: "authenticate.peer-rejected",
  },
  { name: "ident", ask: (s) => at(s, "identuser"), expected: "authenticate.ident-rejected" },
  {
    name: "no line in pg_hba.conf",
    ask: (s) => at(s, "nobody:x"),
    expected: (client) => (/asyncpg|node/.test(client) ? "encrypt.required" : "authenticate.no-hba-entry"),
    logged: null,
  },
  {
    name: "no line in pg_hba.conf, over TLS",
    ask: (s) => at(s, "nobody:x", "app", "?sslmode=require"),
    expected: (client) => (client === "node-postgres" ? "encrypt.self-signed" : "authenticate.no-hba-entry"),
    logged: null,
  },
  { name: "reject line", ask: (s) => at(s, "rejected:x"), expected: "authenticate.hba-rejects" },
  {
    name: "TLS required",
    ask: (s) => at(s, "tlsonly:right", "app", "?sslmode=disable"),
    expected: orUnknownParameter("encrypt.required"),
  },
  {
    name: "wrong password where only TLS is let in",
    ask: (s) => at(s, "tlsonly:wrong", "app", "?sslmode=prefer"),
    expected: (client) =>
      /asyncpg/.test(client)
        ? "encrypt.required"
        : client === "node-postgres"
          ? "encrypt.self-signed"
          : "authenticate.password-rejected",
    logged: null,
  },
  {
    name: "client certificate",
    ask: (s) => at(s, "certificate", "app", "?sslmode=require"),
    expected: (client) => (client === "node-postgres" ? "encrypt.self-signed" : "encrypt.client-certificate-required"),
    logged: null,
  },
  {
    name: "no root file",
    ask: (s) => at(s, "app:right", "app", "?sslmode=verify-full&sslrootcert=/nowhere/root.crt"),
    expected: "encrypt.root-file-missing",
    logged: null,
  },
  {
    name: "another authority",
    ask: (s) => at(s, "app:right", "app", `?sslmode=verify-ca&sslrootcert=${path.dirname(s.dataDirectory)}/other.crt`),
    expected: verified("encrypt.self-signed"),
    logged: null,
  },
  {
    name: "name not in the certificate",
    ask: (s) => at(s, "app:right", "app", `?sslmode=verify-full&sslrootcert=${path.dirname(s.dataDirectory)}/root.crt`),
    expected: "encrypt.name-mismatch",
    logged: null,
  },
  { name: "missing database", ask: (s) => at(s, "app:right", "nothere"), expected: "database.missing" },
  { name: "CONNECT denied", ask: (s) => at(s, "outsider:right", "closed"), expected: "database.connect-denied" },
  {
    name: "database takes no connections",
    ask: (s) => at(s, "app:right", "template0"),
    expected: "database.not-accepting",
  },
  {
    name: "unknown setting in options",
    ask: (s) => at(s, "app:right", "app", "?options=-c%20nosuch%3D1"),
    expected: "database.parameter-unknown",
  },
  {
    name: "unknown parameter in the string",
    ask: (s) => at(s, "app:right", "app", "?pool_timeout=10"),
    expected: (client) =>
      /^(asyncpg|node-postgres)$/.test(client) ? "database.parameter-unknown" : "read.unknown-parameter",
    logged: null,
  },
  {
    name: "sslmode=bogus",
    ask: (s) => at(s, "app:right", "app", "?sslmode=bogus"),
    // node-postgres takes any word for "verify-full".
    expected: (client) => (client === "node-postgres" ? "encrypt.self-signed" : "read.invalid-parameter-value"),
    logged: null,
  },
  { name: "role's connection limit", ask: (s) => at(s, "limited:right"), expected: "server.role-limit" },
  {
    name: "database's connection limit",
    ask: (s) => at(s, "app:right"),
    expected: "server.database-limit",
    before: statements(["ALTER DATABASE app CONNECTION LIMIT 0"], ["ALTER DATABASE app CONNECTION LIMIT -1"]),
  },
  {
    name: "too many clients",
    ask: (s) => at(s, "app:right"),
    expected: "server.too-many-connections",
    before: (s) => occupied("postgres", s.password, 12)(s),
  },
  {
    name: "reserved slots",
    ask: (s) => at(s, "app:right"),
    expected: "server.reserved-slots",
    before: occupied("app", "right", 12),
  },
  {
    name: "no CREATE on the schema",
    ask: doing("CREATE TABLE notes (id int)", "outsider:right"),
    expected: "privileges.no-create",
  },
  {
    name: "no USAGE on the schema",
    ask: doing("SELECT * FROM hidden.notes", "outsider:right"),
    expected: "privileges.no-create",
  },
  {
    name: "no schema to create in",
    ask: doing("CREATE TABLE notes (id int)", "app:right", "app", "?options=-c%20search_path%3Dnowhere"),
    expected: "privileges.no-schema",
  },
  {
    name: "read-only session",
    ask: doing("CREATE TABLE notes (id int)", "app:right", "app", "?options=-c%20default_transaction_read_only%3Don"),
    expected: orUnknownParameter("privileges.read-only"),
  },
  {
    name: "a table of somebody else",
    ask: doing("SELECT * FROM public.secrets", "outsider:right"),
    expected: "privileges.object-denied",
  },
  {
    name: "an extension that is not there",
    ask: doing("CREATE EXTENSION vector", "app:right"),
    expected: "privileges.extension-missing",
  },
  {
    name: "may not create databases",
    ask: doing("CREATE DATABASE another", "app:right"),
    expected: "privileges.object-denied",
  },
  {
    name: "server ends the session",
    ask: doing("SELECT pg_terminate_backend(pg_backend_pid())", "app:right"),
    expected: "server.session-ended",
  },
];

/** Where no server of ours is needed. */
export const NOWHERE: readonly ErrorSituation[] = [
  { name: "nothing listens", ask: fixed("postgresql://app:x@127.0.0.1:9/app"), expected: "reach.refused" },
  { name: "nothing listens on localhost", ask: fixed("postgresql://app:x@localhost:9/app"), expected: "reach.refused" },
  { name: "no such host", ask: fixed("postgresql://app:x@db.example.invalid:5432/app"), expected: "resolve.not-found" },
  {
    name: "raw @ in the password",
    ask: fixed("postgresql://app:p@ss@127.0.0.1:9/app"),
    expected: (client) =>
      client === "node-postgres" || client === "django" ? "reach.refused" : "read.unencoded-credentials",
  },
  {
    name: "no socket there",
    ask: fixed("postgresql://app:x@%2Fnowhere/app"),
    expected: "reach.socket-missing",
  },
  { name: "a port that is none", ask: fixed("postgresql://app:x@127.0.0.1:99999/app"), expected: "read.invalid" },
];
