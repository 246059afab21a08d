import { realpath } from "node:fs/promises";
import path from "node:path";
import { judgeAnswer } from "../../../shared/domain/detect/answer";
import { parsePostmasterPid } from "../../../shared/domain/detect/postmaster-pid";
import type { Detected, DetectSource } from "../../use-cases/detection";
import { anonymousFinding } from "./anonymous";
import { asTheyFinish } from "./as-they-finish";
import type { Surroundings } from "./cluster";
import { listFolder, lookAt, readText } from "./files";
import { findUser, type Machine } from "./machine";
import { socketAccesses } from "./socket-accesses";
import { surroundingsOf } from "./surroundings";

const ID = "sockets";
const PROBE_MS = 1000;
export const SOCKET_NAME = /^\.s\.PGSQL\.(\d{1,5})$/;

/** The folders to look into, each once: /var/run and /run are one on most Linux systems. */
async function distinct(directories: readonly string[]): Promise<readonly string[]> {
  const seen = new Map<string, string>();
  for (const directory of directories) {
    const real = await realpath(directory).catch(() => null);
    if (real && !seen.has(real)) seen.set(real, directory);
  }
  return [...seen.values()];
}

/** Folders of sockets that running servers name in their postmaster.pid, where the rights reach it. */
async function namedByServers(around: Surroundings): Promise<readonly string[]> {
  const files = around.processes.filter(({ dataDirectory }) => dataDirectory !== null);
  const read = await Promise.all(
    files.map(({ dataDirectory }) => readText(path.join(dataDirectory as string, "postmaster.pid"))),
  );
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
  const file = path.join(socketDirectory, name);
  const seen = await lookAt(file);
  if (seen.kind === "symlink-loop") {
    return {
      kind: "problem",
      problem: { source: ID, kind: "unreadable", message: `${file} is a symbolic link that leads back to itself.` },
    };
  }
  if (seen.kind !== "socket" || port < 1 || port > 65535) return null;
  const endpoint = { socketDirectory, port };
  const answer = await machine.probe(endpoint, PROBE_MS);
  // A socket nobody listens on is what a killed server leaves behind: no server, and nothing to say.
  if (answer.kind === "refused" || answer.kind === "missing" || answer.kind === "other") return null;
  const { state, reason } = judgeAnswer(endpoint, answer);
  const lock = await readText(`${file}.lock`);
  const pid = lock.kind === "text" ? (parsePostmasterPid(lock.text)?.pid ?? null) : null;
  const owner = machine.uid === 0 && seen.uid !== null ? findUser(machine.paths.passwd, seen.uid)?.name : undefined;
  const process =
    around.processes.find((one) => one.pid === pid) ??
    // Without the lock file: the one server this user runs, if there is only one.
    (pid === null ? onlyOne(around.processes.filter((one) => one.uid === seen.uid)) : null);
  const finding = await anonymousFinding({
    id: `socket:${socketDirectory}:${port}`,
    origin: "socket",
    label: `On socket ${socketDirectory}:${port}`,
    state,
    reason,
    endpoints: [endpoint],
    uid: seen.uid,
    process,
    accesses: socketAccesses(machine, endpoint, ...(owner ? [owner] : [])),
  });
  return { kind: "server", finding: { ...finding, pid: finding.pid ?? pid } };
}

const onlyOne = <T>(items: readonly T[]): T | null => (items.length === 1 ? (items[0] as T) : null);

/** Unix sockets in the usual folders and in those that running servers name. */
export const socketsSource = (machine: Machine): DetectSource => ({
  id: ID,
  title: "Sockets",
  timeLimitMs: 3000,
  explains: false,
  async *find(context) {
    if (machine.platform === "win32") return;
    const around = await surroundingsOf(machine, context);
    const directories = await distinct([...machine.paths.socketDirectories, ...(await namedByServers(around))]);
    const looks: Promise<Detected | null>[] = [];
    for (const directory of directories) {
      const listing = await listFolder(directory);
      if (listing.kind === "names") {
        looks.push(
          ...listing.names
            .filter((name) => SOCKET_NAME.test(name))
            .map((name) => look(machine, directory, name, around)),
        );
      } else if (listing.kind !== "missing") {
        const kind = listing.kind === "denied" ? "no-permission" : "unreadable";
        const why = listing.kind === "denied" ? "your user may not look into it" : listing.why;
        yield { kind: "problem", problem: { source: ID, kind, message: `${directory} is left out: ${why}.` } };
      }
    }
    yield* asTheyFinish(looks);
  },
});
