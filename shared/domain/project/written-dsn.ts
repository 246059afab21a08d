import { formatUri, parseConnectionString } from "../dsn";
import { envSpelling } from "../env";
import { err, ok, problem, type Result } from "../result";

/**
 * The URI to write for a typed connection string: the person's own where every reader of `.env` takes it as it is,
 * otherwise the same target written anew, percent-encoded. asyncpg reads URIs only, so the keyword form becomes one.
 */
export function dsnForEnv(text: string): Result<string> {
  const typed = text.trim();
  const parsed = parseConnectionString(typed);
  if (!parsed.ok) {
    return err(problem("invalid-input", parsed.error.message, { next: parsed.error.next, field: "dsn" }));
  }
  if (parsed.value.form === "uri" && envSpelling(typed) !== null) return ok(typed);
  const written = formatUri(parsed.value.target, parsed.value.password?.reveal() ?? null);
  if (envSpelling(written) !== null) return ok(written);
  return err(
    problem("invalid-input", "The string holds characters that .env readers read differently.", {
      next: "Percent-encode them.",
      field: "dsn",
    }),
  );
}
