import { type Diagnosed, diagnosed } from "./choose";
import { replaces } from "./remedies";

/** Why a string cannot be read, as its parser says it; `position` counts characters from 0. */
export interface ReadError {
  readonly id: string;
  readonly message: string;
  readonly position: number | null;
  readonly next: string | null;
}

const SCHEMES = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i;

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
  const scheme =
    error.id === "read.unsupported-scheme"
      ? [
          replaces(
            "use-postgresql",
            "The same string with postgresql://",
            `postgresql://${text.trim().replace(SCHEMES, "")}`,
          ),
        ]
      : [];
  return diagnosed(error.id, "certain", failure, {
    title: error.message,
    explanation: error.next ?? "The string cannot be read as it is.",
    remedies: scheme,
    exception,
  });
}
