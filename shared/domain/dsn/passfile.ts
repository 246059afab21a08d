import { Secret } from "../target";
import type { PassfileEntry } from "./surroundings";

/** A whole line of a password file; its password as it stands, escapes and all. Never leaves main. */
export interface PassfileLine extends PassfileEntry {
  readonly password: Secret;
}

export interface ParsedPassfile {
  readonly lines: readonly PassfileLine[];
  /** Numbers, from 1, of lines with fewer than five parts. */
  readonly brokenLines: readonly number[];
}

/** The two readers of the file, which part over escapes: libpq takes them away, asyncpg leaves them. */
export type PassfileReader = "libpq" | "asyncpg";

export interface PassfileWanted {
  /** As `passfileHost` gives it. */
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
}

/** Cuts at colons that no backslash escapes, at most `most` parts; the last one keeps its colons. */
function cutAtColons(text: string, most: number): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length && parts.length < most - 1; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === ":") {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

function withoutReturns(line: string): string {
  let end = line.length;
  while (line[end - 1] === "\r") end -= 1;
  return line.slice(0, end);
}

/** An IPv6 address: eight groups, or fewer with a `::`. */
const IPV6 = /^(?=.*::|(?:[^:]*:){7})[\da-f:.]{2,45}(?:%[\w.-]{1,40})?$/i;

/**
 * How many parts the host takes up: one, but for an IPv6 address with bare colons. libpq compares sign by sign, so it
 * finds such a host; asyncpg does not.
 */
function partsOfHost(parts: readonly string[]): number {
  for (let count = 3; count <= Math.min(9, parts.length - 4); count += 1) {
    if (IPV6.test(parts.slice(0, count).join(":")) && /^(?:\d+|\*)$/.test(parts[count] ?? "")) return count;
  }
  return 1;
}

/**
 * Reads a password file, `host:port:database:user:password` a line (PostgreSQL manual, "The Password File"). A bare
 * colon in a database or a user, which libpq would find as well, counts as an end of the part. Never fails.
 */
export function parsePassfile(text: string): ParsedPassfile {
  const lines: PassfileLine[] = [];
  const brokenLines: number[] = [];
  text.split("\n").forEach((ended, index) => {
    const raw = withoutReturns(ended);
    const start = raw.trimStart();
    if (start === "" || start.startsWith("#")) return;
    const line = index + 1;
    const parts = cutAtColons(raw, Number.POSITIVE_INFINITY);
    const count = partsOfHost(parts);
    const host = parts.slice(0, count).join(":");
    const [port = "", database = "", user = "", ...password] = parts.slice(count);
    if (password.length === 0) brokenLines.push(line);
    else lines.push({ line, host, port, database, user, password: new Secret(password.join(":")) });
  });
  return { lines, brokenLines };
}

/** A backslash takes the next sign as it is; one at the very end stays. */
const unescaped = (part: string): string => part.replace(/\\(.)/gsu, "$1");

/** The name a host goes by in the file: libpq's own socket folder and no host are localhost, for asyncpg every socket folder is. */
export function passfileHost(host: string, socketDirectory: string, reader: PassfileReader): string {
  const isLocal = reader === "asyncpg" ? host.startsWith("/") : host === "" || host === socketDirectory;
  return isLocal ? "localhost" : host;
}

/** libpq unescapes a part before it compares; asyncpg compares it as it stands, but for spaces before the host. */
function fits(part: string, wanted: string, reader: PassfileReader): boolean {
  return part === "*" || (reader === "libpq" ? unescaped(part) : part) === wanted;
}

/** asyncpg cuts at every bare colon, so it never sees an IPv6 address that has them. */
const fitsHost = (host: string, wanted: string, reader: PassfileReader): boolean =>
  reader === "libpq" ? fits(host, wanted, reader) : !IPV6.test(host) && fits(host.trimStart(), wanted, reader);

/** The first line that fits (libpq's passwordFromFile, asyncpg's _read_password_from_pgpass); null where none does. */
export function matchPassfile<Entry extends PassfileEntry>(
  entries: readonly Entry[],
  wanted: PassfileWanted,
  reader: PassfileReader = "libpq",
): Entry | null {
  const entry = entries.find(
    ({ host, port, database, user }) =>
      fitsHost(host, wanted.host, reader) &&
      fits(port, wanted.port, reader) &&
      fits(database, wanted.database, reader) &&
      fits(user, wanted.user, reader),
  );
  return entry ?? null;
}

/** The password a reader takes from a line: libpq's ends at a further colon, asyncpg's at the line's last sign. */
export function passwordIn({ password }: PassfileLine, reader: PassfileReader): Secret {
  const raw = password.reveal();
  return new Secret(reader === "libpq" ? unescaped(cutAtColons(raw, 2)[0] ?? "") : raw.trimEnd());
}
