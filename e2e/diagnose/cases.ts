import path from "node:path";
import { probePostgres } from "../../electron/adapters/postgres/probe";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import type { SqlSession } from "../../electron/use-cases/ports";
import { Secret } from "../../shared/domain/target";
import type { TestServer } from "../servers/postgres";

/** One way to fail, provoked on a real server; `expected` is null where it must connect. */
export interface Case {
  readonly name: string;
  readonly dsn: (server: TestServer) => string;
  readonly expected: string | null;
  readonly warns?: readonly string[];
  readonly before?: (server: TestServer) => Promise<() => Promise<void>>;
}

/** pg_hba.conf of the servers the cases run on. */
export const HBA = [
  "local all peeruser peer",
  "local all all trust",
  "hostssl all tlsonly 127.0.0.1/32 scram-sha-256",
  "hostnossl all plainonly 127.0.0.1/32 scram-sha-256",
  "hostssl all certificate 127.0.0.1/32 cert",
  "host all rejected 127.0.0.1/32 reject",
  "host all ghost,grouprole 127.0.0.1/32 trust",
  "host all identuser 127.0.0.1/32 ident",
  "host all app,limited,outsider,postgres,missing,expired 127.0.0.1/32 scram-sha-256",
];

/** Roles, made once a server; statements parted by semicolons. */
export const SETUP = `
CREATE ROLE app LOGIN PASSWORD 'right'; CREATE ROLE limited LOGIN PASSWORD 'right' CONNECTION LIMIT 0;
CREATE ROLE outsider LOGIN PASSWORD 'right'; CREATE ROLE tlsonly LOGIN PASSWORD 'right';
CREATE ROLE plainonly LOGIN PASSWORD 'right'; CREATE ROLE rejected LOGIN; CREATE ROLE grouprole NOLOGIN;
CREATE ROLE peeruser LOGIN; CREATE ROLE identuser LOGIN; CREATE ROLE certificate LOGIN;
CREATE ROLE expired LOGIN PASSWORD 'right' VALID UNTIL '2001-01-01'`;

const at = (server: TestServer, user: string, database = "app", query = ""): string =>
  `postgresql://${user}@127.0.0.1:${server.port}/${database}${query}`;

/** Sessions that stay open until they are told to end. */
async function occupy(server: TestServer, user: string, password: string, count: number): Promise<() => Promise<void>> {
  const sessions: SqlSession[] = [];
  const open = createOpenWire();
  for (let index = 0; index < count; index += 1) {
    const opened = await open(
      {
        endpoint: { host: "127.0.0.1", port: server.port },
        user,
        password: new Secret(password),
        database: "postgres",
        sslmode: "disable",
        parameters: {},
        timeoutMs: 10_000,
      },
      () => {},
    );
    if (opened.ok) sessions.push(opened.value.session);
  }
  return async () => {
    await Promise.all(sessions.map((session) => session.end()));
  };
}

/** Turns TLS on or off and waits until the server, which reads its settings when it gets to it, says so itself. */
async function setTls(server: TestServer, on: boolean): Promise<void> {
  await server.sql("postgres", `ALTER SYSTEM SET ssl = ${on ? "on" : "off"}`);
  await server.sql("postgres", "SELECT pg_reload_conf()");
  for (let tries = 0; tries < 500; tries += 1) {
    const answer = await probePostgres({ host: server.host, port: server.port }, 5_000);
    if (answer.kind === "postgresql" && answer.tls === on) return;
  }
  throw new Error("the server does not take its new settings");
}

const run = (sql: string, undo: string) => async (server: TestServer) => {
  for (const statement of sql.split(";")) await server.sql("postgres", statement);
  return async () => {
    for (const statement of undo.split(";")) await server.sql("postgres", statement);
  };
};

