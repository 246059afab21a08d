import { renameSync } from "node:fs";
import path from "node:path";
import { probePostgres } from "../../electron/adapters/postgres/probe";
import type { PostgresVersion, TestServer } from "../servers/postgres";
import { startImpostor } from "./impostor";
import { occupy } from "./sessions";
import type { Expected } from "./verdicts";

/** What must be taken back after a case. */
type Undo = () => Promise<void>;

/** One way to fail, provoked on a real server. */
export interface Case extends Expected {
  readonly dsn: (server: TestServer) => string;
  /** Makes the trouble; where it answers a port, the string's port is that one. */
  readonly before?: (server: TestServer) => Promise<Undo>;
  /** First version that knows it. */
  readonly since?: PostgresVersion;
}

const at = (server: TestServer, user: string, database = "app", query = ""): string =>
  `postgresql://${user}@127.0.0.1:${server.port}/${database}${query}`;

const socket = (server: TestServer, user: string): string =>
  `postgresql://${user}@${encodeURIComponent(server.socketDirectory)}:${server.port}/app`;

const beside = (server: TestServer, name: string): string => path.join(path.dirname(server.dataDirectory), name);
const options = (setting: string): string => `?options=${encodeURIComponent(`-c ${setting}`)}`;

/** Changes a setting and waits until the server, which reads it when it gets to it, says so itself. */
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
  await server.sql("postgres", sql);
  return async () => {
    await server.sql("postgres", undo);
  };
};

/** Takes a database's files away, as a broken disk does. */
async function loseFiles(server: TestServer): Promise<Undo> {
  const [row] = await server.sql("postgres", "SELECT oid::text AS oid FROM pg_database WHERE datname = 'lost'");
  const folder = path.join(server.dataDirectory, "base", String(row?.oid));
  renameSync(folder, `${folder}.away`);
  return async () => renameSync(`${folder}.away`, folder);
}

/** Superusers alone may take the very last connections. */
async function fillUp(server: TestServer): Promise<Undo> {
  await server.sql("postgres", "ALTER ROLE filler SUPERUSER");
  const leave = await occupy(server, "filler", 30);
  return async () => {
    await leave();
    await server.sql("postgres", "ALTER ROLE filler NOSUPERUSER");
  };
}

const CONNECTING: readonly Case[] = [
  { name: "it connects", dsn: (s) => at(s, "app:right"), expected: null },
  { name: "sslmode=require connects", dsn: (s) => at(s, "app:right", "app", "?sslmode=require"), expected: null },
  { name: "sslmode=disable connects", dsn: (s) => at(s, "app:right", "app", "?sslmode=disable"), expected: null },
  {
    name: "sslmode=allow goes over to TLS",
    dsn: (s) => at(s, "tlsonly:right", "open", "?sslmode=allow"),
    expected: null,
  },
  { name: "sslmode=prefer goes over to plain", dsn: (s) => at(s, "plainonly:right", "open"), expected: null },
  { name: "over the socket", dsn: (s) => socket(s, "app"), expected: null },
  { name: "an MD5 rule takes a SCRAM secret", dsn: (s) => at(s, "oldrule:right", "open"), expected: null },
  {
    name: "verify-ca connects",
    dsn: (s) => at(s, "app:right", "app", `?sslmode=verify-ca&sslrootcert=${beside(s, "root.crt")}`),
    expected: null,
  },
  {
    name: "connect_timeout, which only asyncpg trips over",
    dsn: (s) => at(s, "app:right", "app", "?connect_timeout=5&application_name=x"),
    expected: null,
    warns: ["database.parameter-unknown"],
  },
  {
    name: "superuser",
    dsn: (s) => at(s, `postgres:${encodeURIComponent(s.password)}`, "app"),
    expected: null,
    warns: ["privileges.too-many"],
  },
  { name: "BYPASSRLS", dsn: (s) => at(s, "bypass:right"), expected: null, warns: ["privileges.too-many"] },
  {
    name: "a role's limit below the pool",
    dsn: (s) => at(s, "narrow:right"),
    expected: null,
    warns: ["capacity.pool-too-large"],
  },
  {
    name: "few connections left",
    dsn: (s) => at(s, "app:right"),
    expected: null,
    warns: ["capacity.nearly-full", "capacity.pool-too-large"],
    before: (s) => occupy(s, "filler", 24),
  },
];

