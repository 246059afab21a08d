import { open, readdir, readFile, readlink, stat } from "node:fs/promises";
import path from "node:path";
import type { LogTail } from "../../shared/domain/diagnose/server-log";
import type { Server } from "../../shared/domain/server";

/** The end of a log that one failure can be found in. */
const TAIL_BYTES = 64 * 1024;

/** Text of a small file; null when it is not there or may not be read. */
const textOf = (file: string): Promise<string | null> => readFile(file, "utf8").catch(() => null);

/** Where the logging collector writes now: lines of "<format> <path>", the path relative to the data directory. */
async function collected(data: string): Promise<readonly string[]> {
  const lines = ((await textOf(path.join(data, "current_logfiles"))) ?? "").split("\n");
  return lines.flatMap((line) => {
    const file = /^\w+ (.+)$/.exec(line)?.[1];
    return file ? [path.resolve(data, file)] : [];
  });
}

/** The file a running server's standard error goes to; Linux shows it to the server's user and to root. */
async function standardError(data: string): Promise<readonly string[]> {
  const pid = Number.parseInt((await textOf(path.join(data, "postmaster.pid"))) ?? "", 10);
  if (!Number.isInteger(pid) || pid <= 0) return [];
  const file = await readlink(`/proc/${pid}/fd/2`).catch(() => "");
  return file.startsWith("/") && !file.startsWith("/dev/") ? [file] : [];
}

async function newestIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  // Log names carry their date: the last by name is the newest.
  const last = names
    .filter((name) => /\.(log|csv|json)$/.test(name))
    .sort()
    .at(-1);
  return last ? [path.join(folder, last)] : [];
}

/** Places by convention: Debian's, Postgres.app's and Homebrew's. */
function usual({ id }: Server, data: string): readonly string[] {
  const cluster = /^apt:([^/]+)\/(.+)$/.exec(id);
  return [
    ...(cluster ? [`/var/log/postgresql/postgresql-${cluster[1]}-${cluster[2]}.log`] : []),
    path.join(data, "postgres-server.log"),
    path.join(path.dirname(data), "log", `${path.basename(data)}.log`),
  ];
}

async function tailOf(file: string): Promise<LogTail | null> {
  const handle = await open(file, "r").catch(() => null);
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return { file, text: buffer.toString("utf8", 0, bytesRead) };
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (seen) => seen.isFile(),
    () => false,
  );

/** Reads the end of the log of a server on this computer, at most 64 KiB; null where none can be read. */
export async function readServerLog(server: Server): Promise<LogTail | null> {
  const data = server.dataDirectory;
  if (data === null) return null;
  const found = await Promise.all([collected(data), standardError(data), newestIn(path.join(data, "log"))]);
  for (const file of [...found.flat(), ...usual(server, data)]) {
    const tail = (await isFile(file)) ? await tailOf(file) : null;
    if (tail) return tail;
  }
  return null;
}
