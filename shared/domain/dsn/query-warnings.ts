import { cut, type Span } from "./scan-uri";
import { type Check, mendKeyword, warning } from "./warning";

const isFilled = (span: Span | null | undefined): boolean => span != null && span.end > span.start;

/** What stands both before and after the `?`. */
export const givenTwice: Check = ({ text, scan, read }) => {
  if (!scan) return [];
  const names = new Set(scan.parameters.map(({ key }) => cut(text, key)));
  const before: readonly (readonly [string, boolean])[] = [
    ["user", isFilled(scan.user)],
    ["password", isFilled(scan.password)],
    ["host", scan.hosts.some(({ host }) => isFilled(host))],
    ["port", scan.hosts.some(({ port }) => isFilled(port))],
    ["dbname", isFilled(scan.database)],
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
          mend: mendKeyword(text, name, read.values.get(name) ?? "", `Keep the later ${name}`),
        },
      ),
    );
};

/** A keyword that stands twice among the parameters; the last counts everywhere, an empty last one only for libpq. */
export const repeated: Check = ({ text, scan }) => {
  if (!scan || scan.parameters.length < 2) return [];
  const last = new Map<string, number>();
  const twice = new Set<string>();
  for (const [index, { key }] of scan.parameters.entries()) {
    const name = cut(text, key);
    if (last.has(name)) twice.add(name);
    last.set(name, index);
  }
  return [...twice].slice(0, 5).map((name) => {
    const kept = scan.parameters.filter(({ key }, index) => cut(text, key) !== name || last.get(name) === index);
    const query = kept.map(({ key, value }) => cut(text, { start: key.start, end: (value ?? key).end })).join("&");
    const first = scan.parameters[0]?.key.start ?? text.length;
    return warning("repeated-parameter", "info", `${name} stands more than once after the ?: the last one counts.`, {
      parameter: name,
      remedy: "Keep one of them.",
      words: [name],
      mend: { dsn: text.slice(0, first) + query, title: `Keep the last ${name}` },
    });
  });
};

/** A `+` in a value after the `?`. */
export const plusSign: Check = ({ text, scan }) =>
  (scan?.parameters ?? []).flatMap(({ key, value }) => {
    if (value === null || !cut(text, value).includes("+")) return [];
    const name = cut(text, key);
    const dsn = text.slice(0, value.start) + cut(text, value).replaceAll("+", "%2B") + text.slice(value.end);
    return [
      warning("plus-in-query", "warn", `The + in ${name} is a plus for libpq and a space for asyncpg.`, {
        parameter: name,
        remedy: "Write %2B for a plus, %20 for a space.",
        words: ["+"],
        mend: { dsn, title: "Write + as %2B" },
      }),
    ];
  });

/** A space or a line end that came along with the string; libpq takes it for a part of the last value. */
export const spaceAtEnd: Check = ({ text, scan }) =>
  scan && /\s$/.test(text)
    ? [
        warning(
          "space-at-end",
          "warn",
          "A space at the end belongs to the last part of the string for libpq and asyncpg.",
          {
            remedy: "Take it out.",
            mend: { dsn: text.trimEnd(), title: "Take the space out" },
          },
        ),
      ]
    : [];

/** A space outside user and password: libpq refuses it from 18 on, or drops it where it stands at the end of a part. */
export const rawSpace: Check = ({ text, scan }) => {
  const start = scan?.hosts[0]?.host.start ?? text.length;
  const end = text.trimEnd().length;
  const rest = text.slice(start, end);
  if (!scan || !rest.includes(" ")) return [];
  const close = rest.replace(/ *([:,/?&]) */g, "$1").trim();
  return [
    warning("raw-space", "warn", "psql and libpq refuse a raw space from 18 on, or drop it at the end of a part.", {
      remedy: "Take it out, or write it as %20.",
      words: ["psql"],
      mend: {
        dsn: text.slice(0, start) + close.replaceAll(" ", "%20") + text.slice(end),
        title: "Write spaces as %20",
      },
    }),
  ];
};

/** A slash at either end of the database's name: it counts as a part of it for every driver. */
export const slashInDatabase: Check = ({ text, scan }) => {
  const name = scan?.database ? cut(text, scan.database) : "";
  let [first, last] = [0, name.length];
  while (name[first] === "/") first += 1;
  while (last > first && name[last - 1] === "/") last -= 1;
  if (!scan?.database || first >= last || last - first === name.length) return [];
  const { start, end } = scan.database;
  return [
    warning("slash-in-database", "warn", "The slash at the end of the database's name counts as a part of the name.", {
      remedy: "Take it out.",
      words: ["/"],
      mend: { dsn: text.slice(0, start) + name.slice(first, last) + text.slice(end), title: "Take the slash out" },
    }),
  ];
};
