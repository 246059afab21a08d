import type { PoolFacts } from "../pool-types";

/** What bounds the pools of an ordinary role: the server, the role's CONNECTION LIMIT, or the database's. */
export type Bound = "server" | "role" | "database";

export interface Budget {
  /** Connections the pools may share; never negative. */
  readonly connections: number;
  readonly bound: Bound;
  /** "100 - 3 - 11", or "min(100 - 3 - 11, 20)" where a limit is set. */
  readonly terms: string;
}

/**
 * min(max_connections - superuser_reserved_connections - reserved_connections - in use, rolconnlimit, datconnlimit)
 * (PostgreSQL manual, 20.3.1, CREATE ROLE, CREATE DATABASE).
 */
export function budgetOf(facts: PoolFacts): Budget {
  const { maxConnections, superuserReserved, reserved, inUse, roleLimit, databaseLimit } = facts;
  const free = maxConnections - superuserReserved - reserved - inUse;
  const parts = [maxConnections, superuserReserved, ...(reserved > 0 ? [reserved] : []), inUse];
  const limits = [roleLimit, databaseLimit].filter((limit) => limit !== null);
  const least = Math.min(free, ...limits);
  const bound = least === free ? "server" : least === roleLimit ? "role" : "database";
  const terms = parts.join(" - ");
  return {
    connections: Math.max(0, least),
    bound,
    terms: limits.length === 0 ? terms : `min(${[terms, ...limits].join(", ")})`,
  };
}
