import fs, { constants, readFileSync } from "node:fs";
import { promisify } from "node:util";

export type ReadText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "denied" }
  | { readonly kind: "unreadable"; readonly why: string };

export type Listing =
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "missing" }
  | { readonly kind: "denied" }
  | { readonly kind: "unreadable"; readonly why: string };

/* node:fs/promises takes three times as long for each of these: a scan takes hundreds of them, most for what is not there. */
const open = promisify(fs.open);
const read = promisify(fs.read);
const fstat = promisify(fs.fstat);
const stat = promisify(fs.stat);
const readdir = promisify(fs.readdir);
const realpath = promisify(fs.realpath.native);

/** Nobody waits for that: what was read is there. */
const close = (file: number): void => fs.close(file, () => undefined);

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "UNKNOWN";

/** Nothing can be there: a name with a NUL in it, or one longer than names may be, included. */
const isNowhere = (code: string): boolean =>
  ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"].includes(code);

function failure(error: unknown): Exclude<ReadText, { kind: "text" }> {
  const code = codeOf(error);
  if (isNowhere(code)) return { kind: "missing" };
  if (code === "EACCES" || code === "EPERM") return { kind: "denied" };
  if (code === "ELOOP") return { kind: "unreadable", why: "it is a symbolic link that leads back to itself" };
  if (code === "EISDIR") return { kind: "unreadable", why: "it is a folder" };
  return { kind: "unreadable", why: code };
}

const sizeText = (bytes: number): string => (bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`);

const TOO_LARGE = Symbol("too large");

/** All of a file that holds at most `limit` bytes. Its `size` is a hint: files of /proc say 0, and files grow. */
async function readAtMost(file: number, size: number, limit: number): Promise<Buffer | typeof TOO_LARGE> {
  const parts: Buffer[] = [];
  for (let total = 0; ; ) {
    // One byte more than it should have: a second read then only tells the end.
    const part = Buffer.allocUnsafe(Math.min(limit + 1 - total, Math.max(size + 1 - total, 4096)));
    const { bytesRead } = await read(file, part, 0, part.length, null);
    // Less than was asked for is the end, of a file whose size is known.
    if (total === 0 && size > 0 && bytesRead < part.length) return part.subarray(0, bytesRead);
    if (bytesRead === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, bytesRead));
    total += bytesRead;
    if (total > limit) return TOO_LARGE;
  }
}

type ReadBytes = { readonly kind: "bytes"; readonly bytes: Buffer } | Exclude<ReadText, { kind: "text" }>;

/** Reads a file of at most `limit` bytes. Pipes and devices are not opened for long: they could hang. */
async function readBytes(path: string, limit: number): Promise<ReadBytes> {
  try {
    // O_NONBLOCK: opening a named pipe nobody writes to would otherwise wait for ever. Windows has no such flag.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await fstat(file);
      if (!info.isFile())
        return { kind: "unreadable", why: info.isDirectory() ? "it is a folder" : "it is no ordinary file" };
      const bytes = info.size > limit ? TOO_LARGE : await readAtMost(file, info.size, limit);
      if (bytes === TOO_LARGE) return { kind: "unreadable", why: `it is larger than ${sizeText(limit)}` };
      return bytes.includes(0)
        ? { kind: "unreadable", why: "it holds binary data, not text" }
        : { kind: "bytes", bytes };
    } finally {
      close(file);
    }
  } catch (error) {
    return failure(error);
  }
}

/** Reads a small text file of at most `limit` bytes; too long and binary files are refused. All of it is a value. */
export async function readText(path: string, limit = 65_536): Promise<ReadText> {
  const read = await readBytes(path, limit);
  return read.kind === "bytes" ? { kind: "text", text: read.bytes.toString("utf8") } : read;
}

/**
 * The paragraphs of a long text file that begin with `beginning`, parted by empty lines: a list of all packages is
 * some MB, and turning all of it into text takes longer than to find the few that count.
 */
export async function readParagraphs(path: string, beginning: string, limit: number): Promise<ReadText> {
  const read = await readBytes(path, limit);
  if (read.kind !== "bytes") return read;
  const { bytes } = read;
  const found: string[] = [];
  const next = `\n${beginning}`;
  for (let at = bytes.indexOf(beginning) === 0 ? 0 : bytes.indexOf(next); at >= 0; ) {
    const end = bytes.indexOf("\n\n", at + 1);
    found.push(bytes.toString("utf8", at, end < 0 ? undefined : end));
    at = bytes.indexOf(next, at + 1);
  }
  return { kind: "text", text: found.map((paragraph) => paragraph.trim()).join("\n\n") };
}

/** The text of a file of /proc, or null: such files never block, and one by one this is 10 times as fast. */
export function readProc(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** The names in a folder, sorted. */
export async function listFolder(path: string): Promise<Listing> {
  try {
    return { kind: "names", names: (await readdir(path)).sort() };
  } catch (error) {
    return failure(error);
  }
}

export interface Seen {
  readonly kind: "folder" | "socket" | "file" | "missing" | "denied" | "symlink-loop";
  readonly uid: number | null;
}

/** What stands at a path, links followed; `uid` is the owner's. */
export async function lookAt(path: string): Promise<Seen> {
  try {
    const info = await stat(path);
    return { kind: info.isDirectory() ? "folder" : info.isSocket() ? "socket" : "file", uid: info.uid };
  } catch (error) {
    const code = codeOf(error);
    const kind = code === "EACCES" || code === "EPERM" ? "denied" : code === "ELOOP" ? "symlink-loop" : "missing";
    return { kind, uid: null };
  }
}

/** The last lines of a text file, at most `bytes` of it; empty when it cannot be read or holds none. */
export async function readLastLines(path: string, count: number, bytes = 8192): Promise<readonly string[]> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await fstat(file);
      if (!info.isFile()) return [];
      const from = Math.max(0, info.size - bytes);
      const length = Math.min(bytes, info.size);
      const { buffer, bytesRead } = await read(file, Buffer.alloc(length), 0, length, from);
      const lines = buffer.subarray(0, bytesRead).toString("utf8").split(/\r?\n/);
      // What was cut in two at the start is no line.
      return (from > 0 ? lines.slice(1) : lines).filter((line) => line.trim() !== "").slice(-count);
    } finally {
      close(file);
    }
  } catch {
    return [];
  }
}

/** The path with its links resolved; null when nothing is there. */
export const realPath = (path: string): Promise<string | null> => realpath(path).catch(() => null);

/** The file system as detection sees it: this computer's, or in tests another computer's tree below a folder. */
export interface MachineFiles {
  readText(path: string, limit?: number): Promise<ReadText>;
  readParagraphs(path: string, beginning: string, limit: number): Promise<ReadText>;
  readLastLines(path: string, count: number): Promise<readonly string[]>;
  listFolder(path: string): Promise<Listing>;
  lookAt(path: string): Promise<Seen>;
  realPath(path: string): Promise<string | null>;
}

export const localFiles: MachineFiles = { readText, readParagraphs, readLastLines, listFolder, lookAt, realPath };
