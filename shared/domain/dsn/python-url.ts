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

/** Cuts a URL as Python's `urllib.parse.urlparse` (3.11): tabs and line ends vanish, `#` and `?` end the authority. */
export function splitUrl(text: string): Result<PythonUrl, string> {
  let rest = text.replace(/[\t\r\n]/g, "");
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
    if (netloc.includes("[") !== netloc.includes("]")) return err("Invalid IPv6 URL");
  }
  const fragment = rest.indexOf("#");
  if (fragment >= 0) rest = rest.slice(0, fragment);
  const question = rest.indexOf("?");
  const query = question < 0 ? "" : rest.slice(question + 1);
  const path = question < 0 ? rest : rest.slice(0, question);
  if (hidesSign(netloc)) return err("the address holds letters that stand for URL signs");
  return ok({ scheme, netloc, path, query });
}

/** `int(text)`: a sign, spaces around and single underscores between digits are allowed; null when it raises. */
export const pythonInteger = (text: string): number | null =>
  /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text) ? Number(text.replaceAll("_", "")) : null;
