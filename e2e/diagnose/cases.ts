import { renameSync } from "node:fs";
import path from "node:path";
import { probePostgres } from "../../electron/adapters/postgres/probe";
import type { TestServer } from "../servers/postgres";
import { at, type Case, options, socket, type Undo } from "./case";
import { LIMITS, PRIVILEGES } from "./cases-limits";
import { startImpostor } from "./impostor";
import { occupy } from "./sessions";
import type { Expected } from "./verdicts";

const beside = (server: TestServer, name: string): string => path.join(path.dirname(server.dataDirectory), name);

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

/** Takes a database's files away, as a broken disk does. */
async function loseFiles(server: TestServer): Promise<Undo> {
  const [row] = await server.sql("postgres", "SELECT oid::text AS oid FROM pg_database WHERE datname = 'lost'");
  const folder = path.join(server.dataDirectory, "base", String(row?.oid));
  renameSync(folder, `${folder}.away`);
  return async () => renameSync(`${folder}.away`, folder);
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
    name: "a setting in the URL, which asyncpg hands on",
    dsn: (s) => at(s, "app:right", "app", "?work_mem=8MB&search_path=public"),
    expected: null,
  },
  {
    name: "keyword=value, which asyncpg does not read",
    dsn: (s) => `host=127.0.0.1 port=${s.port} user=app password=right dbname=app`,
    expected: null,
    warns: ["read.unsupported-scheme"],
  },
  {
    name: "ssl=true, which libpq takes from JDBC",
    dsn: (s) => at(s, "app:right", "app", "?ssl=true"),
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
    name: "a URL parameter nobody knows (42704)",
    dsn: (s) => at(s, "app:right", "app", "?nosuch=1"),
    expected: "database.parameter-unknown",
  },
  {
    name: "a setting of the whole server (55P02)",
    dsn: (s) => at(s, "app:right", "app", "?ssl=on"),
    expected: "database.parameter-unknown",
  },
  {
    name: "a URL parameter's wrong value (22023)",
    dsn: (s) => at(s, "app:right", "app", "?work_mem=much"),
    expected: "database.parameter-unknown",
  },
  {
    name: "target_session_attrs=standby",
    dsn: (s) => at(s, "app:right", "app", "?target_session_attrs=standby"),
    expected: "database.session-attributes",
  },
];

const renameUuid = (from: string, to: string): string =>
  `SET allow_system_table_mods = on; ALTER FUNCTION pg_catalog.${from}() RENAME TO ${to}`;

/**
 * A server too old to be had here: a real one behind something that changes its version on the way, with
 * gen_random_uuid() out of sight, which PostgreSQL 12 lacks, or in place, as pgcrypto brings it there.
 */
export const OLD: readonly (Expected & { readonly uuid: boolean })[] = [
  { name: "a server that says it is PostgreSQL 12", expected: "privileges.old-version", uuid: false },
  { name: "PostgreSQL 12 with gen_random_uuid()", expected: null, warns: ["privileges.old-version"], uuid: true },
];
export const oldDsn = async (
  server: TestServer,
  uuid: boolean,
): Promise<{ readonly dsn: string; readonly end: Undo }> => {
  if (!uuid) await server.sql("app", renameUuid("gen_random_uuid", "later_random_uuid"));
  const impostor = await startImpostor(server.port, server.version);
  return {
    dsn: `postgresql://app:right@127.0.0.1:${impostor.port}/app?sslmode=disable`,
    end: async () => {
      await impostor.end();
      if (!uuid) await server.sql("app", renameUuid("later_random_uuid", "gen_random_uuid"));
    },
  };
};

/** Every case runs on every version of PostgreSQL that knows it. */
export const CASES: readonly Case[] = [...CONNECTING, ...SIGN_IN, ...TLS, ...DATABASE, ...PRIVILEGES, ...LIMITS];
