import type { Fault, Span } from "./scan-uri";

/** One `keyword = value`; the value has its quotes and backslashes taken away. */
export interface KeywordEntry {
  readonly key: Span;
  /** As it stands in the text, quotes included. */
  readonly raw: Span;
  readonly value: string;
}

export interface KeywordScan {
  readonly entries: readonly KeywordEntry[];
  readonly fault: Fault | null;
}

/** C's isspace, which is what libpq asks. */
const isSpace = (sign: string | undefined): boolean => sign !== undefined && " \t\n\v\f\r".includes(sign);

/** A setting that holds a URI, as it stands in a file: its name is none of libpq's, and its value has the password. */
function isAssignedUri(text: string): boolean {
  const name = /^\s*(\w+)\s*=\s*["']?postgres(?:ql)?(?:\+\w+)?:\/\//.exec(text)?.[1];
  return name !== undefined && (name !== name.toLowerCase() || /(?:url|uri|dsn)$/.test(name));
}

/** True for `host=... port=...`: a keyword and `=` come first, and no scheme. */
export const isKeywordForm = (text: string): boolean =>
  /^[ \t\n\v\f\r]*[A-Za-z_]\w*[ \t\n\v\f\r]*=/.test(text) && !isAssignedUri(text);

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text[at])) at += 1;
  return at;
}

/** Reads a value that starts at `start`; `end` is null when its quote never closes. */
function readValue(text: string, start: number): { readonly value: string; readonly end: number | null } {
  const quoted = text[start] === "'";
  const pieces: string[] = [];
  let at = quoted ? start + 1 : start;
  while (at < text.length) {
    const sign = text[at] as string;
    if (quoted ? sign === "'" : isSpace(sign)) return { value: pieces.join(""), end: quoted ? at + 1 : at };
    if (sign === "\\") at += 1;
    if (at < text.length) pieces.push(text[at] as string);
    at += 1;
  }
  return { value: pieces.join(""), end: quoted ? null : text.length };
}

/** Splits the keyword/value form by libpq's rules (conninfo_parse in fe-connect.c). Linear, never throws. */
export function scanKeywords(text: string): KeywordScan {
  const entries: KeywordEntry[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const start = at;
    while (at < text.length && text[at] !== "=" && !isSpace(text[at])) at += 1;
    const key = { start, end: at };
    at = skipSpace(text, at);
    if (text[at] !== "=") return { entries, fault: { position: start, reason: "keyword-without-value" } };
    at = skipSpace(text, at + 1);
    const { value, end } = readValue(text, at);
    entries.push({ key, raw: { start: at, end: end ?? text.length }, value });
    if (end === null) return { entries, fault: { position: at, reason: "quote-unclosed" } };
    at = skipSpace(text, end);
  }
  return { entries, fault: null };
}

/** Writes a value for the keyword/value form, in quotes only where it needs them. */
export function quoteKeywordValue(value: string): string {
  if (value !== "" && !/[\s'\\]/.test(value)) return value;
  return `'${value.replace(/[\\']/g, (sign) => `\\${sign}`)}'`;
}
