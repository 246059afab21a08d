import { ASYNCPG_PARAMETERS } from "./asyncpg";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { cut } from "./scan-uri";
import { isServerSetting } from "./server-settings";
import { type Check, warning } from "./warning";

/** Parameters that asyncpg sends to the server and the server refuses. */
export const unknownToAsyncpg: Check = ({ target, read }) =>
  Object.keys(target.parameters)
    .filter((name) => read.form === "uri" && !ASYNCPG_PARAMETERS.has(name) && !isServerSetting(name))
    .map((name) => {
      const why = LIBPQ_KEYWORDS.has(name)
        ? `${name} is read by libpq, not by asyncpg: there it becomes a server setting and the connection fails.`
        : `${name} is no parameter asyncpg or libpq knows: asyncpg sends it as a server setting and the connection fails.`;
      const remedy =
        name === "connect_timeout" ? "Take it out; asyncpg's own time-out is timeout= in code." : "Take it out.";
      return warning("database.parameter-unknown", "warn", why, { parameter: name, remedy, words: [name] });
    });

/** Server settings that asyncpg sends and libpq refuses. */
export const settingsOnly: Check = ({ target, read }) =>
  Object.keys(target.parameters)
    .filter((name) => read.form === "uri" && isServerSetting(name) && !LIBPQ_KEYWORDS.has(name))
    .map((name) =>
      warning(
        "libpq-refuses-parameter",
        "info",
        `asyncpg sends ${name} to the server; psql and other libpq tools refuse it in a string.`,
        {
          parameter: name,
          remedy: `libpq's spelling is options=-c ${name}=...`,
          words: [name],
        },
      ),
    );

/** Parameters only later releases of asyncpg know. */
export const laterParameter: Check = ({ target, read }) =>
  Object.keys(target.parameters).flatMap((name) => {
    const since = ASYNCPG_PARAMETERS.get(name);
    if (read.form !== "uri" || !since) return [];
    return [
      warning("asyncpg-version", "info", `${name} needs asyncpg ${since} or later.`, {
        parameter: name,
        words: [name],
      }),
    ];
  });

/** What stands both before and after the `?`. */
export const givenTwice: Check = ({ text, scan }) => {
  if (!scan) return [];
  const names = new Set(scan.parameters.map(({ key }) => cut(text, key)));
  const filled = (span: { readonly start: number; readonly end: number } | null | undefined) =>
    span != null && span.end > span.start;
  const before: readonly (readonly [string, boolean])[] = [
    ["user", filled(scan.user)],
    ["password", filled(scan.password)],
    ["host", scan.hosts.some(({ host }) => filled(host))],
    ["port", scan.hosts.some(({ port }) => filled(port))],
    ["dbname", filled(scan.database)],
  ];
  return before
    .filter(([name, there]) => there && names.has(name))
    .map(([name]) =>
      warning(
        "given-twice",
        "warn",
        `${name} stands before and after the ?: libpq takes the later one, asyncpg the first.`,
        {
          parameter: name,
          remedy: "Keep one of them.",
          words: [name],
        },
      ),
    );
};

/** A `+` in a value after the `?`. */
export const plusSign: Check = ({ text, scan }) =>
  (scan?.parameters ?? [])
    .filter(({ value }) => value !== null && cut(text, value).includes("+"))
    .map(({ key }) =>
      warning("plus-in-query", "warn", `The + in ${cut(text, key)} is a plus for libpq and a space for asyncpg.`, {
        parameter: cut(text, key),
        remedy: "Write %2B for a plus, %20 for a space.",
        words: ["+"],
      }),
    );
