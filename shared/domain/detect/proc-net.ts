/** One listening TCP socket of this computer. */
export interface Listener {
  /** Literal address: "127.0.0.1", "0.0.0.0", "::1", "::", ... */
  readonly address: string;
  readonly port: number;
  /** Who opened it; null where the system does not tell. */
  readonly uid: number | null;
  readonly inode: string | null;
}

/** State column of a listening socket (Linux, include/net/tcp_states.h: TCP_LISTEN). */
const LISTEN = "0A";

const byteAt = (hex: string, index: number): number => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);

/** Addresses stand as 32-bit words in the machine's byte order; every Linux that Electron runs on is little-endian. */
function addressOf(hex: string): string | null {
  const bytes: number[] = [];
  for (let word = 0; word < hex.length / 8; word++) {
    for (let i = 3; i >= 0; i--) bytes.push(byteAt(hex, word * 4 + i));
  }
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.length !== 16) return null;
  const start = bytes.slice(0, 12);
  const isMapped = start.slice(0, 10).every((byte) => byte === 0) && start[10] === 255 && start[11] === 255;
  if (isMapped) return bytes.slice(12).join(".");
  if (bytes.slice(0, 15).every((byte) => byte === 0)) return bytes[15] === 1 ? "::1" : bytes[15] === 0 ? "::" : null;
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) groups.push((((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)).toString(16));
  return groups.join(":");
}

/** Reads the listening sockets out of /proc/net/tcp or /proc/net/tcp6 (proc(5)). Lines that do not fit are left out. */
export function parseProcNetTcp(text: string): readonly Listener[] {
  const found: Listener[] = [];
  for (const line of text.split("\n").slice(1)) {
    const columns = line.trim().split(/\s+/);
    const local = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/i.exec(columns[1] ?? "");
    if (!local || columns[3] !== LISTEN) continue;
    const address = addressOf((local[1] as string).toUpperCase());
    if (!address) continue;
    const uid = Number(columns[7]);
    const port = Number.parseInt(local[2] as string, 16);
    found.push({ address, port, uid: Number.isInteger(uid) ? uid : null, inode: columns[9] ?? null });
  }
  return found;
}

/** The loopback address that reaches a listener; null for listeners on other interfaces only. */
export function loopbackOf(address: string): string | null {
  if (address === "0.0.0.0" || address === "127.0.0.1") return "127.0.0.1";
  if (address === "::" || address === "::1") return "::1";
  return /^127\./.test(address) ? address : null;
}

/**
 * Every loopback address that may reach a listener: one on `::` takes IPv4, too, unless its program told it not to, as
 * PostgreSQL does (IPV6_V6ONLY, ipv6(7)). Whether it does, only a knock tells.
 */
export function loopbacksOf(address: string): readonly string[] {
  const own = loopbackOf(address);
  return own === null ? [] : address === "::" ? [own, "127.0.0.1"] : [own];
}

/** One listening socket with an abstract name: it exists in no folder (unix(7)). */
export interface AbstractSocket {
  /** As libpq takes it for `host`: "@/var/run/shop". */
  readonly socketDirectory: string;
  readonly port: number;
  readonly inode: string;
}

/** The flag of a listening socket in /proc/net/unix (Linux, include/linux/net.h: __SO_ACCEPTCON). */
const ACCEPTS = 0x10000;

/** Reads PostgreSQL's abstract sockets out of /proc/net/unix (proc(5)). Lines that do not fit are left out. */
export function parseAbstractSockets(text: string): readonly AbstractSocket[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\S+: \S+ \S+ ([0-9A-F]{8}) \S+ \S+ +(\d+) (@.+)\/\.s\.PGSQL\.(\d{1,5})$/i.exec(line);
    const port = Number(match?.[4]);
    if (!match || port < 1 || port > 65535 || (Number.parseInt(match[1] ?? "", 16) & ACCEPTS) === 0) return [];
    return [{ socketDirectory: match[3] ?? "", port, inode: match[2] ?? "" }];
  });
}

/** Inodes of the sockets at a path, out of /proc/net/unix: the one that listens and those it has let in. */
export function inodesOfSocket(text: string, path: string): readonly string[] {
  if (!text.includes(path)) return [];
  return text
    .split("\n")
    .filter((line) => line.endsWith(` ${path}`))
    .flatMap((line) => line.trim().split(/ +/)[6] ?? []);
}
