import { isIP, SocketAddress } from "node:net";

/** The names a certificate carries, kept apart by kind as its fields keep them. */
export interface PeerNames {
  /** The subject's first common name. */
  readonly commonName: string | null;
  readonly dns: readonly string[];
  /** Literal addresses, as Node writes them. */
  readonly addresses: readonly string[];
}

/**
 * Reads Node's line of alternative names ("DNS:a.example, IP Address:10.0.0.1"). A name with a comma or another sign
 * of that line in it stands there as a JSON string, so that nobody can smuggle in a second name.
 */
export function readNames(alternative: string | undefined, commonName: string | null): PeerNames {
  const dns: string[] = [];
  const addresses: string[] = [];
  for (const [, kind, text = ""] of (alternative ?? "").matchAll(/([^:,"]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/g)) {
    const name = text.startsWith('"') ? unquoted(text) : text;
    if (kind === "DNS") dns.push(name);
    if (kind === "IP Address") addresses.push(name);
  }
  return { commonName, dns, addresses };
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/** One spelling for one address: "FE80:0:0:0:0:0:0:1" and "fe80::1" are the same. */
const spelled = (address: string): string =>
  isIP(address) === 6 ? new SocketAddress({ address, family: "ipv6" }).address : address;

/**
 * The address a host's text stands for, in one spelling; null: it is a name. IPv4 also in the shortened, octal and
 * hexadecimal forms that inet_aton takes ("127.1"), for libpq asks it.
 */
export function literalAddress(host: string): string | null {
  if (isIP(host) === 6) return spelled(host);
  const parts = host.split(".");
  if (parts.length > 4 || !parts.every((part) => /^(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.test(part))) return null;
  const numbers = parts.map((part) => (/^0\d/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  const last = numbers.pop() ?? 0;
  if (numbers.some((part) => part > 255) || last >= 256 ** (4 - numbers.length)) return null;
  const all = numbers.reduce((sum, part, index) => sum + part * 256 ** (3 - index), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(all / 2 ** shift) % 256).join(".");
}

/** The same name, or a wildcard that stands for exactly one label, the left-most. Case does not count. */
function fits(pattern: string, host: string): boolean {
  const [name, wanted] = [pattern.toLowerCase(), host.toLowerCase()];
  if (name.includes("\0")) return false;
  if (name === wanted) return true;
  const dot = wanted.indexOf(".");
  return name.startsWith("*.") && name.length > 2 && dot > 0 && wanted.slice(dot) === name.slice(1);
}

/**
 * Whether a certificate is for a host, by libpq's rules from release 15 on (manual, "Client Verification of Server
 * Certificates"): alternative names first; the common name counts where none of them is of the host's own kind, so
 * that an address may stand there beside alternative names that are all DNS.
 */
export function isNamed(names: PeerNames, host: string): boolean {
  const address = literalAddress(host);
  if (names.dns.some((name) => fits(name, host))) return true;
  if (address !== null && names.addresses.some((one) => spelled(one) === address)) return true;
  const ofItsKind = address !== null ? names.addresses : names.dns;
  return ofItsKind.length === 0 && names.commonName !== null && fits(names.commonName, host);
}
