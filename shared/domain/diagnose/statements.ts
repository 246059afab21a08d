import { COUNT_RELATIONS } from "../database-undo";
import { quoteIdentifier as name, quoteLiteral as text } from "../sql";
import type { RemedyStatement } from "./remedies";

const passwordClause = (password: string): string => `PASSWORD ${text(password)}`;

/** Gives a role the password that goes with the remedy; only superusers see the former one, to bring it back. */
export const setPassword = (role: string, title: string): RemedyStatement => ({
  title,
  sql: (password) => `ALTER ROLE ${name(role)} ${passwordClause(password)}`,
  undo: {
    title: `Bring the former password of ${role} back`,
    look: `SELECT rolpassword AS was FROM pg_catalog.pg_authid WHERE rolname = ${text(role)}`,
    sql: (was) => `ALTER ROLE ${name(role)} ${was === null ? "PASSWORD NULL" : passwordClause(was)}`,
    secret: true,
  },
});

/** A role of no special power. */
export const createRole = (role: string): RemedyStatement => ({
  title: `Create the role ${role}`,
  sql: (password) => `CREATE ROLE ${name(role)} LOGIN NOSUPERUSER NOBYPASSRLS ${passwordClause(password)}`,
  undo: { title: `Drop the role ${role}`, sql: () => `DROP ROLE ${name(role)}` },
});

export const validForEver = (role: string): RemedyStatement => ({
  title: "Take the end date away",
  sql: () => `ALTER ROLE ${name(role)} VALID UNTIL 'infinity'`,
  undo: {
    title: "Bring the end date back",
    look: `SELECT rolvaliduntil::text AS was FROM pg_catalog.pg_roles WHERE rolname = ${text(role)}`,
    sql: (was) => (was === null ? null : `ALTER ROLE ${name(role)} VALID UNTIL ${text(was)}`),
  },
});

export const allowLogin = (role: string): RemedyStatement => ({
  title: `Allow ${role} to log in`,
  sql: () => `ALTER ROLE ${name(role)} LOGIN`,
  undo: { title: `Make ${role} a group again`, sql: () => `ALTER ROLE ${name(role)} NOLOGIN` },
});

/** Who is no superuser must be a member of a role to give it something (PostgreSQL manual, CREATE and ALTER DATABASE). */
const asMember = (role: string, statement: RemedyStatement): readonly RemedyStatement[] => {
  // Whoever may use the role already keeps it: lending and giving back would take it away.
  const unless =
    "SELECT rolsuper OR pg_catalog.pg_has_role(current_user, " +
    `${text(role)}, CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) AS met ` +
    "FROM pg_catalog.pg_roles WHERE rolname = current_user";
  return [
    {
      title: "Lend the role to the administrator",
      sql: () => `GRANT ${name(role)} TO CURRENT_USER`,
      unless,
      undo: { title: "Give the role back", sql: () => `REVOKE ${name(role)} FROM CURRENT_USER` },
    },
    statement,
    {
      title: "Give the role back",
      sql: () => `REVOKE ${name(role)} FROM CURRENT_USER`,
      unless,
      undo: { title: "Lend the role to the administrator", sql: () => `GRANT ${name(role)} TO CURRENT_USER` },
    },
  ];
};

export const createDatabase = (database: string, owner: string): readonly RemedyStatement[] =>
  asMember(owner, {
    title: `Create the database ${database}`,
    sql: () => `CREATE DATABASE ${name(database)} OWNER ${name(owner)}`,
    undo: {
      title: `Drop the database ${database}, unless it holds something by then`,
      sql: () => `DROP DATABASE ${name(database)}`,
      unlessFilled: { database, sql: COUNT_RELATIONS },
    },
  });

export const makeOwner = (database: string, owner: string): readonly RemedyStatement[] =>
  asMember(owner, {
    title: `Make ${owner} the owner of ${database}`,
    sql: () => `ALTER DATABASE ${name(database)} OWNER TO ${name(owner)}`,
    undo: {
      title: "Give the database back to its former owner",
      look: `SELECT pg_catalog.pg_get_userbyid(datdba)::text AS was FROM pg_catalog.pg_database WHERE datname = ${text(database)}`,
      sql: (was) => (was === null ? null : `ALTER DATABASE ${name(database)} OWNER TO ${name(was)}`),
    },
  });

export const grantConnect = (database: string, role: string): RemedyStatement => ({
  title: `Let ${role} into ${database}`,
  sql: () => `GRANT CONNECT ON DATABASE ${name(database)} TO ${name(role)}`,
  undo: {
    title: "Take the right to connect back",
    sql: () => `REVOKE CONNECT ON DATABASE ${name(database)} FROM ${name(role)}`,
  },
});

