import { isSecretParameter, LIBPQ_KEYWORDS } from "./libpq-keywords";
import { parseConnectionString } from "./parse";
import { decodeLenient, decodeStrict } from "./percent";
import { isKeywordForm, scanKeywords } from "./scan-keywords";
import { cut, type Span, scanUri, schemeEnd } from "./scan-uri";

export type UriPartKind = "scheme" | "user" | "password" | "host" | "database" | "parameter" | "mark" | "error";

/** A piece of the text as it stands; the pieces of one text put together are that text. */
export interface UriPart {
  readonly kind: UriPartKind;
  readonly text: string;
}

type Place = Span & { readonly kind: UriPartKind };

const goodPort = (port: string): boolean => {
  const decoded = decodeStrict(port);
  if (decoded.kind !== "text") return false;
  return (
    decoded.text === "" ||
    (/^\d{1,6}$/.test(decoded.text) && Number(decoded.text) >= 1 && Number(decoded.text) <= 65535)
  );
};

/**
 * The stretch from the first `:` to the last `@`, where that is likelier a password than what libpq makes of it.
 * An `@` behind the user part is enough; one in a parameter's value counts only where the rest looks wrong too.
 */
function hiddenStretch(text: string, start: number): Span | null {
  const colon = text.indexOf(":", start);
  if (colon < 0) return null;
  const parsed = parseConnectionString(text);
  const looksWrong = !parsed.ok || parsed.value.notes.length > 0;
  const query = text.slice(start).search(/\?[A-Za-z_]+=/);
  const end = looksWrong || query < 0 ? text.length : start + query;
  const at = text.lastIndexOf("@", end - 1);
  const { user, password } = scanUri(text, start);
  const natural = password?.end ?? user?.end ?? -1;
  return at > colon && at !== natural ? { start: colon + 1, end: at } : null;
}

/** True when a part outside the user and password may be a piece of the password: then none of it is shown. */
export function mayShowPassword(text: string): boolean {
  const start = schemeEnd(text);
  return start === null ? hasSpilled(text) : hiddenStretch(text, start) !== null;
}

/** keyword=value text in which a word that is no keyword of libpq's follows a password. */
function hasSpilled(text: string): boolean {
  if (!isKeywordForm(text)) return false;
  const names = scanKeywords(text).entries.map(({ key }) => cut(text, key));
  const first = names.findIndex(isSecretParameter);
  return first >= 0 && names.some((name, index) => index > first && !LIBPQ_KEYWORDS.has(name));
}

/** `user:` and something that is no port, with no `@` yet: a password that is just being typed, most likely. */
function begunPassword(text: string, start: number): Span | null {
  if (text.includes("@", start)) return null;
  const port = scanUri(text, start).hosts[0]?.port;
  // Digits alone are a port, if a wrong one.
  return port && !/^\d*$/.test(cut(text, port)) ? { start: port.start, end: text.length } : null;
}

/** The stretch of a text that may be the password although the text does not say so; null where none is. */
export function doubtfulStretch(text: string): Span | null {
  const start = schemeEnd(text) ?? OTHER_SCHEME.exec(text)?.[0].length ?? (isKeywordForm(text) ? null : 0);
  return start === null ? null : (hiddenStretch(text, start) ?? begunPassword(text, start));
}

function uriPlaces(text: string, start: number, knownScheme: boolean): readonly Place[] {
  const places: Place[] = [{ kind: knownScheme ? "scheme" : "error", start: 0, end: start }];
  const put = (kind: UriPartKind, span: Span | null) => {
    if (span && span.end > span.start) places.push({ ...span, kind });
  };
  const begun = begunPassword(text, start);
  const hidden = begun ?? hiddenStretch(text, start);
  if (hidden) {
    put(begun ? "host" : "user", { start, end: hidden.start - 1 });
    put("password", hidden);
  }
  const from = hidden ? hidden.end + 1 : start;
  const scan = scanUri(text, from);
  put("user", scan.user);
  put("password", scan.password);
  for (const { host, port } of scan.hosts) {
    put(decodeStrict(cut(text, host)).kind === "text" ? "host" : "error", host);
    if (port) put(goodPort(cut(text, port)) ? "host" : "error", port);
  }
  put(scan.database && decodeStrict(cut(text, scan.database)).kind === "bad" ? "error" : "database", scan.database);
  for (const { key, value } of scan.parameters) {
    put(value ? "parameter" : "error", key);
    put(isSecretParameter(decodeLenient(cut(text, key))) ? "password" : "parameter", value);
  }
  return places;
}

