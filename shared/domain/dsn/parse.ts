import { err, ok, type Result } from "../result";
import type { Credentials } from "../target";
import { type DsnError, dsnError } from "./error";
import { COMING_KEYWORDS, LIBPQ_KEYWORDS } from "./libpq-keywords";
import { readTarget } from "./read-target";
import { findUnencoded, type Mend, suspect } from "./unencoded";
import { mendUnquoted } from "./unquoted";

/** A parameter that was kept although not every reader takes it. */
export interface ParameterNote {
  readonly parameter: string;
  readonly message: string;
}

export type ParsedDsn = Credentials & {
  readonly form: "uri" | "keyword";
  /** Parameters that libpq would refuse, kept in `target.parameters`. */
  readonly notes: readonly ParameterNote[];
};

/** The reading made last: the colours, the warnings and the summary all ask about the same text in turn. */
let last: { readonly text: string; readonly parsed: Result<ParsedDsn, DsnError> } | null = null;

/**
 * Reads a connection string by libpq's rules (PostgreSQL manual, "Connection Strings"), URI or keyword/value.
 * It differs in four points: an unknown parameter is kept with a note, an empty string is an error, raw spaces in a
 * URI are kept as libpq did before 18, and an `@` left over in the host (or before a `/` in the database) is taken for
 * what it nearly always is, a raw sign in the password. Empty parts read as absent. Linear time, never throws.
 */
export function parseConnectionString(text: string): Result<ParsedDsn, DsnError> {
  if (last?.text !== text) last = { text, parsed: parse(text) };
  return last.parsed;
}

function parse(text: string): Result<ParsedDsn, DsnError> {
  const read = readTarget(text);
  const suspicion = suspect(text);
  if (read.ok && suspicion !== "torn") {
    const notes = Object.keys(read.value.target.parameters)
      .filter((parameter) => !LIBPQ_KEYWORDS.has(parameter))
      .map((parameter) => ({ parameter, message: unknownToLibpq(parameter) }));
    return ok({ ...read.value, notes });
  }
  const unencoded = findUnencoded(text);
  if (unencoded && (suspicion === "torn" || unencoded.mends.some((mend) => readTarget(mend.dsn).ok))) {
    return err(unencodedError(unencoded.position));
  }
  if (!read.ok) return read;
  return err(unencodedError(text.indexOf("@", text.indexOf("://"))));
}

function unknownToLibpq(parameter: string): string {
  const coming = COMING_KEYWORDS.get(parameter);
  return coming
    ? `libpq before ${coming.since} knows no parameter ${JSON.stringify(parameter)} and refuses the string.`
    : `libpq knows no parameter ${JSON.stringify(parameter)} and refuses the string.`;
}

const unencodedError = (position: number): DsnError =>
  dsnError(
    "read.unencoded-credentials",
    "The user name or password holds a sign that has a meaning of its own in a connection string.",
    position,
    "Encode it: @ is %40, : is %3A, / is %2F, # is %23, ? is %3F, % is %25.",
  );

/** Strings in which raw signs are encoded, or quoted in keyword=value, likeliest first; empty when nothing suggests it. */
export function mendUnencoded(text: string): readonly Mend[] {
  const unquoted = mendUnquoted(text);
  if (unquoted) return readTarget(unquoted.dsn).ok ? [unquoted] : [];
  if (suspect(text) === null && readTarget(text).ok) return [];
  return (findUnencoded(text)?.mends ?? []).filter((mend) => readTarget(mend.dsn).ok && suspect(mend.dsn) === null);
}
