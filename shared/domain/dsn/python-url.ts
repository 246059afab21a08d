import { err, ok, type Result } from "../result";

/** The pieces of a URL, raw, the way Python cuts them. */
export interface PythonUrl {
  readonly scheme: string;
  readonly netloc: string;
  readonly path: string;
  readonly query: string;
}

/** True when a letter of the authority turns into a URL sign under NFKC: Python refuses such a host (bpo-36216). */
function hidesSign(netloc: string): boolean {
  if (/^[\0-\x7f]*$/.test(netloc)) return false;
  const plain = netloc.replace(/[@:#?]/g, "");
  const folded = plain.normalize("NFKC");
  return folded !== plain && /[/?#@:]/.test(folded);
}

/** An IPv6 address as Python's ipaddress takes it: eight groups or one `::`, an IPv4 tail, a zone after `%`. */
export function isIpv6(text: string): boolean {
  const [address = "", zone, more] = text.split("%", 3);
  if (zone === "" || more !== undefined || address.length > 60) return false;
  const tail = /:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address);
  if (tail && (tail[1] ?? "").split(".").some((byte) => Number(byte) > 255 || /^0\d/.test(byte))) return false;
  const groups = tail ? `${address.slice(0, address.length - (tail[1] ?? "").length)}0:0` : address;
  const halves = groups.split("::");
  const count = groups.split(":").filter((group) => group !== "").length;
  const wellMade = groups
    .split("::")
    .every((half) => half === "" || half.split(":").every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)));
  return wellMade && (halves.length === 1 ? count === 8 : halves.length === 2 && count <= 7);
}

/** Python from 3.11.4 on (and Debian's 3.11.2) wants brackets around the whole host and nothing but an address in them. */
function hasBadBracket(netloc: string): boolean {
  if (netloc.includes("[") !== netloc.includes("]")) return true;
  if (!netloc.includes("[")) return false;
  const spec = netloc.slice(netloc.lastIndexOf("@") + 1);
  const open = spec.indexOf("[");
  if (open > 0) return true;
  const end = spec.indexOf(open < 0 ? ":" : "]");
  const host = spec.slice(open + 1, end < 0 ? spec.length : end);
  const after = end < 0 ? "" : spec.slice(end + 1);
  if (open === 0 && after !== "" && !after.startsWith(":")) return true;
  return host.startsWith("v") ? !/^v[a-fA-F0-9]+\..+$/s.test(host) : !isIpv6(host);
}

/** Cuts a URL as Python's `urllib.parse.urlparse` (3.11): tabs and line ends vanish, `#` and `?` end the authority. */
export function splitUrl(text: string): Result<PythonUrl, string> {
  let rest = text.replace(/^[\0-\x20]+/, "").replace(/[\t\r\n]/g, "");
  let scheme = "";
  const colon = rest.indexOf(":");
  if (colon > 0 && /^[A-Za-z][A-Za-z0-9+.-]*$/.test(rest.slice(0, colon))) {
    scheme = rest.slice(0, colon).toLowerCase();
    rest = rest.slice(colon + 1);
  }
  let netloc = "";
  if (rest.startsWith("//")) {
    const end = rest.slice(2).search(/[/?#]/);
    netloc = end < 0 ? rest.slice(2) : rest.slice(2, end + 2);
    rest = end < 0 ? "" : rest.slice(end + 2);
    if (hasBadBracket(netloc)) return err("Invalid IPv6 URL");
  }
  const fragment = rest.indexOf("#");
  if (fragment >= 0) rest = rest.slice(0, fragment);
  const question = rest.indexOf("?");
  const query = question < 0 ? "" : rest.slice(question + 1);
  const path = question < 0 ? rest : rest.slice(0, question);
  if (hidesSign(netloc)) return err("the address holds letters that stand for URL signs");
  return ok({ scheme, netloc, path, query });
}

const PYTHON_SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const INTEGER = new RegExp(`^${PYTHON_SPACE}([+-]?\\p{Nd}+(?:_\\p{Nd}+)*)${PYTHON_SPACE}$`, "u");

/** Python refuses to turn longer texts into numbers (3.11, `sys.set_int_max_str_digits`). */
const MOST_DIGITS = 4300;

const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** What a decimal digit of any script counts: each script's ten stand in a row, some scripts' rows one after another. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (isDigit(first - 1)) first -= 1;
  return (code - first) % 10;
}

/** `int(text)`: a sign, spaces around, digits of any script, single underscores between; null when it raises. */
export function pythonInteger(text: string): number | null {
  const digits = INTEGER.exec(text)?.[1]?.replaceAll("_", "");
  if (digits === undefined || digits.replace(/^[+-]/, "").length > MOST_DIGITS * 2) return null;
  const plain = digits.replace(/[^\d+-]/gu, (digit) => String(digitValue(digit)));
  return plain.replace(/^[+-]/, "").length > MOST_DIGITS ? null : Number(plain);
}
