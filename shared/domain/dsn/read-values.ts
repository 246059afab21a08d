import { err, ok, type Result } from "../result";
import { type DsnError, dsnError } from "./error";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { decodeLenient, decodeStrict } from "./percent";
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
function translate(form: DsnValues["form"], key: string, value: string): readonly [string, string] {
  if (form === "uri" && key === "ssl" && value === "true") return ["sslmode", "require"];
  if (key === "requiressl") return ["sslmode", value.startsWith("1") ? "require" : "prefer"];
  return [key, value];
}

type Decode = (span: Span) => string;

/** Puts the parts of a URI in libpq's order of storing, the query last, so that it wins. */
function collect(scan: UriScan, decode: Decode, put: (key: string, value: string, at: Span) => void): void {
  const putFilled = (key: string, span: Span | null) => {
    if (span && span.end > span.start) put(key, decode(span), span);
  };
  putFilled("user", scan.user);
  putFilled("password", scan.password);
  const first = scan.hosts[0];
  const hosts = scan.hosts.map((one) => decode(one.host)).join(",");
  const ports = scan.hosts.map((one) => (one.port ? decode(one.port) : "")).join(",");
  if (first && hosts !== "") put("host", hosts, first.host);
  if (first && ports !== "") put("port", ports, scan.hosts.find((one) => one.port)?.port ?? first.host);
  putFilled("dbname", scan.database);
  for (const { key, value } of scan.parameters) put(decode(key), value ? decode(value) : "", value ?? key);
}

/** Takes a string apart as libpq's PQconninfoParse, unknown keywords kept. Linear, never throws. */
export function readValues(text: string): Result<DsnValues, DsnError> {
  const nul = text.indexOf("\0");
  if (nul >= 0) return err(dsnError("read.invalid", "There is a NUL character in the string.", nul, "Take it out."));
  const start = schemeEnd(text);
  if (start === null) return isKeywordForm(text) ? readKeywords(text) : err(schemeError(text));
  const scan = scanUri(text, start);
  const values = new Map<string, string>();
  const positions = new Map<string, number>();
  let bad: DsnError | null = null;
  let lossyAt: number | null = null;
  const decode: Decode = (span) => {
    const decoded = decodeStrict(cut(text, span));
    if (decoded.kind === "text") {
      if (decoded.lossy) lossyAt ??= span.start;
      return decoded.text;
    }
    bad ??=
      decoded.reason === "nul"
        ? dsnError("read.invalid", "%00 is not allowed.", span.start + decoded.offset, "Take it out.")
        : dsnError(
            "read.invalid",
            "A % is not followed by two hex digits.",
            span.start + decoded.offset,
            "Write a plain % as %25.",
          );
    return "";
  };
  collect(scan, decode, (key, value, at) => {
    const [name, meant] = translate("uri", key, value);
    values.set(name, meant);
    positions.set(name, at.start);
  });
  const fault: DsnError | null = scan.fault ? faultError(scan.fault) : null;
  const first = firstOf(fault, bad);
  if (first) return err(first);
  const scheme = text.startsWith("postgres:") ? "postgres" : "postgresql";
  return ok({ form: "uri", scheme, values, positions, lossyAt });
}

function firstOf(a: DsnError | null, b: DsnError | null): DsnError | null {
  if (!a || !b) return a ?? b;
  return (a.position ?? 0) <= (b.position ?? 0) ? a : b;
}

function readKeywords(text: string): Result<DsnValues, DsnError> {
  const scan = scanKeywords(text);
  if (scan.fault) return err(faultError(scan.fault));
  const values = new Map<string, string>();
  const positions = new Map<string, number>();
  for (const { key, raw, value } of scan.entries) {
    const [name, meant] = translate("keyword", cut(text, key), value);
    values.set(name, meant);
    positions.set(name, raw.start);
  }
  const nameless = scan.entries.find(({ key }) => key.end === key.start);
  if (nameless)
    return err(dsnError("read.invalid", "An = has no keyword before it.", nameless.key.start, "Write keyword=value."));
  return ok({ form: "keyword", scheme: "postgresql", values, positions, lossyAt: null });
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
  const scheme = /^([A-Za-z][A-Za-z0-9.-]{0,30})(\+[A-Za-z0-9_]{1,30})?:\/\//.exec(text);
  if (!scheme)
    return dsnError(
      "read.unsupported-scheme",
      "The string does not start with postgresql://.",
      0,
      "Put postgresql:// in front.",
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
    collect(scanUri(text, start), (span) => decodeLenient(cut(text, span)), put);
  }
  const scheme = text.startsWith("postgres://") ? "postgres" : "postgresql";
  return { form: isKeywords ? "keyword" : "uri", scheme, values, positions, lossyAt: null };
}

/** PQconninfoParse's answer: the values, or why libpq refuses the string (an unknown keyword among the reasons). */
export function readAsLibpq(text: string): Result<DsnValues, DsnError> {
  // libpq takes an empty string as "all defaults".
  if (/^[ \t\n\v\f\r]*$/.test(text)) {
    return ok({ form: "keyword", scheme: "postgresql", values: new Map(), positions: new Map(), lossyAt: null });
  }
  const read = readValues(text);
  if (!read.ok) return read;
  for (const [name] of read.value.values) {
    if (LIBPQ_KEYWORDS.has(name)) continue;
    const at = read.value.positions.get(name) ?? null;
    return err(dsnError("read.invalid", `libpq knows no parameter ${JSON.stringify(name)}.`, at, "Take it out."));
  }
  return read;
}
