import { envelopeOf } from "./json-envelope";

/** Strings of a log line in JSON, deepest names and all, at most this many. */
const MOST = 200;
const DEEPEST = 8;

/** Fields of PostgreSQL's jsonlog (runtime-config-logging) and of the loggers that apps use. */
const SQLSTATE_FIELDS: ReadonlySet<string> = new Set(["state_code", "sqlstate", "pgcode", "code"]);
/** What was asked is no answer: a statement can hold any words. */
const LEFT_OUT: ReadonlySet<string> = new Set(["statement", "query", "sql", "internal_query"]);
/** Answers of log services hold their lines in a list. */
const LISTS: ReadonlySet<string> = new Set(["events", "logEvents", "entries", "results"]);

/** An entry of a log in JSON. */
export interface JsonEntry {
  readonly texts: readonly string[];
  readonly sqlstate: string | null;
  /** True where it is the line of something else, put into JSON by what carried it. */
  readonly isEnvelope: boolean;
  /** When it was written, in milliseconds. */
  readonly moment: number | null;
}

const isSqlstate = (value: string): boolean => /^[0-9A-Z]{5}$/.test(value) && /\d/.test(value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `FATAL: message`, `DETAIL: ...` as the server's plain log would say them. */
function serverTexts(entry: Readonly<Record<string, unknown>>): readonly string[] | null {
  const { error_severity: severity, message, detail, hint } = entry;
  if (typeof severity !== "string" || typeof message !== "string") return null;
  const more = [
    ["DETAIL", detail],
    ["HINT", hint],
  ].flatMap(([name, value]) => (typeof value === "string" ? [`${name}:  ${value}`] : []));
  return [`${severity}:  ${message}`, ...more];
}

function entryOf(value: Readonly<Record<string, unknown>>): JsonEntry {
  const envelope = envelopeOf(value);
  if (envelope) return { texts: [envelope.text], sqlstate: null, isEnvelope: true, moment: envelope.moment };
  const texts: string[] = [];
  let sqlstate: string | null = null;
  const visit = (name: string, one: unknown, depth: number): void => {
    if (texts.length >= MOST || depth > DEEPEST || LEFT_OUT.has(name)) return;
    if (typeof one === "string") {
      if (SQLSTATE_FIELDS.has(name) && isSqlstate(one)) sqlstate = sqlstate ?? one;
      // A code in a field of its own still says it: `"code":"ECONNREFUSED"`.
      texts.push(SQLSTATE_FIELDS.has(name) ? `${name}: '${one}'` : one);
    } else if (typeof one === "number" && (name === "port" || name === "errno")) {
      texts.push(`${name}: ${one}`);
    } else if (typeof one === "object" && one !== null) {
      for (const [inner, next] of Object.entries(one)) visit(inner, next, depth + 1);
    }
  };
  const server = serverTexts(value);
  visit("", value, 0);
  return { texts: server ?? texts, sqlstate, isEnvelope: false, moment: null };
}

function entriesOf(value: unknown): readonly JsonEntry[] {
  if (Array.isArray(value)) return value.slice(0, MOST * 10).flatMap((one) => (isObject(one) ? [entryOf(one)] : []));
  if (!isObject(value)) return [];
  const list = Object.entries(value).find(([name, one]) => LISTS.has(name) && Array.isArray(one));
  return list && !("message" in value) ? entriesOf(list[1]) : [entryOf(value)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The entries of a line, or of several, that is JSON behind a short prefix; null when it is none. */
export function fromJson(line: string): readonly JsonEntry[] | null {
  const begins = /^[^{[]{0,200}(?:\{\s*"|\[\s*\{\s*")/.exec(line) ?? /^[^{]{0,200}\{\s*"/.exec(line);
  if (!begins) return null;
  for (const [open, close] of [
    ["[", "]"],
    ["{", "}"],
  ] as const) {
    const start = line.indexOf(open);
    const end = line.lastIndexOf(close);
    if (start < 0 || start > 200 || end < start) continue;
    const entries = entriesOf(parsed(line.slice(start, end + 1)));
    if (entries.length > 0) return entries;
  }
  return null;
}

/** JSON printed over several lines, from its first line to the one after its last. */
export interface JsonBlock {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly JsonEntry[];
}

/** Blocks looked at, and lines that a block may have, so that odd texts cost no more than others. */
const MOST_TRIES = 50;
const LONGEST_BLOCK = 2_000;

const indent = (text: string): number => text.length - text.trimStart().length;

/** Finds JSON over several lines: from a line that ends with a bracket to one, indented alike, that begins with one. */
export function* jsonBlocks(lines: readonly { readonly text: string }[]): Generator<JsonBlock> {
  let tries = 0;
  for (let from = 0; from < lines.length && tries < MOST_TRIES; from += 1) {
    const text = lines[from]?.text ?? "";
    const open = /^[^{[]{0,200}([{[])$/.exec(text);
    if (!open || !/^\s*["{}[\]]/.test(lines[from + 1]?.text ?? "")) continue;
    tries += 1;
    for (let to = from + 1; to < lines.length && to - from < LONGEST_BLOCK; to += 1) {
      const last = lines[to]?.text ?? "";
      if (indent(last) !== indent(text) || !/^\s*[}\]]/.test(last)) continue;
      const body = lines.slice(from, to + 1).map((line) => line.text);
      const entries = fromJson(body.join("\n"));
      if (entries) {
        yield { from, to: to + 1, entries };
        from = to;
      }
      break;
    }
  }
}
