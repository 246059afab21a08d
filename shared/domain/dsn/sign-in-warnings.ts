import { readAsAsyncpg } from "./asyncpg";
import { formatUri } from "./format";
import { mendUnencoded } from "./parse";
import { placeholdersIn } from "./placeholders";
import { cut } from "./scan-uri";
import { type Suspicion, suspect } from "./unencoded";
import { type Check, type DsnWarning, listed, warning } from "./warning";

const SUSPICIONS: Readonly<Record<Suspicion, string>> = {
  torn: "A raw sign in the user or password tears this string apart.",
  "cut-by-asyncpg": "A raw sign in the user or password makes asyncpg and libpq read this string differently.",
  "at-in-database": "The database's name holds a raw @: it is often a piece of the password.",
  "at-in-parameter": "A parameter nobody knows holds a raw @: it is often a piece of the password.",
};

/** Raw signs in user or password that readers take differently. */
export const unencoded: Check = ({ text }) => {
  const suspicion = suspect(text);
  if (suspicion === null) return [];
  const [mend = null] = mendUnencoded(text);
  const remedy = mend?.title ?? "Encode it as %XX.";
  return [warning("read.unencoded-credentials", "warn", SUSPICIONS[suspicion], { remedy, mend })];
};

/** The keyword/value form, which asyncpg cannot read. */
export const keywordForm: Check = ({ read, target, password }) => {
  if (read.form !== "keyword") return [];
  const dsn = formatUri(target, password);
  return [
    warning("keyword-form", "warn", "asyncpg reads no keyword=value strings.", {
      remedy: "Write it as a postgresql:// string.",
      mend: { dsn, title: "Write it as postgresql://" },
    }),
  ];
};

/** A string that libpq reads and asyncpg does not, with asyncpg's reason. */
export const asyncpgRefuses: Check = ({ text, read, scan, target, password }) => {
  const theirs = read.form === "uri" ? readAsAsyncpg(text) : null;
  if (!theirs || theirs.ok || suspect(text) !== null || placeholdersIn(text).length > 0) return [];
  // Brackets in a list have a warning of their own.
  if (scan && scan.hosts.length > 1 && scan.hosts.some(({ host }) => text[host.start - 1] === "[")) return [];
  const anew = formatUri(target, password);
  return [
    warning("asyncpg-refuses", "warn", `asyncpg refuses this string: ${theirs.error}.`, {
      words: ["asyncpg"],
      mend: readAsAsyncpg(anew).ok ? { dsn: anew, title: "Write the string anew" } : null,
    }),
  ];
};

/** Names of roles that are superusers, or as good as, on a fresh server or at a provider. */
const SUPERUSERS =
  /^(?:postgres|root|admin|administrator|supabase_admin|rdsadmin|cloudsqladmin|azure_pg_admin|doadmin|neondb_owner)(?:\.[a-z0-9]+)?$/i;

/** What user and database leave open, and who the user is. */
export const identity: Check = ({ target }) => {
  if (target.parameters.service !== undefined) return [];
  const found: DsnWarning[] = [];
  if (target.user === null) {
    const message = "No user: PGUSER is taken where it is set, else the name of your computer account.";
    found.push(warning("no-user", "info", message, { remedy: "Write the role's name.", words: ["PGUSER"] }));
  }
  if (target.database === null) {
    const message = "No database: PGDATABASE is taken where it is set, else one named like the user.";
    found.push(
      warning("no-database", "info", message, { remedy: "Write the database's name.", words: ["PGDATABASE"] }),
    );
  }
  if (target.user !== null && SUPERUSERS.test(target.user)) {
    const message = `${target.user} is usually a superuser or close to it: row level security does not hold for one, so tenants are not kept apart.`;
    found.push(
      warning("superuser-name", "info", message, { remedy: "Give the app a role of its own.", words: [target.user] }),
    );
  }
  return found;
};

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
    const message = `${more ? shown.join(", ") : listed(shown)}${more} in the ${where} ${signs.length === 1 ? "is" : "are"} encoded.`;
    return [warning("encoded-characters", "ok", message, { words: shown })];
  });
};
