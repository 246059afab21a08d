import { ASYNCPG_PARAMETERS } from "../dsn/asyncpg";
import { LIBPQ_KEYWORDS } from "../dsn/libpq-keywords";

type Parameters = Readonly<Record<string, string>>;

/** libpq's keywords that a server takes as settings too, or in every startup message; asyncpg may send them. */
const IN_STARTUP = new Set(["application_name", "client_encoding", "options", "replication"]);

/** Parameters that only clients know: a server that is sent one refuses the session. */
const isClientOnly = (name: string): boolean => LIBPQ_KEYWORDS.has(name) && !IN_STARTUP.has(name);

/** Parameters libpq keeps for itself and asyncpg sends to the server, which has no setting of that name. */
export const onlyForLibpq = (parameters: Parameters): readonly string[] =>
  Object.keys(parameters).filter((name) => isClientOnly(name) && !ASYNCPG_PARAMETERS.has(name));

/**
 * Parameters that go into the startup message: libpq's own, and those that libpq does not know, which asyncpg passes
 * on as settings. Whether the server takes them is for the server to say.
 */
export const startupSettings = (parameters: Parameters): Parameters =>
  Object.fromEntries(
    Object.entries(parameters).filter(
      ([name, value]) =>
        value !== "" &&
        (name === "application_name" ||
          name === "options" ||
          (!LIBPQ_KEYWORDS.has(name) && !ASYNCPG_PARAMETERS.has(name))),
    ),
  );

/**
 * The parameter of a string that sets this at the session's start, stronger than what a role, a database or a server
 * has: its own, or `options`. Null where the string leaves it alone.
 */
export function setInString(parameters: Parameters, setting: string): string | null {
  const sent = startupSettings(parameters);
  if (sent[setting] !== undefined) return setting;
  const named = [...(sent.options ?? "").matchAll(/(?:-c\s*|--)([\w.-]+)\s*=/g)].map(([, name = ""]) => name);
  return named.some((name) => name.replaceAll("-", "_").toLowerCase() === setting) ? "options" : null;
}
