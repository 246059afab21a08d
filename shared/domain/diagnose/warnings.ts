import type { DiagnosisWarning } from "../diagnosis";
import { ASYNCPG_PARAMETERS } from "../dsn/asyncpg";
import { LIBPQ_KEYWORDS } from "../dsn/libpq-keywords";
import type { Target } from "../target";
import { type CatalogueFacts, freeConnections } from "./catalogue";

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

/** Fewer than this many connections left, or less than a tenth, is tight: Aksara's smallest pool takes 5. */
const FEW = 5;

/** True when hardly any connection is left for an ordinary role. */
export function isNearlyFull(facts: CatalogueFacts): boolean {
  const usable = facts.maxConnections - facts.superuserReserved - facts.reserved;
  return freeConnections(facts) < Math.max(FEW, Math.floor(usable / 10));
}

/** Warnings about a session that works. */
export function sessionWarnings(facts: CatalogueFacts): readonly DiagnosisWarning[] {
  const warnings: DiagnosisWarning[] = [];
  if (facts.superuser || facts.bypassRls) {
    const power = facts.superuser ? "is a superuser" : "has BYPASSRLS";
    warnings.push({
      id: "privileges.too-many",
      message: `${facts.user} ${power}: row level security does not hold for it. Give the app a role of its own.`,
    });
  }
  if (isNearlyFull(facts)) {
    warnings.push({
      id: "capacity.nearly-full",
      message: `Only ${freeConnections(facts)} of ${facts.maxConnections} connections are free; Aksara's pool opens 5 to 20.`,
    });
  }
  return warnings;
}

/** An exported variable that beats the `.env` file, by Aksara's order: AKSARA_DATABASE_URL before DATABASE_URL. */
export function shadowWarning(
  env: Readonly<Record<string, string | undefined>>,
  inFile: string,
): DiagnosisWarning | null {
  const name = ["AKSARA_DATABASE_URL", "DATABASE_URL"].find((key) => env[key] !== undefined && env[key] !== "");
  if (!name || env[name] === inFile) return null;
  return {
    id: "project.shadowed",
    message: `${name} is set in this environment and beats .env: Aksara uses that one. Unset it with: unset ${name}`,
  };
}
