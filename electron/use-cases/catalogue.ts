import type {
  AdministratorFacts,
  DatabaseFacts,
  PlanChoice,
  PlanFacts,
  RoleFacts,
} from "../../shared/domain/database-facts";
import { ok, type Result } from "../../shared/domain/result";
import { quoteLiteral } from "../../shared/domain/sql";
import type { Row, SqlFailure, SqlSession } from "./ports";

const text = (row: Row | undefined, column: string): string => String(row?.[column] ?? "");
const yes = (row: Row | undefined, column: string): boolean => row?.[column] === true;

/** Who this session is and what it may make. */
export async function readAdministrator(
  session: SqlSession,
): Promise<Result<{ readonly version: string; readonly administrator: AdministratorFacts }, SqlFailure>> {
  const rows = await session.query(
    "SELECT current_setting('server_version') AS version, rolname::text AS name, rolsuper, rolcreatedb, rolcreaterole " +
      "FROM pg_catalog.pg_roles WHERE rolname = current_user",
  );
  if (!rows.ok) return rows;
  const row = rows.value[0];
  return ok({
    version: text(row, "version").split(" ")[0] ?? "",
    administrator: {
      user: text(row, "name"),
      superuser: yes(row, "rolsuper"),
      createdb: yes(row, "rolcreatedb"),
      createrole: yes(row, "rolcreaterole"),
    },
  });
}

/** Everything a plan depends on. `openInside` opens the chosen database when there is one, to look at its schema. */
export async function readPlanFacts(
  session: SqlSession,
  choice: PlanChoice,
  openInside: () => Promise<SqlSession | null>,
): Promise<Result<PlanFacts, SqlFailure>> {
  const administrator = await readAdministrator(session);
  if (!administrator.ok) return administrator;
  const server = await session.query(
    "SELECT current_setting('server_version_num')::int AS number, pg_is_in_recovery() AS standby",
  );
  if (!server.ok) return server;
  const versionNumber = Number(server.value[0]?.number);
  const template = await session.query(
    `SELECT pg_encoding_to_char(encoding)::text AS encoding, datctype::text AS ctype, ` +
      `${versionNumber >= 150_000 ? "datlocprovider::text" : "'c'"} AS provider ` +
      "FROM pg_catalog.pg_database WHERE datname = 'template0'",
  );
  if (!template.ok) return template;
  const names = await session.query(
    "SELECT 'role' AS kind, rolname::text AS name FROM pg_catalog.pg_roles " +
      "UNION ALL SELECT 'database', datname::text FROM pg_catalog.pg_database",
  );
  if (!names.ok) return names;
  const role = await readRole(session, choice.role, versionNumber);
  if (!role.ok) return role;
  const database = await readDatabase(session, choice, role.value !== null);
  if (!database.ok) return database;
  const inside = database.value?.allowsConnections ? await openInside() : null;
  const schema = inside ? await readSchema(inside, role.value ? quoteLiteral(choice.role) : "'public'") : null;
  await inside?.end();
  if (schema && !schema.ok) return schema;
  const named = (kind: string) =>
    new Set(names.value.filter((row) => row.kind === kind).map((row) => text(row, "name")));
  const pattern = template.value[0];
  return ok({
    versionNumber,
    standby: yes(server.value[0], "standby"),
    administrator: administrator.value.administrator,
    role: role.value,
    database: database.value && { ...database.value, schema: schema?.value ?? null },
    template: {
      encoding: text(pattern, "encoding"),
      ctype: text(pattern, "ctype"),
      provider: text(pattern, "provider"),
    },
    roles: named("role"),
    databases: named("database"),
  });
}