const SIGN_IN: readonly Case[] = [
  { name: "wrong password", dsn: (s) => at(s, "app:wrong"), expected: "authenticate.password-rejected" },
  {
    name: "wrong password, plain then refused by hostssl (prefer)",
    dsn: (s) => at(s, "tlsonly:wrong", "open"),
    expected: "authenticate.password-rejected",
  },
  {
    name: "missing role under SCRAM",
    dsn: (s) => at(s, "missing:right"),
    expected: "authenticate.password-rejected",
    also: ["authenticate.role-missing"],
  },
  { name: "role without a password", dsn: (s) => at(s, "unset:right"), expected: "authenticate.password-rejected" },
  { name: "expired password", dsn: (s) => at(s, "expired:right"), expected: "authenticate.password-rejected" },
  {
    name: "MD5 secret under a SCRAM rule",
    dsn: (s) => at(s, "md5secret:right"),
    expected: "authenticate.password-rejected",
  },
  { name: "no password given", dsn: (s) => at(s, "app"), expected: "authenticate.password-missing" },
  { name: "missing role under trust", dsn: (s) => at(s, "ghost"), expected: "authenticate.role-missing" },
  { name: "NOLOGIN under trust", dsn: (s) => at(s, "grouprole"), expected: "authenticate.role-cannot-login" },
  {
    name: "NOLOGIN with the right password",
    dsn: (s) => at(s, "grouppass:right"),
    expected: "authenticate.role-cannot-login",
  },
  { name: "peer", dsn: (s) => socket(s, "peeruser"), expected: "authenticate.peer-rejected" },
  { name: "ident", dsn: (s) => at(s, "identuser"), expected: "authenticate.ident-rejected" },
  { name: "no line in pg_hba.conf", dsn: (s) => at(s, "nobody:x"), expected: "authenticate.no-hba-entry" },
  {
    name: "no line in pg_hba.conf, in the clear",
    dsn: (s) => at(s, "nobody:x", "app", "?sslmode=disable"),
    expected: "authenticate.no-hba-entry",
  },
  { name: "reject line", dsn: (s) => at(s, "rejected:x"), expected: "authenticate.hba-rejects" },
  {
    name: "reject line, in the clear",
    dsn: (s) => at(s, "rejected:x", "app", "?sslmode=disable"),
    expected: "authenticate.hba-rejects",
  },
  {
    name: "reject line for plain, password for TLS",
    dsn: (s) => at(s, "halfway:right", "open", "?sslmode=disable"),
    expected: "encrypt.required",
  },
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
];

const TLS: readonly Case[] = [
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
    dsn: (s) => at(s, "app:right", "app", `?sslmode=verify-ca&sslrootcert=${beside(s, "other.crt")}`),
    expected: "encrypt.self-signed",
  },
  {
    name: "name not in the certificate",
    dsn: (s) => at(s, "app:right", "app", `?sslmode=verify-full&sslrootcert=${beside(s, "root.crt")}`),
    expected: "encrypt.name-mismatch",
  },
];

