import type { Recogniser } from "./recogniser";

/** SQLAlchemy's `ssl=` (for asyncpg and pg8000) in libpq's words. */
const SSL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    true: "require",
    True: "require",
    "1": "require",
    false: "disable",
    False: "disable",
  }),
);

const SPELLINGS = [
  // SQLAlchemy's and Django's.
  ...["postgres(?:ql)?\\+\\w{1,30}", "postgis", "timescaledb?", "cockroachdb(?:\\+\\w{1,30})?"],
  // Other libraries' own, and R2DBC's.
  ...["psql", "pgsql", "pg", "ecto", "r2dbc:(?:pool:)?postgres(?:ql)?"],
  // Letters lost or doubled.
  ...["postgre", "postgress(?:ql)?", "postgresq", "postgesql", "postgresl"],
].join("|");

/** What other spellings than libpq's own start with, as the source of a regular expression. */
export const OTHER_SCHEMES = `(?:${SPELLINGS})://`;
const SCHEME = new RegExp(`^${OTHER_SCHEMES}`, "i");

/** `postgresql+asyncpg://`, `postgis://` and the like; a dialect's `ssl=` becomes sslmode. */
export const dialect: Recogniser = (text) => {
  const scheme = SCHEME.exec(text);
  if (!scheme) return null;
  const rest = text.slice(scheme[0].length);
  const query = rest.indexOf("?");
  const translated =
    query < 0
      ? rest
      : rest.slice(0, query) +
        rest
          .slice(query)
          .replace(
            /([?&])ssl=([^&#\s]*)/,
            (_, sign: string, value: string) => `${sign}sslmode=${SSL.get(value) ?? value}`,
          );
  const ssl = translated === rest ? "" : ", ssl= as sslmode=";
  return { text: `postgresql://${translated}`, note: `${scheme[0]} was written as postgresql://${ssl}.` };
};

/** `POSTGRES://`. */
export const capitals: Recogniser = (text) => {
  const scheme = /^postgres(?:ql)?:\/\//i.exec(text)?.[0];
  if (scheme === undefined || scheme === scheme.toLowerCase()) return null;
  return { text: scheme.toLowerCase() + text.slice(scheme.length), note: "The scheme was written in lower case." };
};

/** `postgresql:/u@h`, `postgresql:u@h`, `postgresql//u@h` and `postgresql: //u@h`: signs lost or come in on the way. */
export const lostSlash: Recogniser = (text) => {
  const [all, rest] = /^postgres(?:ql)?(?::\/?|:?[ \t]?\/\/(?<!:\/\/))(?!\/)(\S+)$/i.exec(text.slice(0, 5000)) ?? [];
  if (all === undefined || all.length !== text.length || !/[@.:/]/.test(rest ?? "")) return null;
  return { text: `postgresql://${rest}`, note: "The :// after the scheme was put right." };
};
