import type { DiagnosisWarning } from "../diagnosis";
import { asyncpgWarnings } from "../dsn";
import type { AppPool } from "../project";
import type { Target } from "../target";
import type { CatalogueFacts } from "./catalogue";
import { capacityWarnings } from "./rules/capacity";
import { offerWarnings } from "./rules/features";
import { onlyForLibpq } from "./startup";

/** What the reading of a string knows that is a diagnosis under asyncpg, by its code there. */
const UNDER_ASYNCPG: Readonly<Record<string, string>> = {
  "read.unencoded-credentials": "read.unencoded-credentials",
  "keyword-form": "read.unsupported-scheme",
  "asyncpg-refuses": "read.invalid",
  "brackets-in-list": "read.invalid",
  "encrypt.root-file-missing": "encrypt.root-file-missing",
};

/** A string that libpq's rules can read, and Aksara's driver reads otherwise or not at all. */
export const readerWarnings = (dsn: string): readonly DiagnosisWarning[] => [
  ...asyncpgWarnings(dsn).flatMap(({ code, message, remedy }) => {
    const id = UNDER_ASYNCPG[code];
    return id === undefined ? [] : [{ id, message: remedy === null ? message : `${message} ${remedy}` }];
  }),
  ...jdbcSsl(dsn),
];

/** JDBC's `ssl=true`, which libpq reads as sslmode=require. */
const jdbcSsl = (dsn: string): readonly DiagnosisWarning[] =>
  /[?&]ssl=true(?:&|$)/.test(dsn)
    ? [
        {
          id: "database.parameter-unknown",
          message:
            "asyncpg hands ssl to the server as a setting, which no session may change: Aksara stops with CantChangeRuntimeParamError. Write sslmode=require in place of ssl=true.",
        },
      ]
    : [];

/** Parameters Aksara trips over although libpq takes them. */
export const parameterWarnings = (target: Target): readonly DiagnosisWarning[] =>
  onlyForLibpq(target.parameters).map((name) => ({
    id: "database.parameter-unknown",
    message: `asyncpg hands ${name} to the server as a setting, and the server has none of that name: Aksara stops with UndefinedObjectError. Take ${name} out of the string.`,
  }));

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
