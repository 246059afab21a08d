/** What the look into the catalogue depends on. */
export interface CatalogueQuestion {
  /** Where the project says that it stores vectors, "app/models.py uses fields.Vector"; null where it does not. */
  readonly usesVectors: string | null;
}

/** Groups of sessions that are told of, the largest first. */
const MOST_HOLDERS = 10;

/**
 * Whether the role may create pgvector: as a superuser, or by the rights its control file asks for ("trusted", since
 * PostgreSQL 13). That looks for the scripts of each extension, 7 ms: only for a project that lacks it.
 */
const mayCreateVector = (needed: boolean): string =>
  needed
    ? `CASE WHEN vector.oid IS NULL AND files.name IS NOT NULL THEN r.rolsuper OR (SELECT CASE WHEN v.superuser
      THEN coalesce((pg_catalog.to_jsonb(v)->>'trusted')::bool, false) AND pg_catalog.has_database_privilege(d.oid, 'CREATE')
      ELSE (SELECT pg_catalog.has_schema_privilege(oid, 'CREATE') FROM pg_catalog.pg_namespace WHERE nspname = 'public') END
      FROM pg_catalog.pg_available_extension_versions v WHERE v.name = 'vector' AND v.version = files.default_version) END`
    : "NULL";

/**
 * One statement for everything, so that a healthy climb costs one round trip after the sign-in. Works from PostgreSQL
 * 10 on. It asks the functions under pg_stat_activity and pg_available_extensions: planning the views costs 1 ms.
 * Whether the server has pgvector's files costs another: it reads the control file of every extension.
 */
export function catalogueSql({ usesVectors }: CatalogueQuestion): string {
  return `WITH s AS (SELECT usesysid, datid, application_name AS application, state
  FROM pg_catalog.pg_stat_get_activity(NULL)
  WHERE datid IS NOT NULL AND usesysid IS NOT NULL AND pid <> pg_catalog.pg_backend_pid()
    AND coalesce(backend_type, 'client backend') = 'client backend')
SELECT current_setting('server_version_num')::int AS version, current_user::text AS "user",
  current_database()::text AS database, current_schema()::text AS schema, current_setting('search_path') AS search_path,
  (SELECT nspname::text FROM pg_catalog.pg_namespace WHERE nspname = 'public'
    AND NOT pg_catalog.has_schema_privilege(oid, 'USAGE') AND current_setting('search_path') ~ '\\mpublic\\M') AS closed_schema,
  (SELECT pg_catalog.pg_get_userbyid(nspowner)::text FROM pg_catalog.pg_namespace
    WHERE nspname = coalesce(current_schema(), 'public')) AS schema_owner,
  coalesce(pg_catalog.has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
  pg_catalog.pg_get_userbyid(d.datdba)::text AS database_owner, pg_catalog.pg_is_in_recovery() AS standby,
  current_setting('default_transaction_read_only') = 'on' AS read_only,
  pg_catalog.has_function_privilege(pg_catalog.to_regprocedure('gen_random_uuid()'), 'EXECUTE') AS gen_random_uuid,
  (SELECT pg_catalog.json_agg(amname) FROM pg_catalog.pg_am WHERE amtype = 'i') AS index_methods,
  (SELECT pg_catalog.json_agg(opcname) FROM pg_catalog.pg_opclass
    WHERE opcintype = pg_catalog.to_regtype('jsonb')) AS jsonb_operators,
  vector.extversion AS vector_version, files.default_version AS vector_on_server,
  (SELECT nspname::text FROM pg_catalog.pg_namespace WHERE oid = vector.extnamespace) AS vector_schema,
  ${mayCreateVector(usesVectors !== null)} AS may_create_vector,
  r.rolsuper AS superuser, r.rolbypassrls AS bypass_rls, r.rolconnlimit AS role_limit, d.datconnlimit AS database_limit,
  current_setting('max_connections')::int AS max_connections,
  current_setting('superuser_reserved_connections')::int AS superuser_reserved,
  coalesce(current_setting('reserved_connections', true)::int, 0) AS reserved,
  pg_catalog.pg_backend_pid() AS backend_pid, a.in_use, a.role_in_use, a.database_in_use,
  (SELECT pg_catalog.json_agg(h) FROM (SELECT pg_catalog.pg_get_userbyid(usesysid)::text AS role, application, state,
    count(*)::int AS sessions FROM s GROUP BY usesysid, application, state
    ORDER BY 4 DESC, 1, 2 LIMIT ${MOST_HOLDERS}) h) AS holders
FROM pg_catalog.pg_roles r, pg_catalog.pg_database d,
  LATERAL (SELECT count(*)::int AS in_use, count(*) FILTER (WHERE usesysid = r.oid)::int AS role_in_use,
    count(*) FILTER (WHERE datid = d.oid)::int AS database_in_use FROM s) a
  LEFT JOIN pg_catalog.pg_extension vector ON vector.extname = 'vector'
  LEFT JOIN pg_catalog.pg_available_extensions() files ON files.name = 'vector'
WHERE r.rolname = current_user AND d.datname = current_database()`;
}
