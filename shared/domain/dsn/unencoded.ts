import { encodePart } from "./percent";
import { cut, type Span, scanUri, schemeEnd } from "./scan-uri";

/** A way to read the string in which raw signs in the user or password are the only thing wrong. */
export interface Mend {
  readonly dsn: string;
  readonly title: string;
}

export interface Unencoded {
  /** Index of the first sign that should be encoded. */
  readonly position: number;
  readonly mends: readonly Mend[];
}

/** Signs that end or break the user part for libpq, asyncpg or node-postgres when they stand there raw. */
const RAW_SIGN = /[@/?#[\]\\\s]|%(?![0-9A-Fa-f]{2})/g;
const HOST_AFTER = /^(?:\[[0-9A-Fa-f:.%]+\]|[\p{L}\p{N}._%-]*)(?::\d{0,5})?(?:[/?,]|$)/u;
/** Strings longer than this are not looked through for mends. */
const MOST = 20_000;

const words = (signs: readonly string[]): string =>
  signs.length < 2 ? signs.join("") : `${signs.slice(0, -1).join(", ")} and ${signs[signs.length - 1]}`;

const signName = (sign: string): string => (/\s/.test(sign) ? "the space" : sign);

/** Encodes all but escapes that are there already. */
const encodeRest = (part: string): string =>
  part
    .split(/(%[0-9A-Fa-f]{2})/)
    .map((piece, index) => (index % 2 === 1 ? piece : encodePart(piece)))
    .join("");

function mendAt(text: string, start: number, at: number): Unencoded | null {
  if (!HOST_AFTER.test(text.slice(at + 1, at + 300))) return null;
  const credentials = text.slice(start, at);
  const raw = [...credentials.matchAll(RAW_SIGN)];
  const first = raw[0];
  if (first?.index === undefined) return null;
  const colon = credentials.indexOf(":");
  const user = colon < 0 ? credentials : credentials.slice(0, colon);
  const password = colon < 0 ? null : credentials.slice(colon + 1);
  const write = (encode: (part: string) => string) =>
    text.slice(0, start) + encode(user) + (password === null ? "" : `:${encode(password)}`) + text.slice(at);
  const where = password !== null && first.index > colon ? "password" : "user name";
  const signs = [...new Set(raw.map((match) => signName(match[0])))];
  const mends: Mend[] = [{ dsn: write(encodeRest), title: `Encode ${words(signs)} in the ${where}` }];
  if (/%[0-9A-Fa-f]{2}/.test(credentials)) {
    // A password such as "a%41@b" may mean the percent sign itself.
    mends.push({ dsn: write(encodePart), title: `Encode ${words([...new Set([...signs, "%"])])} in the ${where}` });
  }
  return { position: start + first.index, mends };
}

/** Looks for raw signs in the user part: the last `@` that a host follows is taken as its true end. Null when none fits. */
export function findUnencoded(text: string): Unencoded | null {
  const start = schemeEnd(text);
  if (start === null || text.length > MOST) return null;
  // An `@` in a parameter's value is an everyday thing; look before the query first.
  const query = text.slice(start).search(/\?[A-Za-z_]+=/);
  const ends = query < 0 ? [text.length] : [start + query, text.length];
  for (const end of ends) {
    let at = text.lastIndexOf("@", end - 1);
    for (let tries = 0; at >= start && tries < 3; tries += 1) {
      const found = mendAt(text, start, at);
      if (found) return found;
      at = at === 0 ? -1 : text.lastIndexOf("@", at - 1);
    }
  }
  return null;
}

/**
 * What speaks for raw signs in the user part of a string that libpq can read. "torn" is as good as certain: an `@`
 * in a host, or in a database's name with a `/` behind it. The others leave room for an odd name.
 */
export type Suspicion = "torn" | "at-in-database" | "cut-by-asyncpg";

/** Null for anything that no raw sign in the user or password would explain. */
export function suspect(text: string): Suspicion | null {
  const start = schemeEnd(text);
  if (start === null) return null;
  const { user, password, hosts, database } = scanUri(text, start);
  const name = database ? cut(text, database) : "";
  const holdsAt = (span: Span | null) => span !== null && cut(text, span).includes("@");
  if (hosts.some(({ host, port }) => holdsAt(host) || holdsAt(port)) || /@[^/@]*\//.test(name)) return "torn";
  // asyncpg ends the whole user part at `#` or `?`, and Python refuses a lone bracket there.
  if ([user, password].some((span) => span !== null && /[#?[\]]/.test(cut(text, span)))) return "cut-by-asyncpg";
  return user === null && name.includes("@") ? "at-in-database" : null;
}
