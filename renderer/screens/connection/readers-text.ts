import type { ParameterFacts } from "../../../shared/domain/dsn";

function asyncpgText({ asyncpg }: ParameterFacts): string {
  if (asyncpg.kind === "reads")
    return asyncpg.since === null ? "asyncpg reads it" : `asyncpg reads it from ${asyncpg.since}`;
  return asyncpg.taken ? "asyncpg sends it to the server" : "asyncpg sends it to the server, which refuses it";
}

/** Who knows a parameter, and since when, in a few words each. */
export function readersText(facts: ParameterFacts): readonly string[] {
  const libpq = facts.isLibpqs
    ? facts.since === null
      ? "libpq"
      : `libpq from PostgreSQL ${facts.since}`
    : "libpq refuses it";
  return [libpq, asyncpgText(facts), `node-postgres ${facts.nodePostgres} it`];
}