const DATABASE: readonly Case[] = [
  { name: "missing database", dsn: (s) => at(s, "app:right", "nothere"), expected: "database.missing" },
  {
    name: "a database whose files are gone",
    dsn: (s) => at(s, "app:right", "lost"),
    expected: "database.files-missing",
    before: loseFiles,
  },
  { name: "CONNECT denied", dsn: (s) => at(s, "outsider:right", "closed"), expected: "database.connect-denied" },
  { name: "template0", dsn: (s) => at(s, "app:right", "template0"), expected: "database.not-accepting" },
  { name: "ALLOW_CONNECTIONS false", dsn: (s) => at(s, "app:right", "off"), expected: "database.not-accepting" },
  {
    name: "a setting nobody knows (42704)",
    dsn: (s) => at(s, "app:right", "app", options("nosuch=1")),
    expected: "database.parameter-unknown",
  },
  {
    name: "a setting's wrong value (22023)",
    dsn: (s) => at(s, "app:right", "app", options("work_mem=much")),
    expected: "database.parameter-unknown",
  },
  {
    name: "a setting for superusers (42501)",
    dsn: (s) => at(s, "app:right", "app", options("log_statement=all")),
    expected: "database.parameter-unknown",
  },
  {
    name: "target_session_attrs=standby",
    dsn: (s) => at(s, "app:right", "app", "?target_session_attrs=standby"),
    expected: "database.session-attributes",
  },
];

const LIMITS: readonly Case[] = [
  { name: "role's connection limit", dsn: (s) => at(s, "limited:right", "app"), expected: "server.role-limit" },
  {
    name: "database's connection limit",
    dsn: (s) => at(s, "app:right", "app"),
    expected: "server.database-limit",
    before: run("ALTER DATABASE app CONNECTION LIMIT 0", "ALTER DATABASE app CONNECTION LIMIT -1"),
  },
  {
    name: "reserved slots",
    dsn: (s) => at(s, "app:right"),
    expected: "server.reserved-slots",
    before: (s) => occupy(s, "filler", 28),
  },
  {
    name: "slots reserved for pg_use_reserved_connections",
    dsn: (s) => at(s, "app:right"),
    expected: "server.reserved-slots",
    since: 16,
    before: async (s) => {
      await s.sql("postgres", "ALTER SYSTEM SET reserved_connections = 2");
      await s.restart();
      const leave = await occupy(s, "filler", 26);
      return async () => {
        await leave();
        await s.sql("postgres", "ALTER SYSTEM RESET reserved_connections");
        await s.restart();
      };
    },
  },
  {
    name: "too many clients",
    dsn: (s) => at(s, "app:right"),
    expected: "server.too-many-connections",
    before: fillUp,
  },
  {
    name: "too many clients, which hides a wrong password",
    dsn: (s) => at(s, "app:wrong"),
    expected: "server.too-many-connections",
    before: fillUp,
  },
];

const PRIVILEGES: readonly Case[] = [
  { name: "no CREATE on public", dsn: (s) => at(s, "outsider:right", "app"), expected: "privileges.no-create" },
  { name: "no USAGE on public", dsn: (s) => at(s, "outsider:right", "shut"), expected: "privileges.no-create" },
  {
    name: "search_path to nowhere",
    dsn: (s) => at(s, "app:right", "app", options("search_path=nowhere")),
    expected: "privileges.no-schema",
  },
  {
    name: "the role starts read-only",
    dsn: (s) => at(s, "app:right"),
    expected: "privileges.read-only",
    before: run(
      "ALTER ROLE app SET default_transaction_read_only = on",
      "ALTER ROLE app RESET default_transaction_read_only",
    ),
  },
  {
    name: "the database starts read-only",
    dsn: (s) => at(s, "app:right"),
    expected: "privileges.read-only",
    before: run(
      "ALTER DATABASE app SET default_transaction_read_only = on",
      "ALTER DATABASE app RESET default_transaction_read_only",
    ),
  },
];

/** A server too old to be had here: a real one behind something that changes its version on the way. */
export const OLD: Expected = { name: "a server that says it is PostgreSQL 12", expected: "privileges.old-version" };
export const oldDsn = async (server: TestServer): Promise<{ readonly dsn: string; readonly end: Undo }> => {
  const impostor = await startImpostor(server.port, server.version);
  return {
    dsn: `postgresql://app:right@127.0.0.1:${impostor.port}/app?sslmode=disable`,
    end: impostor.end,
  };
};

/** Every case runs on every version of PostgreSQL that knows it. */
export const CASES: readonly Case[] = [...CONNECTING, ...SIGN_IN, ...TLS, ...DATABASE, ...PRIVILEGES, ...LIMITS];
