import { err, ok, type Result } from "../result";
import { type DsnError, dsnError } from "./error";
import { COMING_KEYWORDS, FORMER_KEYWORDS, LIBPQ_KEYWORDS, NEWEST_LIBPQ } from "./libpq-keywords";
import { decodeLenient, decodeStrict, decodeTrimmed, lossyOffset } from "./percent";
import { isKeywordForm, scanKeywords } from "./scan-keywords";
import { cut, type Fault, type Span, scanUri, schemeEnd, type UriScan } from "./scan-uri";

/** A string taken apart as libpq stores it: keyword to value, several hosts and ports joined by commas. */
export interface DsnValues {
  readonly form: "uri" | "keyword";
  readonly scheme: "postgresql" | "postgres";
  /** In the order first seen; the last value of a keyword wins. */
  readonly values: ReadonlyMap<string, string>;
  /** Where each value stands in the text. */
  readonly positions: ReadonlyMap<string, number>;
  /** Where each port of a list stands; for one that is left out, where it would. */
  readonly portsAt: readonly number[];
  /** Where the name of each parameter stands; the parts before the `?` have none. */
  readonly names: ReadonlyMap<string, number>;
  /** Where bytes that are no UTF-8 stand, null when there are none; libpq takes them, this app cannot. */
  readonly lossyAt: number | null;
}

const FAULTS: Readonly<Record<Fault["reason"], readonly [message: string, next: string]>> = {
  "bracket-unclosed": ["The bracket around the IPv6 address is not closed.", "Close it: [::1]."],
  "bracket-empty": ["There is no address between the brackets.", "Write the IPv6 address there: [::1]."],
  "bracket-after": ["Something stands right after the closing bracket.", "Only :port, /database or ? may follow it."],
  "parameter-without-value": ["A parameter after the ? has no =.", "Write name=value, with & between two of them."],
  "parameter-extra-equals": ["A parameter has a second =.", "Write an = inside a value as %3D."],
  "keyword-without-value": ["A keyword has no = after it.", "Write keyword=value; put values with spaces in '...'."],
  "quote-unclosed": ["A quoted value is not closed.", "End it with '."],
};

const faultError = (fault: Fault): DsnError =>
  dsnError("read.invalid", FAULTS[fault.reason][0], fault.position, FAULTS[fault.reason][1]);

/** libpq's own translations of JDBC's `ssl=true` (URI only) and of the old `requiressl`. */
export function translate(form: DsnValues["form"], key: string, value: string): readonly [string, string] {
  if (form === "uri" && key === "ssl" && value === "true") return ["sslmode", "require"];
  if (key === "requiressl") return ["sslmode", value.startsWith("1") ? "require" : "prefer"];
  return [key, value];
}

/** Decodes pieces of the text that libpq joins with commas before it decodes them; most parts are one piece. */
type Decode = (pieces: readonly Span[]) => string;

const joined = (text: string, pieces: readonly Span[]): string => pieces.map((piece) => cut(text, piece)).join(",");

/** Where the places of a list begin that stands in the text with commas between. */
function placesIn(text: string, { start, end }: Span): readonly number[] {
  let at = text[start] === "'" ? start + 1 : start;
  return text
    .slice(at, end)
    .split(",")
    .map((place) => {
      const here = at;
      at += place.length + 1;
      return here;
    });
}

const NOWHERE: Span = { start: 0, end: 0 };
const isFilled = (span: Span | null): span is Span => span !== null && span.end > span.start;

/** Puts the parts of a URI in libpq's order of storing, the query last, so that it wins. */
function collect(
  scan: UriScan,
  decode: Decode,
  put: (key: string, value: string, at: Span, name?: Span) => void,
): void {
  const putFilled = (key: string, span: Span | null) => {
    if (isFilled(span)) put(key, decode([span]), span);
  };
  const putList = (key: string, spans: readonly (Span | null)[]) => {
    // The commas of a list count as text.
    if (spans.length > 1 || isFilled(spans[0] ?? null))
      put(key, decode(spans.map((span) => span ?? NOWHERE)), spans.find((span) => span !== null) ?? NOWHERE);
  };
  putFilled("user", scan.user);
  putFilled("password", scan.password);
  putList(
    "host",
    scan.hosts.map(({ host }) => host),
  );
  putList(
    "port",
    scan.hosts.map(({ port }) => port),
  );
  putFilled("dbname", scan.database);
  for (const { key, value } of scan.parameters) put(decode([key]), value ? decode([value]) : "", value ?? key, key);
}

