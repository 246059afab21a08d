import type { PoolFacts } from "../../shared/domain/pool-types";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import { quoteLiteral } from "../../shared/domain/sql";
import { sqlProblem } from "../../shared/domain/sql-problem";
import type { SqlSession } from "./ports";

/**
 * One question for PostgreSQL 13 to 18. An ordinary role sees no backend_type of other roles' sessions (manual, 27.2);
 * those that have a role and a database are clients all the same.
 */
const question = (role: string, database: string): string => `
SELECT current_setting('server_version') AS version,
       current_setting('max_connections')::int AS max_connections,
       current_setting('superuser_reserved_connections')::int AS superuser_reserved,
       coalesce(current_setting('reserved_connections', true), '0')::int AS reserved,
       (SELECT count(*)::int FROM pg_catalog.pg_stat_activity
         WHERE pid <> pg_backend_pid()
           AND (backend_type = 'client backend'
                OR backend_type IS NULL AND usesysid IS NOT NULL AND datid IS NOT NULL)) AS in_use,
       (SELECT rolconnlimit FROM pg_catalog.pg_roles WHERE rolname = ${quoteLiteral(role)}) AS role_limit,
       (SELECT datconnlimit FROM pg_catalog.pg_database WHERE datname = ${quoteLiteral(database)}) AS database_limit`;

/** A CONNECTION LIMIT; below 0 means none, and so does a name the server does not know. */
function limitOf(value: unknown): number | null {
  if (value === null || value === undefined || value === "") return null;
  return Number(value) < 0 ? null : Number(value);
}

/** The live numbers a pool is sized by, for one role and one database. */
export async function readPoolFacts(session: SqlSession, role: string, database: string): Promise<Result<PoolFacts>> {
  const answer = await session.query(question(role, database));
  if (!answer.ok) return err(sqlProblem(answer.error, "read its connection limits"));
  const row = answer.value[0];
  const numbers = [row?.max_connections, row?.superuser_reserved, row?.reserved, row?.in_use].map(Number);
  const [maxConnections = 0, superuserReserved = 0, reserved = 0, inUse = 0] = numbers;
  if (!row || numbers.some(Number.isNaN)) return err(problem("unexpected", "The server did not tell its limits."));
  return ok({
    version: String(row.version).split(" ")[0] ?? "",
    maxConnections,
    superuserReserved,
    reserved,
    inUse,
    roleLimit: limitOf(row.role_limit),
    databaseLimit: limitOf(row.database_limit),
  });
}
