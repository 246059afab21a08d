import { readAsAsyncpg } from "./asyncpg";
import { mendUnencoded } from "./parse";
import { cut } from "./scan-uri";
import { suspect } from "./unencoded";
import { type Check, type DsnWarning, warning } from "./warning";

/** Raw signs in user or password that readers take differently. */
export const unencoded: Check = ({ text }) => {
  const suspicion = suspect(text);
  if (suspicion === null) return [];
  const message =
    suspicion === "at-in-database"
      ? "The database's name holds a raw @: it is often a piece of the password."
      : "A raw sign in the user or password makes asyncpg and libpq read this string differently.";
  return [
    warning("read.unencoded-credentials", "warn", message, {
      remedy: mendUnencoded(text)[0]?.title ?? "Encode it as %XX.",
    }),
  ];
};

/** The keyword/value form, which asyncpg cannot read. */
export const keywordForm: Check = ({ read }) =>
  read.form === "keyword"
    ? [
        warning("keyword-form", "warn", "asyncpg reads no keyword=value strings.", {
          remedy: "Write it as a postgresql:// string.",
        }),
      ]
    : [];

/** A string that libpq reads and asyncpg does not, with asyncpg's reason. */
export const asyncpgRefuses: Check = ({ text, read }) => {
  const theirs = read.form === "uri" ? readAsAsyncpg(text) : null;
  if (!theirs || theirs.ok || suspect(text) !== null) return [];
  return [warning("asyncpg-refuses", "warn", `asyncpg refuses this string: ${theirs.error}.`, { words: ["asyncpg"] })];
};

/** What user, password and database leave open. */
export const identity: Check = ({ target, scan, password }) => {
  const found: DsnWarning[] = [];
  if (target.parameters.service !== undefined) return [];
  if (target.user === null)
    found.push(
      warning("no-user", "info", "No user: the name of your computer account is taken.", {
        remedy: "Write the role's name.",
      }),
    );
  if (target.database === null)
    found.push(
      warning("no-database", "info", "No database: one named like the user is taken.", {
        remedy: "Write the database's name.",
      }),
    );
  if (target.user === "postgres") {
    found.push(
      warning("superuser-name", "info", "postgres is usually a superuser: row level security does not hold for it.", {
        remedy: "Give the app a role of its own.",
        words: ["postgres"],
      }),
    );
  }
  const emptyPassword = scan?.password != null && scan.password.end === scan.password.start;
  if (emptyPassword && password === null) {
    found.push(
      warning("empty-password", "warn", "There is a colon after the user, but no password.", {
        parameter: "password",
        remedy: "Write the password, or take the colon out.",
      }),
    );
  }
  return found;
};

const joinWords = (signs: readonly string[]): string =>
  signs.length < 2 ? signs.join("") : `${signs.slice(0, -1).join(", ")} and ${signs[signs.length - 1]}`;

/** Which signs stand encoded in the password and the user name: a sign that all is well. */
export const encodedSigns: Check = ({ text, read, scan }) => {
  const places: readonly (readonly [string, string, string])[] = [
    ["password", scan?.password ? cut(text, scan.password) : "", read.values.get("password") ?? ""],
    ["user name", scan?.user ? cut(text, scan.user) : "", read.values.get("user") ?? ""],
  ];
  return places.flatMap(([where, raw, value]) => {
    const signs = [...new Set(value.slice(0, 500))].filter(
      (sign) => /[^A-Za-z0-9._~\s-]/.test(sign) && (sign === "%" || !raw.includes(sign)),
    );
    const shown = signs.slice(0, 6);
    if (!raw.includes("%") || shown.length === 0) return [];
    const more = signs.length > shown.length ? " and others" : "";
    const message = `${more ? shown.join(", ") : joinWords(shown)}${more} in the ${where} ${signs.length === 1 ? "is" : "are"} encoded.`;
    return [warning("encoded-characters", "ok", message, { words: shown })];
  });
};
