import { fromPasted, parseConnectionString } from "../dsn";
import { type Diagnosed, diagnosed } from "./choose";
import { type RemedyDraft, replaces } from "./remedies";

/** Why a string cannot be read, as its parser says it; `position` counts characters from 0. */
export interface ReadError {
  readonly id: string;
  readonly message: string;
  readonly position: number | null;
  readonly next: string | null;
}

const SCHEMES = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i;

/** The same string as PostgreSQL's drivers take it; a dialect's and JDBC's own words in it are translated. */
function anew(text: string): RemedyDraft {
  const spelled = fromPasted(text).dsn;
  const dsn = parseConnectionString(spelled).ok ? spelled : `postgresql://${text.trim().replace(SCHEMES, "")}`;
  return replaces("use-postgresql", "The same string with postgresql://", dsn);
}

/** A parameter whose value nobody takes can be left out: then its default counts. */
function withoutParameter(text: string, { id, position }: ReadError): readonly RemedyDraft[] {
  if (id !== "read.invalid-parameter-value" || position === null) return [];
  const [before, after] = [text.slice(0, position), text.slice(position)];
  const [found, sign, name = ""] = /([?&])(\w+)=$/.exec(before) ?? [];
  if (found === undefined) return [];
  const start = before.slice(0, -found.length);
  const rest = after.replace(/^[^&]*&?/, "");
  const dsn = rest === "" ? start : `${start}${sign}${rest}`;
  return parseConnectionString(dsn).ok ? [replaces("drop-parameter", `Take ${name} out of the string`, dsn)] : [];
}

/** A diagnosis for a string that cannot be read, with the strings that would read well. */
export function diagnoseRead(
  text: string,
  error: ReadError,
  mends: readonly { readonly dsn: string; readonly title: string }[],
): Diagnosed {
  const failure = { sqlstate: null, errno: null, severity: null, routine: null, message: error.message, detail: null };
  // asyncpg reads much that libpq refuses; for these two it has its own exception (asyncpg/exceptions/_base.py).
  const refused = error.id === "read.unsupported-scheme" || error.id === "read.invalid-parameter-value";
  const exception = refused ? "ClientConfigurationError" : null;
  if (error.id !== "read.unsupported-scheme" && mends.length > 0) {
    return diagnosed("read.unencoded-credentials", "likely", failure, {
      title: "Most likely: the password holds a character that must be encoded",
      explanation: `${error.message} A raw @, :, /, # or ? in a user name or password ends it too early.`,
      remedies: mends.map((mend, index) => replaces(`encode-${index + 1}`, mend.title, mend.dsn)),
      exception: "gaierror",
    });
  }
  return diagnosed(error.id, "certain", failure, {
    title: error.message,
    explanation: error.next ?? "The string cannot be read as it is.",
    remedies: error.id === "read.unsupported-scheme" ? [anew(text)] : withoutParameter(text, error),
    exception,
  });
}
