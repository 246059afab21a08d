import { quoteLiteral } from "../sql";

/** What one look into the catalogue tells, for the rungs "privileges" and "capacity". */
export interface CatalogueFacts {
  readonly versionNumber: number;
  readonly user: string;
  readonly database: string;
  /** Where a CREATE TABLE without a schema goes; null: the search_path leads nowhere. */
  readonly schema: string | null;
  readonly searchPath: string;
  /** A schema of the search_path that exists and is closed to the user; null when there is none. */
  readonly closedSchema: string | null;
  readonly schemaOwner: string | null;
  readonly mayCreate: boolean;
  readonly databaseOwner: string;
  readonly standby: boolean;
  readonly readOnly: boolean;
  readonly superuser: boolean;
  readonly bypassRls: boolean;
  readonly maxConnections: number;
  readonly superuserReserved: number;
  /** 0 before PostgreSQL 16. */
  readonly reserved: number;
  /** Client sessions without ours. */
  readonly inUse: number;
  readonly roleInUse: number;
  readonly databaseInUse: number;
  readonly roleLimit: number | null;
  readonly databaseLimit: number | null;
  /** The process behind the session; another one than the sign-in named where a pooler stands between. */
  readonly backendPid: number;
  /** Of the parameters asked about, those this server has no setting for. */
  readonly unknownSettings: readonly string[];
}

/**
 * One statement for everything, so that a healthy climb costs one round trip after the sign-in. `settings` are
 * parameters of the string that asyncpg would send to the server. Works from PostgreSQL 10 on.
 */
export function catalogueSql(settings: readonly string[]): string {
  const asked = settings.length > 0 ? `ARRAY[${settings.map(quoteLiteral).join(", ")}]` : "ARRAY[]::text[]";
  return `SELECT current_setting('server_version_num')::int AS version, current_user::text AS "user",
  current_database()::text AS database, current_schema()::text AS schema, current_setting('search_path') AS search_path,
  (SELECT nspname::text FROM pg_catalog.pg_namespace WHERE nspname = 'public'
    AND NOT pg_catalog.has_schema_privilege(oid, 'USAGE') AND current_setting('search_path') ~ '\\mpublic\\M') AS closed_schema,
  (SELECT pg_catalog.pg_get_userbyid(nspowner)::text FROM pg_catalog.pg_namespace
    WHERE nspname = coalesce(current_schema(), 'public')) AS schema_owner,
  coalesce(pg_catalog.has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
  pg_catalog.pg_get_userbyid(d.datdba)::text AS database_owner, pg_catalog.pg_is_in_recovery() AS standby,
  current_setting('default_transaction_read_only') = 'on' AS read_only,
  r.rolsuper AS superuser, r.rolbypassrls AS bypass_rls, r.rolconnlimit AS role_limit, d.datconnlimit AS database_limit,
  current_setting('max_connections')::int AS max_connections,
  current_setting('superuser_reserved_connections')::int AS superuser_reserved,
  coalesce(current_setting('reserved_connections', true)::int, 0) AS reserved,
  pg_catalog.pg_backend_pid() AS backend_pid, a.in_use, a.role_in_use, a.database_in_use,
  (SELECT coalesce(pg_catalog.json_agg(n), '[]') FROM unnest(${asked}) n
    WHERE n NOT LIKE '%.%' AND pg_catalog.current_setting(n, true) IS NULL) AS unknown_settings
FROM pg_catalog.pg_roles r, pg_catalog.pg_database d,
  (SELECT count(*)::int AS in_use, count(*) FILTER (WHERE usename = current_user)::int AS role_in_use,
    count(*) FILTER (WHERE datname = current_database())::int AS database_in_use
    FROM pg_catalog.pg_stat_activity
    WHERE datid IS NOT NULL AND pid <> pg_catalog.pg_backend_pid()
      AND coalesce(backend_type, 'client backend') = 'client backend') a
WHERE r.rolname = current_user AND d.datname = current_database()`;
}

const number = (value: unknown): number => (typeof value === "number" ? value : Number(value ?? 0));
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const limit = (value: unknown): number | null => (number(value) < 0 ? null : number(value));

/** Reads the one row of `catalogueSql`. */
export function catalogueFacts(row: Readonly<Record<string, unknown>>): CatalogueFacts {
  const unknown: unknown = row.unknown_settings;
  return {
    versionNumber: number(row.version),
    user: text(row.user),
    database: text(row.database),
    schema: typeof row.schema === "string" ? row.schema : null,
    searchPath: text(row.search_path),
    closedSchema: typeof row.closed_schema === "string" ? row.closed_schema : null,
    schemaOwner: typeof row.schema_owner === "string" ? row.schema_owner : null,
    mayCreate: row.may_create === true,
    databaseOwner: text(row.database_owner),
    standby: row.standby === true,
    readOnly: row.read_only === true,
    superuser: row.superuser === true,
    bypassRls: row.bypass_rls === true,
    maxConnections: number(row.max_connections),
    superuserReserved: number(row.superuser_reserved),
    reserved: number(row.reserved),
    inUse: number(row.in_use),
    roleInUse: number(row.role_in_use),
    databaseInUse: number(row.database_in_use),
    roleLimit: limit(row.role_limit),
    databaseLimit: limit(row.database_limit),
    backendPid: number(row.backend_pid),
    unknownSettings: Array.isArray(unknown) ? unknown.filter((name): name is string => typeof name === "string") : [],
  };
}

/** "18.4" or, for old numbering, "9.6.24", from server_version_num. */
export function versionText(number: number): string {
  if (number >= 100_000) return `${Math.floor(number / 10_000)}.${number % 10_000}`;
  return `${Math.floor(number / 10_000)}.${Math.floor(number / 100) % 100}.${number % 100}`;
}

/** Connections an ordinary role can still open: the smallest of the server's, the role's and the database's rest. */
export function freeConnections(facts: CatalogueFacts): number {
  const server = facts.maxConnections - facts.superuserReserved - facts.reserved - facts.inUse;
  const role = facts.roleLimit === null ? Number.POSITIVE_INFINITY : facts.roleLimit - facts.roleInUse;
  const database = facts.databaseLimit === null ? Number.POSITIVE_INFINITY : facts.databaseLimit - facts.databaseInUse;
  return Math.max(0, Math.min(server, role, database));
}
