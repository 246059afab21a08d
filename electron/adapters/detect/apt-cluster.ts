import path from "node:path";
import {
  type ClusterSettings,
  clusterSettings,
  type StartMode,
  startMode,
} from "../../../shared/domain/detect/cluster-conf";
import type { ClusterEvidence, PidEvidence } from "../../../shared/domain/detect/cluster-state";
import { type PostmasterPid, parsePostmasterPid } from "../../../shared/domain/detect/postmaster-pid";
import { type Listener, loopbackOf } from "../../../shared/domain/detect/proc-net";
import type { Endpoint } from "../../../shared/domain/endpoint";
import { readClusterConf } from "./cluster-files";
import { listFolder, lookAt, readText } from "./files";
import type { Machine } from "./machine";
import { type PostgresProcess, processState } from "./processes";

/** Time a socket or port gets to answer; local ones answer within a millisecond. */
const PROBE_MS = 1000;

/** A Debian cluster as its files and its sockets show it. */
export interface AptCluster {
  readonly version: string;
  readonly name: string;
  readonly settings: ClusterSettings;
  readonly start: StartMode;
  readonly evidence: ClusterEvidence;
  /** The data directory's owner; null when it cannot be seen. */
  readonly ownerUid: number | null;
  /** The live postmaster; null when it does not run. */
  readonly pid: number | null;
  /** The addresses it holds now; empty unless it runs. */
  readonly held: readonly Endpoint[];
  /** Lines about files that were left out. */
  readonly problems: readonly string[];
  /** Set when its configuration cannot be read, and nothing more is known. */
  readonly failure: string | null;
}

export interface Surroundings {
  readonly listeners: readonly Listener[] | null;
  readonly processes: readonly PostgresProcess[];
}

async function readPid(machine: Machine, file: string): Promise<PidEvidence> {
  const read = await readText(file);
  if (read.kind === "missing") return { kind: "none" };
  if (read.kind === "denied") return { kind: "denied" };
  if (read.kind === "unreadable") return { kind: "unreadable", why: `${read.why}.` };
  const parsed = parsePostmasterPid(read.text);
  if (!parsed) {
    const why = read.text.trim() === "" ? "it is empty." : "its first line is no process number.";
    return { kind: "unreadable", why };
  }
  return { kind: "read", file: parsed, process: await processState(machine, parsed.pid) };
}

/** The pid file in the data directory, or, where that is closed to us, the one Debian keeps beside the sockets. */
async function findPid(machine: Machine, settings: ClusterSettings, dataDirectory: string): Promise<PidEvidence> {
  const own = await readPid(machine, path.join(dataDirectory, "postmaster.pid"));
  if (own.kind !== "denied" || !settings.externalPidFile) return own;
  const external = await readPid(machine, settings.externalPidFile);
  if (external.kind !== "read" || external.process !== "postgres") return own;
  // It holds the process number only; the port is then what the configuration says.
  return { ...external, file: { ...external.file, port: settings.port } };
}

const isAlive = (pid: PidEvidence): pid is Extract<PidEvidence, { kind: "read" }> =>
  pid.kind === "read" && pid.process === "postgres";

/** Loopback addresses whose socket belongs to this postmaster: by inode where that can be seen, else by its user. */
function heldPorts(port: number, pid: number, owner: number | null, around: Surroundings): readonly Endpoint[] {
  const inodes = around.processes.find((process) => process.pid === pid)?.inodes ?? null;
  const hosts = (around.listeners ?? [])
    .filter((listener) => listener.port === port)
    .filter(({ inode, uid }) => (inodes && inode ? inodes.has(inode) : owner !== null && uid === owner))
    .map((listener) => loopbackOf(listener.address))
    .filter((host) => host !== null);
  return [...new Set(hosts)].sort().map((host) => ({ host, port }));
}

async function heldBy(
  settings: ClusterSettings,
  file: PostmasterPid | null,
  owner: number | null,
  around: Surroundings,
): Promise<readonly Endpoint[]> {
  const port = file?.port ?? settings.port;
  const directories = [
    ...new Set([...(file?.socketDirectory ? [file.socketDirectory] : []), ...settings.socketDirectories]),
  ];
  const sockets: Endpoint[] = [];
  for (const socketDirectory of directories.filter((directory) => directory.startsWith("/"))) {
    const seen = await lookAt(path.join(socketDirectory, `.s.PGSQL.${port}`));
    if (seen.kind === "socket" && (owner === null || seen.uid === owner)) sockets.push({ socketDirectory, port });
  }
  return [...(file ? heldPorts(port, file.pid, owner, around) : []), ...sockets];
}

/** Reads everything about the cluster `<clusters>/<version>/<name>`; starts no program and changes nothing. */
export async function readAptCluster(
  machine: Machine,
  version: string,
  name: string,
  surroundings: () => Promise<Surroundings>,
): Promise<AptCluster> {
  const folder = path.join(machine.paths.clusters, version, name);
  const conf = await readClusterConf(path.join(folder, "postgresql.conf"));
  const settings = clusterSettings(conf.values);
  const dataDirectory = settings.dataDirectory ?? `/var/lib/postgresql/${version}/${name}`;
  const [startConf, seen, listing, dataVersion, programs] = await Promise.all([
    readText(path.join(folder, "start.conf")),
    lookAt(dataDirectory),
    listFolder(dataDirectory),
    readText(path.join(dataDirectory, "PG_VERSION"), 100),
    lookAt(path.join(machine.paths.programs, version, "bin", "postgres")),
  ]);
  const start = startMode(startConf.kind === "text" ? startConf.text : null);
  const pid = await findPid(machine, settings, dataDirectory);
  const alive = isAlive(pid);
  const inaccessible = pid.kind === "denied" || (pid.kind === "read" && pid.process === "unknown");
  const held =
    conf.failure === null && (alive || inaccessible)
      ? await heldBy(settings, pid.kind === "read" ? pid.file : null, seen.uid, await surroundings())
      : [];
  const first = held.find((endpoint) => "socketDirectory" in endpoint) ?? held[0];
  const answers = inaccessible && first !== undefined && (await machine.probe(first, PROBE_MS)).kind === "postgresql";
  const kinds = {
    folder: listing.kind === "names" && listing.names.length === 0 ? "empty" : "present",
    socket: "not-a-folder",
    file: "not-a-folder",
    missing: "missing",
    denied: "denied",
    "symlink-loop": "symlink-loop",
  } as const;
  return {
    version,
    name,
    settings,
    start,
    ownerUid: seen.uid,
    pid: alive ? pid.file.pid : null,
    held: alive || answers ? held : [],
    problems: conf.problems,
    failure: conf.failure,
    evidence: {
      version,
      programs: programs.kind === "file",
      dataDirectory,
      data: kinds[seen.kind],
      dataVersion: dataVersion.kind === "text" ? dataVersion.text.trim() : dataVersion.kind === "missing" ? "" : null,
      pid,
      answers,
      start,
    },
  };
}
