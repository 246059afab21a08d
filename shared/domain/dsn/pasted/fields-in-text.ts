import { LIBPQ_KEYWORDS } from "../libpq-keywords";
import { isKeywordForm, scanKeywords } from "../scan-keywords";
import { cut } from "../scan-uri";
import { fromImageVariables, NOT_PUBLISHED, readPublished } from "./docker-run";
import { type Pieces, type Recogniser, writePieces } from "./recogniser";

type PieceName = Exclude<keyof Pieces, "parameters">;

const NAMES: Readonly<Record<PieceName, readonly string[]>> = {
  host: ["host", "hostname", "server", "address"],
  port: ["port"],
  user: ["user", "username", "user_name", "login"],
  password: ["password", "pass", "passwd", "pwd"],
  database: ["database", "dbname", "db", "db_name", "name"],
};

/** PGHOST, DB_HOST, POSTGRES_USER, DATABASE_NAME, spring.datasource.username ...: the last word says what it is. */
const PREFIX = /^(?:pg_?|db_?|database_?|postgres(?:ql)?_?|spring[._]datasource[._]|django_db_|sql_|rds_)/;

function pieceOf(name: string): PieceName | null {
  const lower = name.toLowerCase();
  const short = lower.replace(PREFIX, "");
  for (const [piece, names] of Object.entries(NAMES)) {
    if (names.includes(short) || names.includes(lower)) return piece as PieceName;
  }
  return null;
}

/** An expression that takes the value from elsewhere, as a placeholder. */
function unresolved(expression: string): string | null {
  const variable =
    /^(?:process\.env\.|import\.meta\.env\.|Deno\.env\.get|os\.environ|os\.getenv|os\.Getenv|ENV|env|config|getenv|environ|settings\.)[^\w]{0,4}(\w+)/.exec(
      expression,
    )?.[1];
  if (variable) return `\${${variable}}`;
  return /^[A-Za-z_][\w.]*$/.test(expression) && !/^(?:true|false|none|null|nil)$/i.test(expression)
    ? `\${${expression}}`
    : null;
}

const PAIR =
  /["']?([A-Za-z_]\w{0,40})["']?\s{0,20}(?:=>|:=|[:=])\s{0,20}[fFrRbBuU]?(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|([^\s,;'"]{1,80}(?:["'][^"'\n]{0,80}["'][^\s,;'"]{0,10})?))/g;

const unescaped = (text: string): string => text.replace(/\\(["'\\])/g, "$1");

/** Keyword arguments and dictionaries: `connect(user="u", ...)`, `new Pool({ user: "u", ... })`, Django's DATABASES. */
export const codeFields: Recogniser = (text) => {
  if (text.length > 20_000 || !/(?<!\$)[({]/.test(text) || !/["']/.test(text) || /:\/\//.test(text)) return null;
  const pieces: { -readonly [name in PieceName]?: string } = {};
  const names = new Set<string>();
  for (const [, name = "", double, single, bare] of text.matchAll(PAIR)) {
    const lower = name.toLowerCase();
    const piece = lower === "name" && !/ENGINE/.test(text) ? null : pieceOf(name);
    const quoted = double ?? single;
    const literal = /^\d+(?=[^\w.]*$)/.exec(bare ?? "")?.[0];
    const value =
      quoted !== undefined ? unescaped(quoted) : (literal ?? unresolved((bare ?? "").replace(/[)}]+$/, "")));
    // The first of its kind: what follows may belong to a replica, a cache or a test.
    if (piece === null || value === null || pieces[piece] !== undefined) continue;
    pieces[piece] = value;
    names.add(name);
  }
  if (Object.keys(pieces).length < 2 || !(pieces.user ?? pieces.database ?? pieces.host)) return null;
  if (!(pieces.password ?? pieces.database ?? pieces.port)) return null;
  return { text: writePieces(pieces), note: `${[...names].join(", ")} were put together as one string.` };
};

const LINE =
  /^[ \t]*(?:-[ \t]+)?["']?(?:export[ \t]+|set[ \t]+|\$env:)?["']?([A-Za-z_][\w.]{0,60})["']?[ \t]*[=:][ \t]*(?:"([^"]*)"|'([^']*)'|([^\s#][^\r\n]*?))?[ \t]*,?[ \t]*(?:#.*)?$/;

/** `NAME=value` or `name: value`, a line each; a value for the first of its name. */
function linesOf(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/, 2000)) {
    if (line.length > 2000) continue;
    const [, name, double, single, plain] = LINE.exec(line) ?? [];
    const value = double ?? single ?? plain?.replace(/\s+#.*$/, "");
    if (name !== undefined && value !== undefined && !values.has(name)) values.set(name, value);
  }
  return values;
}

/** A compose file or a list of variables of the official image; the port is taken from its `ports`. */
export const imageFields: Recogniser = (text) => {
  if (text.length > 100_000 || !/POSTGRES(?:QL)?_(?:PASSWORD|USER|DB|USERNAME|DATABASE)/.test(text)) return null;
  const values = linesOf(text);
  if (![...values.keys()].some((name) => /^POSTGRES(?:QL)?_(?:PASSWORD|USER|DB|USERNAME|DATABASE)$/.test(name)))
    return null;
  const isCompose = /^[ \t]*(?:services|image|ports|environment):/m.test(text);
  const specs = text
    .split(/\r?\n/, 2000)
    .map((line) => /^[ \t]*-[ \t]*["']?([\d.:[\]a-f]{1,60}(?:\/tcp)?)["']?[ \t]*(?:#.*)?$/.exec(line)?.[1]);
  const published = specs.map((spec) => (spec ? readPublished(spec) : null)).find((one) => one !== null);
  const named = {
    host: values.get("POSTGRES_HOST") ?? values.get("PGHOST"),
    port: values.get("POSTGRES_PORT") ?? values.get("PGPORT"),
  };
  const address = published ?? { host: named.host || "localhost", port: named.port || "5432" };
  const note = isCompose
    ? `The service of the compose file was written as a string${published ? "." : `. ${NOT_PUBLISHED.replace("add -p 5432:5432", 'add ports: "5432:5432"')}`}`
    : "The POSTGRES_ variables were put together as one string.";
  return { text: writePieces({ ...fromImageVariables(values), ...address }), note };
};

/** keyword=value text may stand on several lines. */
const isForLibpq = (text: string): boolean =>
  isKeywordForm(text) && scanKeywords(text).entries.every(({ key }) => LIBPQ_KEYWORDS.has(cut(text, key)));

/** `DB_HOST=...`, `PGUSER=...`, or YAML's `host: ...`, a line each. */
export const lineFields: Recogniser = (text) => {
  if (text.length > 100_000 || !text.includes("\n") || isForLibpq(text)) return null;
  const pieces: { -readonly [name in PieceName]?: string } = {};
  const names: string[] = [];
  for (const [name, value] of linesOf(text)) {
    const piece = name.toLowerCase() === "name" ? null : pieceOf(name);
    if (piece === null || value === "" || pieces[piece] !== undefined) continue;
    pieces[piece] = value;
    names.push(name);
  }
  if (names.length < 2 || !(pieces.host ?? pieces.database) || !(pieces.user ?? pieces.password ?? pieces.database))
    return null;
  return { text: writePieces(pieces), note: `${names.join(", ")} were put together as one string.` };
};