const KEYWORD_KINDS: Readonly<Record<string, UriPartKind>> = {
  user: "user",
  host: "host",
  hostaddr: "host",
  port: "host",
  dbname: "database",
};

/** A whole string in the place of a value: it may have a password of its own. */
const holdsUri = (value: string): boolean => {
  const scheme = value.indexOf("://");
  return scheme >= 0 && value.lastIndexOf("@") > scheme;
};

/** What follows a password and is no keyword of libpq's is taken for more of it: a raw space ended the value. */
function keywordPlaces(text: string): readonly Place[] {
  const { entries, fault } = scanKeywords(text);
  const places: Place[] = [];
  for (const { key, raw } of entries) {
    const name = cut(text, key);
    if (places[places.length - 1]?.kind === "password" && !LIBPQ_KEYWORDS.has(name)) {
      places.push({ start: key.start, end: raw.end, kind: "password" });
      continue;
    }
    places.push({ ...key, kind: "parameter" });
    const isSecret = isSecretParameter(name) || holdsUri(cut(text, raw));
    places.push({ ...raw, kind: isSecret ? "password" : (KEYWORD_KINDS[name] ?? "parameter") });
  }
  // After a break in the form the rest may be the tail of a password with a space in it.
  const last = places[places.length - 1];
  if (fault?.reason === "keyword-without-value")
    places.push({ start: last?.end ?? 0, end: text.length, kind: last?.kind === "password" ? "password" : "error" });
  return places;
}

const OTHER_SCHEME = /^\s*[A-Za-z][\w+.-]{0,60}:\/\//;

function placesOf(text: string): readonly Place[] {
  const known = schemeEnd(text);
  if (known !== null) return uriPlaces(text, known, true);
  if (isKeywordForm(text)) return keywordPlaces(text);
  const other = OTHER_SCHEME.exec(text);
  if (other) return uriPlaces(text, other[0].length, false);
  const colon = text.indexOf(":");
  const lastAt = text.lastIndexOf("@");
  if (colon >= 0 && lastAt > colon) {
    return [
      { kind: "error", start: 0, end: colon },
      { kind: "password", start: colon + 1, end: lastAt },
      { kind: "error", start: lastAt + 1, end: text.length },
    ];
  }
  return [{ kind: "error", start: 0, end: text.length }];
}

/** Cuts a text into its parts for colouring and masking; their texts put together are the text. Never fails. */
export function uriParts(text: string): readonly UriPart[] {
  const parts: UriPart[] = [];
  let at = 0;
  for (const { start, end, kind } of placesOf(text)) {
    if (start > at) parts.push({ kind: "mark", text: text.slice(at, start) });
    if (end > start) parts.push({ kind, text: text.slice(start, end) });
    at = Math.max(at, end);
  }
  if (at < text.length) parts.push({ kind: "mark", text: text.slice(at) });
  return parts;
}

/** The text with every password as `***`; where the text is broken, what may be a piece of one is hidden too. */
export function maskUri(text: string): string {
  const isUri = text.includes("://");
  return uriParts(text)
    .map((part, index) => {
      if (part.kind === "password") return "***";
      // A wrong scheme is no secret; a wrong port or a stray end may be the rest of a password.
      return part.kind === "error" && index > 0 && (isUri || isKeywordForm(text)) ? "***" : part.text;
    })
    .join("");
}