/** Where an offset in pieces that were joined by single signs lies in the text. */
function offsetInText(pieces: readonly Span[], offset: number): number {
  let left = offset;
  for (const { start, end } of pieces) {
    if (left <= end - start) return start + left;
    left -= end - start + 1;
  }
  return pieces[pieces.length - 1]?.end ?? 0;
}

const UNDECODABLE: Readonly<Record<"nul" | "escape" | "space", readonly [message: string, next: string]>> = {
  nul: ["%00 is not allowed.", "Take it out."],
  escape: ["A % is not followed by two hex digits.", "Write a plain % as %25."],
  space: ["A space stands in the middle of a part; libpq 18 refuses it.", "Write it as %20."],
};

/**
 * Takes a string apart as libpq's PQconninfoParse, unknown keywords kept. Raw spaces in a URI are kept, as libpq did
 * before 18, or trimmed as it does since. Linear, never throws.
 */
export function readValues(text: string, spaces: "kept" | "trimmed" = "kept"): Result<DsnValues, DsnError> {
  const nul = text.indexOf("\0");
  if (nul >= 0) return err(dsnError("read.invalid", "There is a NUL character in the string.", nul, "Take it out."));
  const start = schemeEnd(text);
  if (start === null) return isKeywordForm(text) ? readKeywords(text) : err(schemeError(text));
  const scan = scanUri(text, start);
  const values = new Map<string, string>();
  const positions = new Map<string, number>();
  const names = new Map<string, number>();
  let bad: DsnError | null = null;
  let lossyAt: number | null = null;
  let portsAt: readonly number[] = scan.hosts.map(({ host, port }) => (port ?? { start: host.end }).start);
  const decodeText = spaces === "kept" ? decodeStrict : decodeTrimmed;
  const decode: Decode = (pieces) => {
    const decoded = decodeText(joined(text, pieces));
    if (decoded.kind === "text") {
      if (decoded.lossy) lossyAt ??= offsetInText(pieces, lossyOffset(joined(text, pieces)));
      return decoded.text;
    }
    const [message, next] = UNDECODABLE[decoded.reason];
    bad ??= dsnError("read.invalid", message, offsetInText(pieces, decoded.offset), next);
    return "";
  };
  collect(scan, decode, (key, value, at, nameAt) => {
    const [name, meant] = translate("uri", key, value);
    values.set(name, meant);
    positions.set(name, at.start);
    if (nameAt) names.set(name, nameAt.start);
    if (nameAt && name === "port") portsAt = placesIn(text, at);
  });
  const fault: DsnError | null = scan.fault ? faultError(scan.fault) : null;
  const first = firstOf(fault, bad);
  if (first) return err(first);
  const scheme = text.startsWith("postgres:") ? "postgres" : "postgresql";
  return ok({ form: "uri", scheme, values, positions, portsAt, names, lossyAt });
}

function firstOf(a: DsnError | null, b: DsnError | null): DsnError | null {
  if (!a || !b) return a ?? b;
  return (a.position ?? 0) <= (b.position ?? 0) ? a : b;
}

function readKeywords(text: string): Result<DsnValues, DsnError> {
  const scan = scanKeywords(text);
  if (scan.fault) return err(faultError(scan.fault));
  let portsAt: readonly number[] = [];
  const values = new Map<string, string>();
  const positions = new Map<string, number>();
  const names = new Map<string, number>();
  for (const { key, raw, value } of scan.entries) {
    const [name, meant] = translate("keyword", cut(text, key), value);
    values.set(name, meant);
    positions.set(name, raw.start);
    names.set(name, key.start);
    if (name === "port") portsAt = placesIn(text, raw);
  }
  const nameless = scan.entries.find(({ key }) => key.end === key.start);
  if (nameless)
    return err(dsnError("read.invalid", "An = has no keyword before it.", nameless.key.start, "Write keyword=value."));
  return ok({ form: "keyword", scheme: "postgresql", values, positions, portsAt, names, lossyAt: null });
}

/** What stands where `postgresql://` should: how it is wrong, where, and what would be right; null for anything else. */
function oddStart(text: string): readonly [message: string, position: number, next: string] | null {
  const head = text.slice(0, 200);
  const name = /^postgres(?:ql)?(?=:|\/\/)/i.exec(head)?.[0];
  if (name !== undefined && !head.slice(name.length).startsWith("://"))
    return [`After ${name} there is no ://.`, name.length, `Write ${name.toLowerCase()}://.`];
  return /^jdbc:/i.test(head)
    ? ["jdbc: is Java's spelling.", 0, "Start with postgresql://, with user:password@ in front of the host."]
    : null;
}

