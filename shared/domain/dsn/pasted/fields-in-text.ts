import { LIBPQ_KEYWORDS } from "../libpq-keywords";
import { isKeywordForm, scanKeywords } from "../scan-keywords";
import { cut } from "../scan-uri";
import { linesIn, type PieceName, parameterOf, pieceOf } from "./names";
import { type Recogniser, writePieces } from "./recogniser";

type Gathered = { -readonly [name in PieceName]?: string };

/** Values gathered one by one, the first of each kind: what follows may belong to a replica, a cache or a test. */
function gather() {
  const pieces: Gathered = {};
  const parameters = new Map<string, string>();
  const names = new Set<string>();
  return {
    pieces,
    names,
    put(name: string, piece: PieceName | null, value: string) {
      const parameter = piece === null ? parameterOf(name, value) : null;
      if (piece !== null && pieces[piece] === undefined) pieces[piece] = value;
      else if (parameter && !parameters.has(parameter[0])) parameters.set(...parameter);
      else return;
      names.add(name);
    },
    written: () => ({
      text: writePieces({ ...pieces, parameters: [...parameters] }),
      note: `${[...names].join(", ")} were put together as one string.`,
    }),
  };
}

/** What takes a value from the environment: its name stands in quotes, or behind a dot. */
const GETTER =
  /^(?:process\.env|import\.meta\.env|Deno\.env\.get|os\.environ(?:\.get)?|os\.getenv|os\.Getenv|ENV(?:\.fetch)?|env(?:\.\w+)?|config|getenv|environ|settings)\W{1,4}(\w+)/;
const NO_VALUE = /^(?:true|false|none|null|nil|undefined|new|await|async|return|yield|lambda|function)$/i;

/** An expression that takes the value from elsewhere, as a placeholder. */
function unresolved(expression: string): string | null {
  const variable = GETTER.exec(expression)?.[1];
  if (variable) return `\${${variable}}`;
  return /^[A-Za-z_][\w.]*$/.test(expression) && !NO_VALUE.test(expression) ? `\${${expression}}` : null;
}

const PAIR =
  /["']?([A-Za-z_]\w{0,40})["']?\s{0,20}(?:=>|:=|[:=])\s{0,20}[fFrRbBuU]?(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|(?:(?:int|str|Number|parseInt)\()?([^\s,;'"(){}[\]]{1,80}(?:[([]["'][^"'\n]{0,80}["'])?))/g;

const unescaped = (text: string): string => text.replace(/\\(["'\\])/g, "$1");

/** `new Sequelize("database", "user", "password", { ... })`. */
const SEQUELIZE = /\bSequelize\(\s{0,20}["']([^"'\n]*)["']\s*,\s*["']([^"'\n]*)["']\s*,\s*["']([^"'\n]*)["']/;

/** Keyword arguments and dictionaries: `connect(user="u", ...)`, `new Pool({ user: "u", ... })`, Django's DATABASES. */
export const codeFields: Recogniser = (text) => {
  if (text.length > 20_000 || !/(?<!\$)[({]/.test(text) || !/["']/.test(text) || /:\/\//.test(text)) return null;
  const { pieces, put, written } = gather();
  const [, database, user, password] = SEQUELIZE.exec(text) ?? [];
  for (const [piece, value] of Object.entries({ database, user, password }))
    if (value !== undefined) put(piece, piece as PieceName, value);
  for (const match of text.matchAll(PAIR)) {
    const [all, name = "", double, single, bare = ""] = match;
    const quoted = double ?? single;
    // What is called or opened there is no value: `conn = connect(...)`.
    const isCalled = quoted === undefined && /^\s?[({]/.test(text.slice(match.index + all.length));
    if (isCalled) continue;
    const literal = /^\d+$/.exec(bare)?.[0];
    const value = quoted !== undefined ? unescaped(quoted) : (literal ?? unresolved(bare));
    if (value === null) continue;
    put(name, name.toLowerCase() === "name" && !/ENGINE/.test(text) ? null : pieceOf(name), value);
  }
  const found = Object.keys(pieces).length;
  if (found < 2 || !(pieces.user ?? pieces.database ?? pieces.host)) return null;
  if (!(pieces.password ?? pieces.database ?? pieces.port)) return null;
  return written();
};

/** keyword=value text may stand on several lines. */
const isForLibpq = (text: string): boolean =>
  isKeywordForm(text) && scanKeywords(text).entries.every(({ key }) => LIBPQ_KEYWORDS.has(cut(text, key)));

/** `DB_HOST=...`, `PGUSER=...`, or YAML's `host: ...`, a line each. */
export const lineFields: Recogniser = (text) => {
  if (text.length > 100_000 || !text.includes("\n") || isForLibpq(text)) return null;
  const { pieces, put, written } = gather();
  for (const [name, value] of linesIn(text))
    if (value !== "") put(name, name.toLowerCase() === "name" ? null : pieceOf(name), value);
  if (Object.keys(pieces).length < 2 || !(pieces.host ?? pieces.database)) return null;
  return (pieces.user ?? pieces.password ?? pieces.database) === undefined ? null : written();
};
