import { ASYNCPG_PARAMETERS } from "./asyncpg";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { decodeStrict, encodePart } from "./percent";
import { cut, type Span, scanUri, schemeEnd } from "./scan-uri";
import { isServerSetting } from "./server-settings";

/** A way to read the string in which raw signs are the only thing wrong. */
export interface Mend {
  readonly dsn: string;
  /** What it does, in words; never quotes the string but for the signs it encodes. */
  readonly title: string;
}

export interface Unencoded {
  /** Index of the first sign that should be encoded, in the likeliest reading. */
  readonly position: number;
  /** Likeliest first. */
  readonly mends: readonly Mend[];
}

/** Signs that end or break the user part for libpq, asyncpg or node-postgres when they stand there raw. */
const RAW_SIGN = /[@/?#[\]\\\s]|%(?![0-9A-Fa-f]{2})/g;
const RAW_SIGN_OR_PERCENT = /[@/?#[\]\\\s%]/g;
/** A host, its port, and what may follow it: group 1 is the host, 2 the port. */
const HOST_AFTER = /^(\[[0-9A-Fa-f:.%]+\]|[\p{L}\p{N}._%-]*)(?::(\d{0,5}))?(?:[/?,]|$)/u;
/** A host that hardly anything else looks like. */
const CLEAR_HOST = /^(?:localhost|\[.*\]|%2F.*|.+\.\p{L}{2,}|\d{1,3}(?:\.\d{1,3}){3})$/iu;
/** Escapes a person writes on purpose: those of signs. One of a letter or a digit is more likely a raw `%`. */
const ESCAPED_SIGN = /%(?:2[0-9A-F]|3[A-F]|40|5[B-F]|60|7[B-E]|[C-F][0-9A-F])/i;
/** Strings longer than this are not looked through for mends. */
const LONGEST = 20_000;
/** As many `@` are tried, from the end; as many readings are offered. */
const MOST_ENDS = 12;
const MOST_MENDS = 5;

const listed = (signs: readonly string[]): string =>
  signs.length < 2 ? signs.join("") : `${signs.slice(0, -1).join(", ")} and ${signs[signs.length - 1]}`;

const signName = (sign: string): string => (/\s/.test(sign) ? "the space" : sign);

/** Encodes all but escapes that are there already. */
const encodeRest = (part: string): string =>
  part
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((piece, index) => (index % 2 === 1 ? piece : encodePart(piece)))
    .join("");

/** One `@` taken for the end of the user part. */
interface Reading {
  readonly at: number;
  /** The database's name, where a raw `@` in it would have to be encoded; null where there is none. */
  readonly oddDatabase: Span | null;
  readonly likelihood: number;
}

/** The readings that make sense, likeliest first; of equals the one that ends at the later `@`. */
function readings(text: string, start: number): readonly Reading[] {
  // An `@` in a parameter's value is an everyday thing: one after the `?` is the last to be thought of.
  const query = text.slice(start).search(/\?[A-Za-z_]+=/);
  const found: (Reading & { readonly clear: boolean })[] = [];
  let at = text.lastIndexOf("@");
  for (let tries = 0; at >= start && tries < MOST_ENDS; tries += 1) {
    const [head, host = "", port] = HOST_AFTER.exec(text.slice(at + 1, at + 300)) ?? [];
    const fits = head !== undefined && Number(port ?? "1") <= 65535 && !(host === "" && port !== undefined);
    if (fits) {
      const slash = at + head.length;
      const end = text.indexOf("?", slash);
      const database = { start: slash + 1, end: end < 0 ? text.length : end };
      const name = text[slash] === "/" ? cut(text, database) : "";
      const clear = CLEAR_HOST.test(host) || (host !== "" && port !== undefined && port !== "");
      const likelihood =
        (clear ? 2 : 0) -
        (host === "" ? 2 : 0) -
        (name.includes("@") ? 2 : 0) -
        (name.includes("/") ? 2 : 0) -
        (query >= 0 && at > start + query ? 3 : 0);
      found.push({ at, clear, likelihood, oddDatabase: name.includes("@") ? database : null });
    }
    at = at === 0 ? -1 : text.lastIndexOf("@", at - 1);
  }
  return found
    .map((one) => {
      // A whole address inside a password is rarer than an `@` in a database's name.
      const swallowed = found.some((other) => other.at < one.at && other.clear);
      return swallowed ? { ...one, likelihood: one.likelihood - 1 } : one;
    })
    .sort((a, b) => b.likelihood - a.likelihood || b.at - a.at);
}

/** The strings that one reading may mean: with the escapes in it kept, and with every `%` taken for itself. */
function mendsOf(text: string, start: number, { at, oddDatabase }: Reading): Unencoded | null {
  const credentials = text.slice(start, at);
  const read = decodeStrict(credentials);
  // Escapes that make no text were none.
  const noEscapes = read.kind === "bad" || read.lossy;
  const raw = [...credentials.matchAll(noEscapes ? RAW_SIGN_OR_PERCENT : RAW_SIGN)];
  const first = raw[0]?.index ?? null;
  // A colon with nothing behind it is no password that would explain the rest.
  if ((first === null && oddDatabase === null) || /^[^:]*:$/.test(credentials)) return null;
  const colon = credentials.indexOf(":");
  const user = colon < 0 ? credentials : credentials.slice(0, colon);
  const password = colon < 0 ? null : credentials.slice(colon + 1);
  const tail = oddDatabase
    ? text.slice(at, oddDatabase.start) + encodeRest(cut(text, oddDatabase)) + text.slice(oddDatabase.end)
    : text.slice(at);
  const write = (encode: (part: string) => string) =>
    text.slice(0, start) + encode(user) + (password === null ? "" : `:${encode(password)}`) + tail;
  const places: string[] = [];
  if (first !== null && first < (colon < 0 ? credentials.length : colon)) places.push("the user name");
  if (colon >= 0 && raw.some(({ index }) => index > colon)) places.push("the password");
  if (oddDatabase) places.push("the database's name");
  const inDatabase = oddDatabase ? (cut(text, oddDatabase).match(/[@/]/g) ?? []) : [];
  const signs = [...new Set([...raw.map((match) => signName(match[0])), ...inDatabase])];
  const title = (all: readonly string[]) => `Encode ${listed([...new Set(all)])} in ${listed(places)}`;
  const kept: Mend = { dsn: write(encodeRest), title: title(signs) };
  const position = first === null ? text.indexOf("@", oddDatabase?.start) : start + first;
  if (!/%[0-9A-Fa-f]{2}/.test(credentials)) return { position, mends: [kept] };
  const literal: Mend = { dsn: write(encodePart), title: title([...signs, "%"]) };
  const onPurpose = ESCAPED_SIGN.test(credentials) && !signs.includes("%");
  return { position, mends: onPurpose ? [kept, literal] : [literal, kept] };
}

/** Two readings may encode the same signs: the later ones say which `@` they end the password at. */
function withoutTwins(mends: readonly (Mend & { readonly end: number })[]): readonly Mend[] {
  const dsns = new Set<string>();
  const titles = new Set<string>();
  return mends.flatMap(({ dsn, title, end }) => {
    if (dsns.has(dsn)) return [];
    dsns.add(dsn);
    const own = titles.has(title) ? `${title}, which ends at @ number ${end}` : title;
    titles.add(title);
    return [{ dsn, title: own }];
  });
}

/**
 * Looks for raw signs in the user part: each `@` that a host follows may be its true end, and one in the database's
 * name may belong there. The true reading of raw signs in a password is among the mends as long as the user's name
 * holds no raw `:`, a host follows it, and fewer than 12 `@` come after. Null when none makes sense.
 */
export function findUnencoded(text: string): Unencoded | null {
  const start = schemeEnd(text);
  if (start === null || text.length > LONGEST) return null;
  const found = readings(text, start).flatMap((reading) => {
    const unencoded = mendsOf(text, start, reading);
    return unencoded ? [{ ...unencoded, end: text.slice(start, reading.at + 1).split("@").length - 1 }] : [];
  });
  const position = found[0]?.position;
  if (position === undefined) return null;
  const all = found.flatMap(({ mends, end }) => mends.map((mend) => ({ ...mend, end })));
  return { position, mends: withoutTwins(all).slice(0, MOST_MENDS) };
}

/**
 * What speaks for raw signs in the user part of a string that libpq can read. "torn" is as good as certain: an `@`
 * in a host, or in a database's name with a `/` behind it. The others leave room for an odd name or value.
 */
export type Suspicion = "torn" | "at-in-database" | "at-in-parameter" | "cut-by-asyncpg";

/** A password still to be put in, as cloud consoles write it: "[YOUR-PASSWORD]". */
const PLACEHOLDER = /^\[[A-Z][A-Z _-]*\]$/i;

/** Null for anything that no raw sign in the user or password would explain. */
export function suspect(text: string): Suspicion | null {
  const start = schemeEnd(text);
  if (start === null) return null;
  const { user, password, hosts, database, parameters } = scanUri(text, start);
  const name = database ? cut(text, database) : "";
  const holdsAt = (span: Span | null) => span !== null && cut(text, span).includes("@");
  if (hosts.some(({ host, port }) => holdsAt(host) || holdsAt(port)) || /@[^/@]*\//.test(name)) return "torn";
  // asyncpg ends the whole user part at `#` or `?`, and Python refuses a lone bracket there and drops a line end;
  // libpq 18 refuses a raw space or drops it.
  if ([user, password].some((span) => span !== null && isCut(cut(text, span)))) return "cut-by-asyncpg";
  if (name.includes("@")) return "at-in-database";
  // A `/` or `@` and a `?` in the password: its end stands as the value of a parameter nobody knows.
  const odd = parameters.some(({ key, value }) => (holdsAt(key) || holdsAt(value)) && !isParameter(cut(text, key)));
  return odd ? "at-in-parameter" : null;
}

const isCut = (part: string): boolean => /[#?[\]\t\r\n ]/.test(part) && !PLACEHOLDER.test(part);

const isParameter = (key: string): boolean =>
  LIBPQ_KEYWORDS.has(key) || ASYNCPG_PARAMETERS.has(key) || isServerSetting(key);