function schemeError(text: string): DsnError {
  if (text.trim() === "") {
    return dsnError(
      "read.invalid",
      "The string is empty.",
      0,
      "It looks like postgresql://user:password@host:5432/database.",
    );
  }
  if (/^\s/.test(text)) {
    return dsnError("read.unsupported-scheme", "The string starts with a space.", 0, "Start it with postgresql://.");
  }
  const odd = oddStart(text);
  if (odd) return dsnError("read.unsupported-scheme", ...odd);
  const scheme = /^([A-Za-z][A-Za-z0-9.-]{0,30})(\+[A-Za-z0-9_]{1,30})?:\/\//.exec(text);
  if (!scheme)
    return dsnError(
      "read.unsupported-scheme",
      "The string does not start with postgresql://.",
      0,
      /postgres(?:ql)?(?:\+\w{1,30})?:\/\//.test(text)
        ? "Take away what stands before it."
        : "Put postgresql:// in front.",
    );
  const name = scheme[1]?.toLowerCase() ?? "";
  if (name !== "postgresql" && name !== "postgres") {
    return dsnError(
      "read.unsupported-scheme",
      `${scheme[1]}:// is not PostgreSQL.`,
      0,
      "A PostgreSQL string starts with postgresql://.",
    );
  }
  const why = scheme[2]
    ? `${scheme[0]} is SQLAlchemy's spelling; asyncpg and libpq refuse it.`
    : "The scheme is written in capitals; libpq refuses it.";
  return dsnError("read.unsupported-scheme", why, 0, "Start the string with postgresql://.");
}

/** What can be saved from any text, broken or not: used where a person goes on editing. Never fails. */
export function salvageValues(text: string): DsnValues {
  const read = readValues(text);
  if (read.ok) return read.value;
  const values = new Map<string, string>();
  const positions = new Map<string, number>();
  const put = (key: string, value: string, at: Span) => {
    if (key !== "") values.set(key, value.replaceAll("\0", ""));
    positions.set(key, at.start);
  };
  const isKeywords = schemeEnd(text) === null && isKeywordForm(text);
  if (isKeywords) for (const { key, raw, value } of scanKeywords(text).entries) put(cut(text, key), value, raw);
  else {
    const trimmed = text.trimStart();
    const scheme = /^[A-Za-z][\w+.-]{0,60}:\/\//.exec(trimmed);
    const start = text.length - trimmed.length + (scheme ? scheme[0].length : 0);
    collect(scanUri(text, start), (pieces) => decodeLenient(joined(text, pieces)), put);
  }
  const scheme = text.startsWith("postgres://") ? "postgres" : "postgresql";
  return {
    form: isKeywords ? "keyword" : "uri",
    scheme,
    values,
    positions,
    portsAt: [],
    names: new Map(),
    lossyAt: null,
  };
}

const NOTHING_SAID: DsnValues = {
  form: "keyword",
  scheme: "postgresql",
  values: new Map(),
  positions: new Map(),
  names: new Map(),
  portsAt: [],
  lossyAt: null,
};

/** True for a parameter that libpq of a PostgreSQL major takes. */
const isKnown = (name: string, major: number): boolean =>
  ((LIBPQ_KEYWORDS.get(name) ?? COMING_KEYWORDS.get(name))?.since ?? Number.POSITIVE_INFINITY) <= major ||
  (FORMER_KEYWORDS.get(name)?.until ?? 0) >= major;

function unknownKeyword(name: string, position: number | null): DsnError {
  const since = (LIBPQ_KEYWORDS.get(name) ?? COMING_KEYWORDS.get(name))?.since;
  const why = since === undefined ? "." : `: it came with libpq ${since}.`;
  return dsnError("read.invalid", `libpq knows no parameter ${JSON.stringify(name)}${why}`, position, "Take it out.");
}

/**
 * PQconninfoParse's answer in libpq of a PostgreSQL major, 13 to 19: the values, or why it refuses the string (an
 * unknown keyword among the reasons).
 */
export function readAsLibpq(text: string, major = NEWEST_LIBPQ): Result<DsnValues, DsnError> {
  // libpq takes an empty string as "all defaults".
  if (/^[ \t\n\v\f\r]*$/.test(text)) {
    return ok(NOTHING_SAID);
  }
  const read = readValues(text, major >= 18 ? "trimmed" : "kept");
  if (!read.ok) return read;
  for (const [name] of read.value.values) {
    if (isKnown(name, major)) continue;
    return err(unknownKeyword(name, read.value.names.get(name) ?? null));
  }
  return read;
}
