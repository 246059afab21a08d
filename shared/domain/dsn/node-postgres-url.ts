import { err, ok, type Result } from "../result";

/** The pieces of a URL by the WHATWG URL standard, raw unless said otherwise. */
export interface WebUrl {
  /** In lower case, without the colon. */
  readonly scheme: string;
  readonly user: string;
  readonly password: string;
  /** "" when there is none; an IPv6 address in its shortest form, without brackets. */
  readonly host: string;
  /** Digits up to 65535, or "". */
  readonly port: string;
  /** With its first slash where it has one; "." and ".." are resolved. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** True when the text names no scheme and host of its own and those of the base stand in. */
  readonly fromBase: boolean;
}

const DOT = /^(?:\.|%2e)$/i;
const DOUBLE_DOT = /^(?:\.|%2e){2}$/i;

/** Resolves "." and ".." (path state); `path` begins after the first slash. */
function resolveDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/");
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (DOUBLE_DOT.test(segment)) kept.pop();
    if (!DOT.test(segment) && !DOUBLE_DOT.test(segment)) kept.push(segment);
    else if (isLast) kept.push("");
  });
  return `/${kept.join("/")}`;
}

/** The two groups of a dotted IPv4 tail, or null. */
function dottedGroups(text: string): readonly number[] | null {
  if (!/^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(text)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = text.split(".").map(Number);
  return Math.max(a, b, c, d) > 255 ? null : [a * 256 + b, c * 256 + d];
}

/** "a:b:c" as numbers; a dotted IPv4 address may end it where `mayEndDotted`. */
function groups(text: string, mayEndDotted: boolean): readonly number[] | null {
  if (text === "") return [];
  const found: number[] = [];
  const pieces = text.split(":");
  for (const [index, piece] of pieces.entries()) {
    const dotted = mayEndDotted && index === pieces.length - 1 ? dottedGroups(piece) : null;
    if (dotted !== null) found.push(...dotted);
    else if (/^[0-9a-f]{1,4}$/i.test(piece)) found.push(Number.parseInt(piece, 16));
    else return null;
  }
  return found;
}

/** The eight groups of an IPv6 address, or null; zones are none of the standard. */
function ipv6Groups(text: string): readonly number[] | null {
  const parts = text.split("::");
  if (parts.length > 2) return null;
  const [head = "", tail] = parts;
  const before = groups(head, tail === undefined);
  const after = groups(tail ?? "", true);
  if (before === null || after === null) return null;
  const missing = 8 - before.length - after.length;
  if (tail === undefined) return missing === 0 ? before : null;
  return missing < 1 ? null : [...before, ...new Array<number>(missing).fill(0), ...after];
}

/** Writes it with its longest run of zero groups, the first of several, as "::". */
function shortIpv6(numbers: readonly number[]): string {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < numbers.length; start += 1) {
    let end = start;
    while (numbers[end] === 0) end += 1;
    if (end - start > best.length) best = { start, length: end - start };
  }
  const hex = (some: readonly number[]) => some.map((one) => one.toString(16)).join(":");
  if (best.length === 1) return hex(numbers);
  return `${hex(numbers.slice(0, best.start))}::${hex(numbers.slice(best.start + best.length))}`;
}

function readHost(raw: string): string | null {
  if (raw.startsWith("[")) {
    const numbers = raw.endsWith("]") ? ipv6Groups(raw.slice(1, -1)) : null;
    return numbers && shortIpv6(numbers);
  }
  return /[\0 #/:<>?@[\\\]^|]/.test(raw) ? null : raw;
}

/** Index of the colon before the port: the first one outside brackets, or -1. */
function portColon(hostPort: string): number {
  let inside = false;
  for (let at = 0; at < hostPort.length; at += 1) {
    const sign = hostPort[at];
    if (sign === "[") inside = true;
    else if (sign === "]") inside = false;
    else if (sign === ":" && !inside) return at;
  }
  return -1;
}

type Authority = Pick<WebUrl, "user" | "password" | "host" | "port">;

/** Reads `user:password@host:port`; the user part ends at the last `@`. The error names the broken part. */
function readAuthority(text: string): Result<Authority, string> {
  const at = text.lastIndexOf("@");
  const hostPort = text.slice(at + 1);
  const colon = portColon(hostPort);
  const rawHost = colon < 0 ? hostPort : hostPort.slice(0, colon);
  const host = readHost(rawHost);
  if (host === null || (rawHost === "" && (at >= 0 || colon === 0))) return err("the host");
  const digits = colon < 0 ? "" : hostPort.slice(colon + 1);
  const port = digits.replace(/^0+(?=\d)/, "");
  if (!/^\d{0,5}$/.test(port) || Number(port) > 65535) return err("the port");
  const credentials = at < 0 ? "" : text.slice(0, at);
  const split = credentials.indexOf(":");
  return ok({
    user: split < 0 ? credentials : credentials.slice(0, split),
    password: split < 0 ? "" : credentials.slice(split + 1),
    host,
    port,
  });
}

const NO_AUTHORITY: Authority = { user: "", password: "", host: "", port: "" };

/** Reads what follows the scheme: `//authority/path`, `/path`, or an opaque path. */
function readRest(scheme: string, rest: string, query: string, fromBase: boolean): Result<WebUrl, string> {
  // The first sign of an opaque path is taken off where a slash would be; of an encoded one that is its `%` alone.
  if (!rest.startsWith("/"))
    return ok({ scheme, ...NO_AUTHORITY, path: rest.replace(/^[^ -~]/u, encodeURIComponent), query, fromBase });
  if (!rest.startsWith("//")) return ok({ scheme, ...NO_AUTHORITY, path: resolveDots(rest.slice(1)), query, fromBase });
  const slash = rest.indexOf("/", 2);
  const authority = readAuthority(slash < 0 ? rest.slice(2) : rest.slice(2, slash));
  if (!authority.ok) return authority;
  return ok({ scheme, ...authority.value, path: slash < 0 ? "" : resolveDots(rest.slice(slash + 1)), query, fromBase });
}

/** Without the controls and spaces at its ends; loops, as a regular expression would take quadratic time. */
function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 32) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 32) end -= 1;
  return text.slice(start, end);
}

/**
 * Reads a text as `new URL(text, "postgres://base")` does (WHATWG URL standard) for schemes that the standard does not
 * call special: their hosts are not mapped by IDNA and no port is a default. The error names the part that is invalid.
 */
export function readWebUrl(text: string): Result<WebUrl, string> {
  const clean = strip(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/[\t\n\r]/g, "");
  const hash = clean.indexOf("#");
  const whole = hash < 0 ? clean : clean.slice(0, hash);
  const mark = whole.indexOf("?");
  const query = mark < 0 ? "" : whole.slice(mark + 1);
  const address = mark < 0 ? whole : whole.slice(0, mark);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address);
  if (scheme) return readRest(scheme[1]?.toLowerCase() ?? "", address.slice(scheme[0].length), query, false);
  if (address.startsWith("//")) return readRest("postgres", address, query, false);
  const path = address === "" ? "" : resolveDots(address.replace(/^\//, ""));
  return ok({ scheme: "postgres", ...NO_AUTHORITY, host: "base", path, query, fromBase: true });
}
