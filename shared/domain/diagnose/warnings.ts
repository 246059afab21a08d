import type { DiagnosisWarning } from "../diagnosis";
import { ASYNCPG_PARAMETERS } from "../dsn/asyncpg";
import { LIBPQ_KEYWORDS } from "../dsn/libpq-keywords";
import type { AppPool } from "../project";
import type { Target } from "../target";
import type { CatalogueFacts } from "./catalogue";
import { capacityWarnings } from "./rules/capacity";
import { offerWarnings } from "./rules/features";

/** libpq's keywords that a server takes as settings too, or in every startup message; asyncpg may send them. */
const STARTUP = new Set(["application_name", "client_encoding", "options", "replication"]);

/** Parameters that only clients know: a server that is sent one refuses the session. */
const isClientOnly = (name: string): boolean => LIBPQ_KEYWORDS.has(name) && !STARTUP.has(name);

/** The string's parameters that asyncpg sends to the server as settings. */
export const settingsOf = (target: Target): readonly string[] =>
  Object.keys(target.parameters).filter((name) => !ASYNCPG_PARAMETERS.has(name) && name !== "options");

/** Parameters Aksara trips over: those no server knows, and those this server says it does not. */
export function parameterWarnings(target: Target, unknownHere: readonly string[]): readonly DiagnosisWarning[] {
  return settingsOf(target)
    .filter((name) => isClientOnly(name) || unknownHere.includes(name))
    .map((name) => ({
      id: "database.parameter-unknown",
      message: `asyncpg hands ${name} to the server as a setting, and the server has none of that name: Aksara stops with UndefinedObjectError. Take ${name} out of the string.`,
    }));
}

/** What the app brings with it, as its project says. */
export interface AppNeeds {
  readonly pool: AppPool;
  /** Where the project says that it stores vectors; null where it does not. */
  readonly usesVectors: string | null;
}

/** Warnings about a session that works. `pooled`: connections are handed out by a pooler, so that no pool is judged. */
export function sessionWarnings(
  facts: CatalogueFacts,
  { pool, usesVectors }: AppNeeds,
  pooled: boolean,
): readonly DiagnosisWarning[] {
  const warnings: DiagnosisWarning[] = [];
  if (facts.superuser || facts.bypassRls) {
    const power = facts.superuser ? "is a superuser" : "has BYPASSRLS";
    warnings.push({
      id: "privileges.too-many",
      message: `${facts.user} ${power}: row level security does not hold for it. Give the app a role of its own.`,
    });
  }
  warnings.push(...offerWarnings(facts, usesVectors));
  if (!pooled) warnings.push(...capacityWarnings(facts, pool));
  return warnings;
}

/** A pooler that gives the server connection to somebody else after each transaction. */
export const TRANSACTION_MODE: DiagnosisWarning = {
  id: "pooler.transaction-mode",
  message:
    "A pooler in transaction mode answers here. asyncpg prepares statements, and they are gone with the next transaction: prepared statement \"__asyncpg_stmt_...\" does not exist, or already exists. Use the pooler's session mode, the server's own port, or PgBouncer 1.21 or newer with max_prepared_statements.",
};
