/**
 * One statement of a `.env` file as python-dotenv reads it (its parser.py): an assignment, a bare name, a comment,
 * or a line it cannot read. Statements cover the text without gaps; offsets count UTF-16 units.
 */
export interface EnvStatement {
  readonly start: number;
  readonly end: number;
  /** Start of the line the key stands on; blank lines before it belong to the statement too. */
  readonly lineStart: number;
  readonly keyStart: number;
  /** Null for comments, blank lines and unreadable lines. */
  readonly key: string | null;
  /** What python-dotenv makes of the value before it expands `${...}`; null for a name without `=`. */
  readonly value: string | null;
  /** The value as written, its quotes included, comment and trailing space not. */
  readonly rawStart: number;
  readonly rawEnd: number;
  readonly quote: "'" | '"' | null;
  /** False: python-dotenv skips the line with a warning. */
  readonly readable: boolean;
}

/** What Python's `\s` takes, without line breaks; JavaScript's differs (U+FEFF, U+001C to U+001F, U+0085). */
const BLANK = "\\t\\x0b\\x0c\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const sticky = (source: string): RegExp => new RegExp(source, "y");

const SPACE = sticky(`[\\r\\n${BLANK}]*`);
const EXPORT = sticky(`(?:export[${BLANK}]+)?`);
const QUOTED_KEY = sticky("'[^']+'");
const KEY = sticky(`[^=#\\r\\n${BLANK}]+`);
const BLANKS = sticky(`[${BLANK}]*`);
const EQUAL = sticky(`=[${BLANK}]*`);
const REST = sticky("[^\\r\\n]*");
const COMMENT = sticky(`(?:[${BLANK}]*#[^\\r\\n]*)?`);
const LINE_END = sticky(`[${BLANK}]*(?:\\r\\n|\\n|\\r|$)`);
const REST_AND_END = sticky("[^\\r\\n]*(?:\\r\\n|\\n|\\r)?");
const INLINE_COMMENT = new RegExp(`[${BLANK}]+#.*`);
const TRAILING_BLANK = new RegExp(`[${BLANK}]+$`);

/** End of what `pattern` matches at `at`, or null. */
function after(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/**
 * Offset of the quote that closes the one at `open`, or null. A backslash before a quote keeps it open; where only
 * such quotes follow, the last of them closes, as in python-dotenv.
 */
function closingQuote(text: string, open: number): number | null {
  const quote = text.charAt(open);
  let last: number | null = null;
  for (let at = text.indexOf(quote, open + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (text[at - 1] !== "\\" || at - 1 === open) return at;
    last = at;
  }
  return last;
}

const ESCAPES: Readonly<Record<string, string>> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** A quoted value without its quotes, escapes resolved as python-dotenv resolves them. */
const unquoted = (inner: string, quote: string): string =>
  quote === '"'
    ? inner.replace(/\\([\\'"abfnrtv])/g, (_all, letter: string) => ESCAPES[letter] ?? letter)
    : inner.replace(/\\([\\'])/g, "$1");

interface Value {
  readonly value: string;
  readonly rawEnd: number;
  readonly quote: "'" | '"' | null;
  readonly next: number;
}

function readValue(text: string, at: number): Value | null {
  const first = text[at];
  if (first === "'" || first === '"') {
    const close = closingQuote(text, at);
    if (close === null) return null;
    return { value: unquoted(text.slice(at + 1, close), first), rawEnd: close + 1, quote: first, next: close + 1 };
  }
  const next = after(REST, text, at) ?? at;
  const value = text.slice(at, next).replace(INLINE_COMMENT, "").replace(TRAILING_BLANK, "");
  return { value, rawEnd: at + value.length, quote: null, next };
}

function readStatement(text: string, start: number): EnvStatement {
  const begin = after(SPACE, text, start) ?? start;
  const lineStart = Math.max(start, text.lastIndexOf("\n", begin - 1) + 1, text.lastIndexOf("\r", begin - 1) + 1);
  const common = { start, lineStart, rawStart: begin, rawEnd: begin, quote: null };
  if (begin >= text.length) {
    return { ...common, end: text.length, keyStart: begin, key: null, value: null, readable: true };
  }
  const keyStart = after(EXPORT, text, begin) ?? begin;
  const unreadable = (at: number): EnvStatement => {
    const end = after(REST_AND_END, text, at) ?? text.length;
    return { ...common, end, keyStart, key: null, value: null, readable: false };
  };

  const mark = text[keyStart];
  const keyEnd = mark === "#" ? keyStart : after(mark === "'" ? QUOTED_KEY : KEY, text, keyStart);
  if (keyEnd === null) return unreadable(keyStart);
  const written = text.slice(keyStart, keyEnd);
  const key = mark === "#" ? null : mark === "'" ? written.slice(1, -1) : written;

  let at = after(BLANKS, text, keyEnd) ?? keyEnd;
  let value: Value | null = null;
  let rawStart = at;
  if (text[at] === "=") {
    rawStart = after(EQUAL, text, at) ?? at + 1;
    value = readValue(text, rawStart);
    if (value === null) return unreadable(rawStart);
    at = value.next;
  }
  const end = after(LINE_END, text, after(COMMENT, text, at) ?? at);
  if (end === null) return unreadable(at);
  return {
    ...common,
    end,
    keyStart,
    key,
    value: value?.value ?? null,
    rawStart,
    rawEnd: value?.rawEnd ?? rawStart,
    quote: value?.quote ?? null,
    readable: true,
  };
}

/** All statements of the text, in order. A byte order mark at the very start is passed over. */
export function scanEnv(text: string): readonly EnvStatement[] {
  const statements: EnvStatement[] = [];
  for (let at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length; ) {
    const statement = readStatement(text, at);
    statements.push(statement);
    at = statement.end;
  }
  return statements;
}

/** The lines of a text without their line breaks; no empty line after a final break. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