async function readRole(
  session: SqlSession,
  name: string,
  versionNumber: number,
): Promise<Result<RoleFacts | null, SqlFailure>> {
  // Since 16 a member may lack the right to act as the role (manual, GRANT, "SET").
  const right = versionNumber >= 160_000 ? "SET" : "MEMBER";
  const rows = await session.query(
    `SELECT oid::text AS oid, rolcanlogin, rolsuper, rolbypassrls, pg_has_role(current_user, oid, '${right}') AS lent ` +
      `FROM pg_catalog.pg_roles WHERE rolname = ${quoteLiteral(name)}`,
  );
  if (!rows.ok) return rows;
  const row = rows.value[0];
  if (!row) return ok(null);
  return ok({
    oid: text(row, "oid"),
    canLogin: yes(row, "rolcanlogin"),
    superuser: yes(row, "rolsuper"),
    bypassRls: yes(row, "rolbypassrls"),
    lent: yes(row, "lent"),
  });
}

async function readDatabase(
  session: SqlSession,
  choice: PlanChoice,
  roleExists: boolean,
): Promise<Result<Omit<DatabaseFacts, "schema"> | null, SqlFailure>> {
  const who = roleExists ? quoteLiteral(choice.role) : "'public'";
  const rows = await session.query(
    "SELECT oid::text AS oid, pg_get_userbyid(datdba)::text AS owner, datallowconn, " +
      `has_database_privilege(${who}, oid, 'CONNECT') AS may_connect ` +
      `FROM pg_catalog.pg_database WHERE datname = ${quoteLiteral(choice.database)}`,
  );
  if (!rows.ok) return rows;
  const row = rows.value[0];
  if (!row) return ok(null);
  return ok({
    oid: text(row, "oid"),
    owner: text(row, "owner"),
    allowsConnections: yes(row, "datallowconn"),
    mayConnect: yes(row, "may_connect"),
  });
}

async function readSchema(
  session: SqlSession,
  who: string,
): Promise<Result<{ readonly exists: boolean; readonly mayCreate: boolean }, SqlFailure>> {
  const rows = await session.query(
    `SELECT has_schema_privilege(${who}, oid, 'CREATE') AND has_schema_privilege(${who}, oid, 'USAGE') AS may_create ` +
      "FROM pg_catalog.pg_namespace WHERE nspname = 'public'",
  );
  if (!rows.ok) return rows;
  return ok({ exists: rows.value.length > 0, mayCreate: yes(rows.value[0], "may_create") });
}

/** Databases a person may choose from: no templates, none that refuses connections; by name. */
export async function readDatabaseNames(session: SqlSession): Promise<Result<readonly string[], SqlFailure>> {
  const rows = await session.query(
    "SELECT datname::text AS name FROM pg_catalog.pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname",
  );
  return rows.ok ? ok(rows.value.map((row) => text(row, "name"))) : rows;
}

/** Locales a UTF8 database can have on this server: its own first, then the usual ones, then the rest by name. */
export async function readLocales(session: SqlSession): Promise<Result<readonly string[], SqlFailure>> {
  const rows = await session.query(
    "SELECT DISTINCT collcollate::text AS name FROM pg_catalog.pg_collation " +
      "WHERE collprovider = 'c' AND collencoding IN (-1, pg_char_to_encoding('UTF8')) AND collcollate = collctype " +
      "UNION SELECT datcollate::text FROM pg_catalog.pg_database " +
      "WHERE datcollate = datctype AND encoding = pg_char_to_encoding('UTF8')",
  );
  if (!rows.ok) return rows;
  const own = await session.query(
    "SELECT datcollate::text AS name FROM pg_catalog.pg_database WHERE datname = 'template0'",
  );
  return own.ok
    ? ok(
        orderLocales(
          rows.value.map((row) => text(row, "name")),
          text(own.value[0], "name"),
        ),
      )
    : own;
}

const USUAL = ["C.UTF-8", "en_US.UTF-8"];

/** Spells `.utf8` as `.UTF-8`, drops what cannot hold UTF8, and puts the likeliest first. */
export function orderLocales(names: readonly string[], own: string): readonly string[] {
  const spelled = (name: string) => name.replace(/\.utf-?8$/i, ".UTF-8");
  const usable = [...new Set(names.map(spelled))].filter((name) => name === "C" || name.endsWith(".UTF-8"));
  const rank = (name: string) =>
    name === spelled(own) ? -1 : USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length;
  return usable.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, "en"));
}
