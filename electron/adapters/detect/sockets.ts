import { printable } from "../../../shared/domain/containers/raw";
import { judgeAnswer } from "../../../shared/domain/detect/answer";
import { parsePostmasterPid } from "../../../shared/domain/detect/postmaster-pid";
import { type AbstractSocket, parseAbstractSockets } from "../../../shared/domain/detect/proc-net";
import type { SourceProblem } from "../../../shared/domain/server";
import type { Detected, DetectSource } from "../../use-cases/detection";
import { anonymousFinding } from "./anonymous";
import { asTheyFinish, type Work } from "./as-they-finish";
import type { Surroundings } from "./cluster";
import { findUser, type Machine } from "./machine";
import { socketAccesses } from "./socket-accesses";
import { knockingOnce, surroundingsOf, unixSocketsOf } from "./surroundings";

const ID = "sockets";

const said = (kind: SourceProblem["kind"], message: string): SourceProblem => ({
  ...{ source: ID, kind, message: printable(message, 400) },
});

const PROBE_MS = 1000;
export const SOCKET_NAME = /^\.s\.PGSQL\.(\d{1,5})$/;

/** The folders to look into, each once: /var/run and /run are one on most Linux systems. */
async function distinct({ files }: Machine, directories: readonly string[]): Promise<readonly string[]> {
  const seen = new Map<string, string>();
  for (const directory of directories) {
    const real = await files.realPath(directory);
    if (real && !seen.has(real)) seen.set(real, directory);
  }
  return [...seen.values()];
}

/** Folders of sockets that running servers name in their postmaster.pid, where the rights reach it. */
async function namedByServers({ files, path }: Machine, around: Surroundings): Promise<readonly string[]> {
  const folders = around.processes.flatMap(({ dataDirectory }) => dataDirectory ?? []);
  const read = await Promise.all(folders.map((folder) => files.readText(path.join(folder, "postmaster.pid"))));
  return read
    .map((file) => (file.kind === "text" ? parsePostmasterPid(file.text)?.socketDirectory : null))
    .filter((directory) => directory?.startsWith("/") === true) as string[];
}

async function look(
  machine: Machine,
  socketDirectory: string,
  name: string,
  around: Surroundings,
): Promise<Detected | null> {
  const port = Number(SOCKET_NAME.exec(name)?.[1]);
  const { files } = machine;
  const file = machine.path.join(socketDirectory, name);
  const seen = await files.lookAt(file);
  if (seen.kind === "symlink-loop") {
    return {
      kind: "problem",
      problem: said("unreadable", `${file} is a symbolic link that leads back to itself.`),
    };
  }
  if (seen.kind !== "socket" || port < 1 || port > 65535) return null;
  const endpoint = { socketDirectory, port };
  const answer = await machine.probe(endpoint, PROBE_MS);
  // A socket nobody listens on is what a killed server leaves behind: no server, and nothing to say.
  if (answer.kind === "refused" || answer.kind === "missing" || answer.kind === "other") return null;
  const { state, reason, cause, remedy } = judgeAnswer(endpoint, answer);
  const lock = await files.readText(`${file}.lock`);
  const pid = lock.kind === "text" ? (parsePostmasterPid(lock.text)?.pid ?? null) : null;
  const owner = machine.uid === 0 && seen.uid !== null ? findUser(machine.paths.passwd, seen.uid)?.name : undefined;
  const process =
    around.processes.find((one) => one.pid === pid) ??
    // Without the lock file: the one server this user runs, if there is only one.
    (pid === null ? onlyOne(around.processes.filter((one) => one.uid === seen.uid)) : null);
  const finding = await anonymousFinding(machine, {
    id: `socket:${socketDirectory}:${port}`,
    origin: "socket",
    label: `On socket ${socketDirectory}:${port}`,
    ...{ state, reason, cause, remedy },
    endpoints: [endpoint],
    uid: seen.uid,
    process,
    accesses: socketAccesses(machine, endpoint, ...(owner ? [owner] : [])),
  });
  return { kind: "server", finding: { ...finding, pid: finding.pid ?? pid } };
}

const onlyOne = <T>(items: readonly T[]): T | null => (items.length === 1 ? (items[0] as T) : null);

/** A listening abstract socket: the kernel names it, and only libpq can open it. */
async function abstractFinding(machine: Machine, socket: AbstractSocket, around: Surroundings): Promise<Detected> {
  const { socketDirectory, port, inode } = socket;
  const process = around.processes.find(({ inodes }) => inodes?.has(inode)) ?? null;
  const finding = await anonymousFinding(machine, {
    id: `socket:${socketDirectory}:${port}`,
    origin: "socket",
    label: `On socket ${socketDirectory}:${port}`,
    state: "running",
    reason: `Its socket has an abstract name: psql and other programs built on libpq reach it by host=${printable(socketDirectory)}.`,
    endpoints: [{ socketDirectory, port }],
    uid: process?.uid ?? null,
    process,
    accesses: [],
  });
  return { kind: "server", finding };
}

/** Unix sockets in the usual folders, in those that running servers name, and those with abstract names. */
export const socketsSource = (machine: Machine): DetectSource => ({
  id: ID,
  title: "Sockets",
  timeLimitMs: 3000,
  explains: false,
  async *find(context) {
    if (machine.platform === "win32") return;
    const shared = knockingOnce(machine, context);
    const [around, unix] = await Promise.all([surroundingsOf(machine, context), unixSocketsOf(machine, context)]);
    const abstract = parseAbstractSockets(unix);
    async function* works(): AsyncGenerator<Work<Detected>> {
      for (const socket of abstract) yield () => abstractFinding(machine, socket, around);
      const named = await namedByServers(machine, around);
      for (const directory of await distinct(machine, [...machine.paths.socketDirectories, ...named])) {
        const listing = await machine.files.listFolder(directory);
        if (listing.kind === "names") {
          for (const name of listing.names.filter((one) => SOCKET_NAME.test(one)))
            yield () => look(shared, directory, name, around);
        } else if (listing.kind !== "missing") {
          const denied = listing.kind === "denied";
          const why = denied ? "your user may not look into it" : listing.why;
          const problem = said(denied ? "no-permission" : "unreadable", `${directory} is left out: ${why}.`);
          yield async () => ({ kind: "problem", problem });
        }
      }
    }
    yield* asTheyFinish(works());
  },
});