/** Every case runs on every version of PostgreSQL. */
export const CASES: readonly Case[] = [
  { name: "it connects", dsn: (s) => at(s, "app:right"), expected: null },
  { name: "sslmode=require connects", dsn: (s) => at(s, "app:right", "app", "?sslmode=require"), expected: null },
  { name: "sslmode=disable connects", dsn: (s) => at(s, "app:right", "app", "?sslmode=disable"), expected: null },
  {
    name: "sslmode=allow goes over to TLS",
    dsn: (s) => at(s, "tlsonly:right", "open", "?sslmode=allow"),
    expected: null,
  },
  { name: "sslmode=prefer goes over to plain", dsn: (s) => at(s, "plainonly:right", "open"), expected: null },
  {
    name: "over the socket",
    dsn: (s) => `postgresql://app@${encodeURIComponent(s.socketDirectory)}:${s.port}/app`,
    expected: null,
  },
  {
    name: "connect_timeout warns",
    dsn: (s) => at(s, "app:right", "app", "?connect_timeout=5&application_name=x"),
    expected: null,
    warns: ["database.parameter-unknown"],
  },
  {
    name: "superuser warns",
    dsn: (s) => at(s, `postgres:${encodeURIComponent(s.password)}`, "app"),
    expected: null,
    warns: ["privileges.too-many"],
  },
  { name: "wrong password", dsn: (s) => at(s, "app:wrong"), expected: "authenticate.password-rejected" },
  { name: "expired password", dsn: (s) => at(s, "expired:right"), expected: "authenticate.password-rejected" },
  { name: "no password", dsn: (s) => at(s, "app"), expected: "authenticate.password-missing" },
  { name: "missing role (trust)", dsn: (s) => at(s, "ghost"), expected: "authenticate.role-missing" },
  { name: "role without LOGIN", dsn: (s) => at(s, "grouprole"), expected: "authenticate.role-cannot-login" },
  {
    name: "peer",
    dsn: (s) => `postgresql://peeruser@${encodeURIComponent(s.socketDirectory)}:${s.port}/app`,
    expected: "authenticate.peer-rejected",
  },
  { name: "ident", dsn: (s) => at(s, "identuser"), expected: "authenticate.ident-rejected" },
  { name: "no line in pg_hba.conf", dsn: (s) => at(s, "nobody:x"), expected: "authenticate.no-hba-entry" },
  { name: "reject line", dsn: (s) => at(s, "rejected:x"), expected: "authenticate.hba-rejects" },
  {
    name: "TLS required",
    dsn: (s) => at(s, "tlsonly:right", "open", "?sslmode=disable"),
    expected: "encrypt.required",
  },
  {
    name: "TLS refused by rule",
    dsn: (s) => at(s, "plainonly:right", "open", "?sslmode=require"),
    expected: "authenticate.no-hba-entry",
  },
  {
    name: "client certificate",
    dsn: (s) => at(s, "certificate", "app", "?sslmode=require"),
    expected: "encrypt.client-certificate-required",
  },
  {
    name: "TLS not supported",
    dsn: (s) => at(s, "app:right", "app", "?sslmode=require"),
    expected: "encrypt.not-supported",
    before: async (server) => {
      await setTls(server, false);
      return () => setTls(server, true);
    },
  },
  {
    name: "no root file",
    dsn: (s) => at(s, "app:right", "app", "?sslmode=verify-full&sslrootcert=/nowhere/root.crt"),
    expected: "encrypt.root-file-missing",
  },
  {
    name: "another authority",
    dsn: (s) =>
      at(
        s,
        "app:right",
        "app",
        `?sslmode=verify-ca&sslrootcert=${path.join(path.dirname(s.dataDirectory), "other.crt")}`,
      ),
    expected: "encrypt.self-signed",
  },
  {
    name: "name not in the certificate",
    dsn: (s) =>
      at(
        s,
        "app:right",
        "app",
        `?sslmode=verify-full&sslrootcert=${path.join(path.dirname(s.dataDirectory), "root.crt")}`,
      ),
    expected: "encrypt.name-mismatch",
  },
  {
    name: "verify-ca connects",
    dsn: (s) =>
      at(
        s,
        "app:right",
        "app",
        `?sslmode=verify-ca&sslrootcert=${path.join(path.dirname(s.dataDirectory), "root.crt")}`,
      ),
    expected: null,
  },
  { name: "missing database", dsn: (s) => at(s, "app:right", "nothere"), expected: "database.missing" },
  { name: "CONNECT denied", dsn: (s) => at(s, "outsider:right", "closed"), expected: "database.connect-denied" },
  {
    name: "database takes no connections",
    dsn: (s) => at(s, "app:right", "template0"),
    expected: "database.not-accepting",
  },
  {
    name: "unknown setting in options",
    dsn: (s) => at(s, "app:right", "app", "?options=-c%20nosuch%3D1"),
    expected: "database.parameter-unknown",
  },
  { name: "role's connection limit", dsn: (s) => at(s, "limited:right", "app"), expected: "server.role-limit" },
  {
    name: "database's connection limit",
    dsn: (s) => at(s, "app:right", "app"),
    expected: "server.database-limit",
    before: run("ALTER DATABASE app CONNECTION LIMIT 0", "ALTER DATABASE app CONNECTION LIMIT -1"),
  },
  {
    name: "too many clients",
    dsn: (s) => at(s, "app:right"),
    expected: "server.too-many-connections",
    before: (s) => occupy(s, "postgres", s.password, 8),
  },
  {
    name: "reserved slots",
    dsn: (s) => at(s, "app:right"),
    expected: "server.reserved-slots",
    before: (s) => occupy(s, "app", "right", 8),
  },
  {
    name: "nearly full warns",
    dsn: (s) => at(s, "app:right"),
    expected: null,
    warns: ["capacity.nearly-full"],
    before: (s) => occupy(s, "app", "right", 3),
  },
  {
    name: "no CREATE on public",
    dsn: (s) => at(s, "outsider:right", "app"),
    expected: "privileges.no-create",
    before: run("SELECT 1", "SELECT 1"),
  },
  {
    name: "no USAGE on public",
    dsn: (s) => at(s, "outsider:right", "shut"),
    expected: "privileges.no-create",
  },
  {
    name: "search_path to nowhere",
    dsn: (s) => at(s, "app:right", "app", "?options=-c%20search_path%3Dnowhere"),
    expected: "privileges.no-schema",
  },
  {
    name: "read-only role",
    dsn: (s) => at(s, "app:right"),
    expected: "privileges.read-only",
    before: run(
      "ALTER ROLE app SET default_transaction_read_only = on",
      "ALTER ROLE app RESET default_transaction_read_only",
    ),
  },
];