/** Both rights, and back to those the role had of the two. */
export const grantCreate = (schema: string, role: string): RemedyStatement => {
  const had = (right: string): string =>
    `CASE WHEN pg_catalog.has_schema_privilege(${text(role)}, ${text(schema)}, '${right}') THEN '${right}' END`;
  return {
    title: `Let ${role} create tables in ${schema}`,
    sql: () => `GRANT USAGE, CREATE ON SCHEMA ${name(schema)} TO ${name(role)}`,
    undo: {
      title: "Take the right to create tables back",
      look: `SELECT concat_ws(' ', ${had("USAGE")}, ${had("CREATE")}) AS was`,
      sql: (was) => {
        const given = ["USAGE", "CREATE"].filter((right) => !(was ?? "").split(" ").includes(right));
        return given.length === 0 ? null : `REVOKE ${given.join(", ")} ON SCHEMA ${name(schema)} FROM ${name(role)}`;
      },
    },
  };
};

export const createSchema = (schema: string, owner: string): readonly RemedyStatement[] =>
  asMember(owner, {
    title: `Create the schema ${schema}`,
    sql: () => `CREATE SCHEMA ${name(schema)} AUTHORIZATION ${name(owner)}`,
    undo: { title: `Drop the schema ${schema}, if it is empty`, sql: () => `DROP SCHEMA ${name(schema)}` },
  });

/** A setting for the sessions of one role in one database: stronger than the role's, the database's and the server's. */
export const setForRole = (
  title: string,
  { role, database }: { readonly role: string; readonly database: string },
  { name: setting, value }: { readonly name: string; readonly value: string },
): RemedyStatement => {
  const where = `ALTER ROLE ${name(role)} IN DATABASE ${name(database)}`;
  return {
    title,
    sql: () => `${where} SET ${setting} = ${text(value)}`,
    undo: {
      title: `Bring ${setting} back to what it was`,
      look: `SELECT (SELECT substr(one, strpos(one, '=') + 1) FROM pg_catalog.pg_db_role_setting s, unnest(s.setconfig) one
  WHERE s.setrole = ${text(name(role))}::regrole AND s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = ${text(database)})
    AND split_part(one, '=', 1) = ${text(setting)}) AS was`,
      // A value with quotes or commas is a list: written back as one text it would mean another thing.
      sql: (was) =>
        was === null ? `${where} RESET ${setting}` : /[",]/.test(was) ? null : `${where} SET ${setting} = ${text(was)}`,
    },
  };
};

export const allowConnections = (database: string): RemedyStatement => ({
  title: `Let sessions into ${database}`,
  sql: () => `ALTER DATABASE ${name(database)} ALLOW_CONNECTIONS true`,
  undo: {
    title: `Close ${database} again`,
    sql: () => `ALTER DATABASE ${name(database)} ALLOW_CONNECTIONS false`,
  },
});

export const liftRoleLimit = (role: string): RemedyStatement => ({
  title: "Lift the role's limit",
  sql: () => `ALTER ROLE ${name(role)} CONNECTION LIMIT -1`,
  undo: {
    title: "Bring the role's limit back",
    look: `SELECT rolconnlimit::text AS was FROM pg_catalog.pg_roles WHERE rolname = ${text(role)}`,
    sql: (was) => (was === null ? null : `ALTER ROLE ${name(role)} CONNECTION LIMIT ${Number(was)}`),
  },
});

export const liftDatabaseLimit = (database: string): RemedyStatement => ({
  title: "Lift the database's limit",
  sql: () => `ALTER DATABASE ${name(database)} CONNECTION LIMIT -1`,
  undo: {
    title: "Bring the database's limit back",
    look: `SELECT datconnlimit::text AS was FROM pg_catalog.pg_database WHERE datname = ${text(database)}`,
    sql: (was) => (was === null ? null : `ALTER DATABASE ${name(database)} CONNECTION LIMIT ${Number(was)}`),
  },
});

/** Has the server read its configuration again, now and after what is before it was taken back. */
export const RELOAD: RemedyStatement = {
  title: "Have the server read its configuration",
  sql: () => "SELECT pg_reload_conf()",
  reloads: true,
};

const FILES_THERE =
  "SELECT count(*) = 2 AS met FROM (VALUES (current_setting('ssl_cert_file')), (current_setting('ssl_key_file'))) f (path) " +
  "WHERE (pg_stat_file(path, true)).size > 0";

/** TLS with the certificate and key that the server's configuration names. */
export const TURN_TLS_ON: readonly RemedyStatement[] = [
  {
    title: "Turn TLS on",
    sql: () => "ALTER SYSTEM SET ssl = on",
    requires: {
      sql: FILES_THERE,
      otherwise:
        "The server has no certificate and key yet: the files that ssl_cert_file and ssl_key_file name are not there.",
    },
    undo: {
      title: "Leave TLS to the configuration file again",
      look: "SELECT (SELECT setting FROM pg_catalog.pg_file_settings WHERE name = 'ssl' AND sourcefile LIKE '%postgresql.auto.conf') AS was",
      sql: (was) => (was === null ? "ALTER SYSTEM RESET ssl" : `ALTER SYSTEM SET ssl = ${text(was)}`),
    },
  },
  RELOAD,
];
