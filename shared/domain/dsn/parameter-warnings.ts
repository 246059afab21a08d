import { SSLMODES } from "../target";
import { ASYNCPG_PARAMETERS } from "./asyncpg-release";
import { COMING_KEYWORDS, LIBPQ_KEYWORDS } from "./libpq-keywords";
import { cut } from "./scan-uri";
import { settingKind } from "./server-settings";
import { type Check, mendKeyword, warning } from "./warning";

/** What an app writes instead of a parameter of libpq's that asyncpg has not got. */
const INSTEAD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    connect_timeout: "Take it out; asyncpg's own time-out is timeout= in code.",
    channel_binding: "Take it out; asyncpg signs in without channel binding.",
    hostaddr: "Write the address as the host.",
    fallback_application_name: "Write application_name.",
    keepalives: "Take it out; the server's own settings are tcp_keepalives_idle and the like.",
    keepalives_idle: "The server's own setting is tcp_keepalives_idle.",
    keepalives_interval: "The server's own setting is tcp_keepalives_interval.",
    keepalives_count: "The server's own setting is tcp_keepalives_count.",
  }),
);

const isLibpqs = (name: string): boolean => LIBPQ_KEYWORDS.has(name) || COMING_KEYWORDS.has(name);

const takeOut = (text: string, name: string) => mendKeyword(text, name, "", `Take ${name} out`);

/** sslmode's words for the values other drivers give `ssl` and the old `requiressl`. */
const SSL_WORDS: ReadonlyMap<string, string> = new Map([
  ["1", "require"],
  ["true", "require"],
  ["0", "prefer"],
  ["false", "disable"],
  ["no-verify", "require"],
  ...SSLMODES.map((mode) => [mode, mode] as const),
]);

/** `ssl=` of JDBC, SQLAlchemy and node-postgres, `requiressl=`: asyncpg sends them to the server (55P02, 42704). */
export const sslParameter: Check = ({ text, scan }) =>
  (scan?.parameters ?? []).flatMap(({ key, value }) => {
    const name = cut(text, key);
    if ((name !== "ssl" && name !== "requiressl") || value === null) return [];
    const mode = SSL_WORDS.get(cut(text, value).toLowerCase()) ?? "require";
    const others = (scan?.parameters ?? []).some((one) => cut(text, one.key) === "sslmode");
    const dsn = `${text.slice(0, key.start)}sslmode=${mode}${text.slice(value.end)}`;
    return [
      warning(
        "ssl-parameter",
        "warn",
        `${name} is no word of asyncpg's: it becomes a server setting there and the connection fails.`,
        {
          parameter: name,
          remedy: others ? "Take it out: sslmode is there." : `Write sslmode=${mode}.`,
          words: [name, `sslmode=${mode}`],
          mend: others ? takeOut(text, name) : { dsn, title: `Write sslmode=${mode}` },
        },
      ),
    ];
  });

/** Parameters that asyncpg sends to the server and the server refuses (42704, 42501, 55P02). */
export const refusedByServer: Check = ({ text, target, read }) =>
  Object.keys(target.parameters).flatMap((name) => {
    const kind = settingKind(name);
    if (read.form !== "uri" || ASYNCPG_PARAMETERS.has(name) || kind === "session" || name === "ssl") return [];
    const more = {
      parameter: name,
      remedy: INSTEAD.get(name) ?? "Take it out.",
      words: [name],
      mend: takeOut(text, name),
    };
    if (kind === "superuser") {
      const message = `${name} is a server setting only a superuser may set: for any other role the connection fails.`;
      return [warning("setting-needs-superuser", "warn", message, more)];
    }
    if (kind === "server") {
      const message = `${name} is a setting of the whole server: asyncpg asks for it at the start and the connection fails.`;
      return [warning("setting-of-server", "warn", message, more)];
    }
    const coming = COMING_KEYWORDS.get(name);
    const message = isLibpqs(name)
      ? `${name} is read by libpq${coming ? ` ${coming.since}` : ""}, not by asyncpg: there it becomes a server setting and the connection fails.`
      : `${name} is no parameter asyncpg or libpq knows: asyncpg sends it as a server setting and the connection fails.`;
    return [warning("database.parameter-unknown", "warn", message, more)];
  });

/** Parameters that asyncpg takes, or sends as a setting the server takes, and libpq refuses. */
export const refusedByLibpq: Check = ({ text, target, read }) =>
  Object.entries(target.parameters).flatMap(([name, value]) => {
    const isSetting = settingKind(name) === "session";
    if (read.form !== "uri" || LIBPQ_KEYWORDS.has(name) || !(isSetting || ASYNCPG_PARAMETERS.has(name))) return [];
    const plain = /^[\w.,-]+$/.test(value) && target.parameters.options === undefined;
    const without = plain && isSetting ? mendKeyword(text, name, "", "") : null;
    return [
      warning(
        "libpq-refuses-parameter",
        "info",
        isSetting
          ? `asyncpg sends ${name} to the server; psql and other libpq tools refuse it in a string.`
          : `asyncpg knows ${name}; psql and other libpq tools refuse it in a string.`,
        {
          parameter: name,
          remedy: isSetting ? `libpq's spelling is options=-c ${name}=...` : "Write it before the ?.",
          words: [name],
          mend: without && mendKeyword(without.dsn, "options", `-c ${name}=${value}`, `Write ${name} in options`),
        },
      ),
    ];
  });

/** Parameters only later releases of asyncpg or libpq know. */
export const laterParameter: Check = ({ target, read }) =>
  Object.keys(target.parameters).flatMap((name) => {
    const since = ASYNCPG_PARAMETERS.get(name);
    const libpq = (LIBPQ_KEYWORDS.get(name) ?? COMING_KEYWORDS.get(name))?.since ?? 13;
    const more = { parameter: name, words: [name] };
    return [
      ...(read.form === "uri" && since
        ? [warning("asyncpg-version", "info", `${name} needs asyncpg ${since} or later.`, more)]
        : []),
      ...(libpq > 13
        ? [warning("libpq-version", "info", `${name} needs libpq ${libpq} or later: an older psql refuses it.`, more)]
        : []),
    ];
  });

/** Server settings in `options`: fine for all drivers, not for a pooler. */
export const optionSettings: Check = ({ target }) => {
  const names = [...(target.parameters.options ?? "").matchAll(/(?:-c\s*|--)([\w.-]{1,64})\s*=/g)].map(
    ([, name = ""]) => name.replaceAll("-", "_"),
  );
  if (names.length === 0) return [];
  const unknown = names.find((name) => settingKind(name) === null);
  if (unknown !== undefined) {
    return [
      warning("option-unknown", "warn", `options sets ${unknown}, which no server knows: the connection fails.`, {
        parameter: "options",
        remedy: "Look at its spelling.",
        words: ["options", unknown],
      }),
    ];
  }
  const message = `options sets ${names.join(", ")} for every session; PgBouncer refuses options unless told to ignore it.`;
  return [warning("option-settings", "info", message, { parameter: "options", words: ["options", ...names] })];
};
