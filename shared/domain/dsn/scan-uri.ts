/** A piece of the text, as indexes of UTF-16 units: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface HostSpan {
  /** Without the brackets. */
  readonly host: Span;
  readonly port: Span | null;
}

export interface ParameterSpan {
  readonly key: Span;
  readonly value: Span | null;
}

export interface Fault {
  readonly position: number;
  readonly reason:
    | "bracket-unclosed"
    | "bracket-empty"
    | "bracket-after"
    | "parameter-without-value"
    | "parameter-extra-equals"
    | "keyword-without-value"
    | "quote-unclosed";
}

/** Where the parts of a URI lie; raw, nothing decoded. Only `fault` says whether libpq would go on. */
export interface UriScan {
  readonly user: Span | null;
  readonly password: Span | null;
  readonly hosts: readonly HostSpan[];
  readonly database: Span | null;
  readonly parameters: readonly ParameterSpan[];
  /** The first thing that breaks the form; later parts are then a best guess. */
  readonly fault: Fault | null;
}

/** Index of the first character of `signs` at or after `from`, or the length of the text. */
function indexOfAny(text: string, signs: string, from: number): number {
  let index = from;
  while (index < text.length && !signs.includes(text[index] as string)) index += 1;
  return index;
}

/** The scan made last: libpq's reading, the colours, the warnings and the summary all ask about the same text in turn. */
let last: { readonly text: string; readonly start: number; readonly scan: UriScan } | null = null;

/**
 * Splits a URI by libpq's rules (conninfo_uri_parse_options in fe-connect.c): the user part ends at the first
 * `@` that no `/` precedes; `?` and `#` do not end it. `start` is the index after `://`. Linear, never throws.
 */
export function scanUri(text: string, start: number): UriScan {
  if (last?.text !== text || last.start !== start) last = { text, start, scan: scan(text, start) };
  return last.scan;
}

function scan(text: string, start: number): UriScan {
  let fault: Fault | null = null;
  const fail = (position: number, reason: Fault["reason"]) => {
    fault ??= { position, reason };
  };
  let user: Span | null = null;
  let password: Span | null = null;
  let at = start;
  const look = indexOfAny(text, "@/", start);
  if (text[look] === "@") {
    const colon = text.indexOf(":", start);
    const userEnd = colon >= 0 && colon < look ? colon : look;
    user = { start, end: userEnd };
    if (userEnd < look) password = { start: userEnd + 1, end: look };
    at = look + 1;
  }
  const hosts: HostSpan[] = [];
  for (;;) {
    let host: Span;
    if (text[at] === "[") {
      const close = text.indexOf("]", at);
      if (close < 0) {
        fail(at, "bracket-unclosed");
        host = { start: at + 1, end: text.length };
        at = text.length;
      } else {
        host = { start: at + 1, end: close };
        if (close === at + 1) fail(at, "bracket-empty");
        at = close + 1;
        const next = indexOfAny(text, ":/?,", at);
        if (next > at) fail(at, "bracket-after");
        at = next;
      }
    } else {
      const end = indexOfAny(text, ":/?,", at);
      host = { start: at, end };
      at = end;
    }
    let port: Span | null = null;
    if (text[at] === ":") {
      const end = indexOfAny(text, "/?,", at + 1);
      port = { start: at + 1, end };
      at = end;
    }
    hosts.push({ host, port });
    if (text[at] !== ",") break;
    at += 1;
  }
  let database: Span | null = null;
  if (text[at] === "/") {
    const end = indexOfAny(text, "?", at + 1);
    database = { start: at + 1, end };
    at = end;
  }
  const parameters = text[at] === "?" ? scanQuery(text, at + 1, fail) : [];
  return { user, password, hosts, database, parameters, fault };
}

function scanQuery(
  text: string,
  start: number,
  fail: (position: number, reason: Fault["reason"]) => void,
): readonly ParameterSpan[] {
  const parameters: ParameterSpan[] = [];
  let at = start;
  while (at < text.length) {
    const end = indexOfAny(text, "&", at);
    const equals = indexOfAny(text, "=&", at);
    if (equals >= end) {
      fail(at, "parameter-without-value");
      parameters.push({ key: { start: at, end }, value: null });
    } else {
      const extra = indexOfAny(text, "=&", equals + 1);
      if (extra < end) fail(extra, "parameter-extra-equals");
      parameters.push({ key: { start: at, end: equals }, value: { start: equals + 1, end } });
    }
    at = end + 1;
  }
  return parameters;
}

/** The text of a span. */
export const cut = (text: string, span: Span): string => text.slice(span.start, span.end);

/** Index after `postgresql://` or `postgres://` (lower case, as libpq wants it), or null when neither is there. */
export function schemeEnd(text: string): number | null {
  for (const scheme of ["postgresql://", "postgres://"]) if (text.startsWith(scheme)) return scheme.length;
  return null;
}
