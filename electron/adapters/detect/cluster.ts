import {
  type ClusterSettings,
  clusterSettings,
  mayListenOn,
  type StartMode,
  wantedEndpoints,
} from "../../../shared/domain/detect/cluster-conf";
import type { ClusterEvidence, PidEvidence, VersionEvidence } from "../../../shared/domain/detect/cluster-state";
import { type PostmasterPid, parsePostmasterPid } from "../../../shared/domain/detect/postmaster-pid";
import { type Listener, loopbackOf } from "../../../shared/domain/detect/proc-net";
import type { Endpoint } from "../../../shared/domain/endpoint";
import { type ConfValues, readClusterConf } from "./cluster-files";
import type { Machine } from "./machine";
import type { PostgresProcess } from "./processes";

/** Time a socket or port gets to answer; local ones answer within a millisecond. */
const PROBE_MS = 1000;

/** Where an installer puts a cluster and what belongs to it. */
export interface ClusterPlace {
  /** The major version that the layout names; null: PG_VERSION tells it. */
  readonly version: string | null;
  /** Folder of `postgres` and `pg_ctl`; null where it is not known. */
  readonly programs: string | null;
  /** Its postgresql.conf. */
  readonly configuration: string;
  /** The data directory, unless the configuration names another. */
  readonly dataDirectory: string;
  /** Where its build puts sockets when nothing else is said. */
  readonly socketDirectories: readonly string[];
  readonly start: StartMode;
  /** What a data directory that is not there means: the first start comes after an initialisation, or it got lost. */
  readonly whenMissing: "uninitialised" | "broken";
}

/** A cluster as its files and its sockets show it. */
export interface Cluster {
  readonly place: ClusterPlace;
  readonly settings: ClusterSettings;
  readonly evidence: ClusterEvidence;
  /** The data directory's owner; null when it cannot be seen. */
  readonly ownerUid: number | null;
  /** The live postmaster; null when it does not run. */
  readonly pid: number | null;
  /** The addresses it holds now; empty unless it runs. */
  readonly held: readonly Endpoint[];
  /** Lines about files that were left out. */
  readonly problems: readonly string[];
  /** A line of its configuration that PostgreSQL does not start with. */
  readonly badLine: ConfValues["badLine"];
  /** Set when its configuration cannot be read, and nothing more is known. */
  readonly failure: string | null;
}

export interface Surroundings {
  readonly listeners: readonly Listener[] | null;
  readonly processes: readonly PostgresProcess[];
}

async function readPid(machine: Machine, file: string): Promise<PidEvidence> {
  const read = await machine.files.readText(file);
  if (read.kind === "missing") return { kind: "none" };
  if (read.kind === "denied") return { kind: "denied" };
  if (read.kind === "unreadable") return { kind: "unreadable", why: `${read.why}.` };
  const parsed = parsePostmasterPid(read.text);
  if (!parsed) {
    const why = read.text.trim() === "" ? "it is empty." : "its first line is no process number.";
    return { kind: "unreadable", why };
  }
  return { kind: "read", file: parsed, process: machine.processState(parsed.pid) };
}

/** What a pid file would say of a postmaster that is known by its process number alone. */
const pidOnly = (pid: number, dataDirectory: string, port: number): PidEvidence => ({
  kind: "read",
  process: "postgres",
  file: {
    pid,
    standalone: false,
    dataDirectory,
    startTime: null,
    port,
    socketDirectory: null,
    listenAddress: null,
    status: null,
  },
});

async function readVersion(machine: Machine, file: string): Promise<VersionEvidence> {
  const read = await machine.files.readText(file, 100);
  if (read.kind === "missing" || read.kind === "denied") return { kind: read.kind };
  if (read.kind === "unreadable") return { kind: "unreadable", why: read.why };
  const version = read.text.trim();
  return /^\d{1,3}(\.\d{1,3})?$/.test(version)
    ? { kind: "read", version }
    : { kind: "unreadable", why: "it holds no version number" };
}

/** True when a process is known to work in another data directory: it only got the number of one that ended. */
async function isElsewhere(machine: Machine, pid: number, dataDirectory: string, around: Surroundings) {
  const known = around.processes.find((process) => process.pid === pid)?.dataDirectory ?? null;
  if (known === null || known === dataDirectory) return false;
  return known !== ((await machine.files.realPath(dataDirectory)) ?? dataDirectory);
}

/** The pid file in the data directory; where that is closed to us, the one Debian keeps beside the sockets, or the process itself. */
async function findPid(
  machine: Machine,
  settings: ClusterSettings,
  dataDirectory: string,
  surroundings: () => Promise<Surroundings>,
): Promise<PidEvidence> {
  const own = await readPid(machine, machine.path.join(dataDirectory, "postmaster.pid"));
  if (own.kind === "read" && own.process === "postgres") {
    const elsewhere = await isElsewhere(machine, own.file.pid, dataDirectory, await surroundings());
    return elsewhere ? { ...own, process: "other" } : own;
  }
  if (own.kind !== "denied") return own;
  const external = settings.externalPidFile ? await readPid(machine, settings.externalPidFile) : null;
  // It holds the process number only; the port is then what the configuration says.
  if (external?.kind === "read" && external.process === "postgres")
    return { ...external, file: { ...external.file, port: settings.port } };
  const { processes } = await surroundings();
  const process = processes.find((one) => one.dataDirectory === dataDirectory);
  if (process) return pidOnly(process.pid, dataDirectory, settings.port);
  return external?.kind === "none" ? external : own;
}

/** Loopback addresses whose socket belongs to this postmaster: by inode where that can be seen, else by its user and settings. */
function heldPorts(
  settings: ClusterSettings,
  { port, pid }: { readonly port: number; readonly pid: number },
  owner: number | null,
  around: Surroundings,
): readonly Endpoint[] {
  const inodes = around.processes.find((process) => process.pid === pid)?.inodes ?? null;
  const hosts = (around.listeners ?? [])
    .filter((listener) => listener.port === port)
    .filter(({ address, inode, uid }) => {
      if (inodes && inode) return inodes.has(inode);
      return owner !== null && uid === owner && mayListenOn(settings, loopbackOf(address) ?? address);
    })
    .map((listener) => loopbackOf(listener.address))
    .filter((host) => host !== null);
  return [...new Set(hosts)].sort().map((host) => ({ host, port }));
}

async function heldBy(
  machine: Machine,
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
    const seen = await machine.files.lookAt(machine.path.join(socketDirectory, `.s.PGSQL.${port}`));
    if (seen.kind === "socket" && (owner === null || seen.uid === owner)) sockets.push({ socketDirectory, port });
  }
  // Only Linux lists who listens; elsewhere the addresses it is told to hold are knocked on.
  const tcp = around.listeners
    ? file
      ? heldPorts(settings, { port, pid: file.pid }, owner, around)
      : []
    : wantedEndpoints({ ...settings, port, socketDirectories: [] });
  return [...tcp, ...sockets];
}

/** Who of the addresses answers as PostgreSQL, and whether all of them keep silent. */
async function ask(machine: Machine, held: readonly Endpoint[]) {
  const answers = await Promise.all(held.map((endpoint) => machine.probe(endpoint, PROBE_MS)));
  const answered = held.filter((_, index) => answers[index]?.kind === "postgresql");
  const silent = answers.length > 0 && answers.every(({ kind }) => kind === "timeout");
  return { answered, answers: answered.length > 0 ? "yes" : silent ? "silent" : "no" } as const;
}

/** Reads everything about the cluster at a place; starts no program and changes nothing. */
export async function readCluster(
  machine: Machine,
  place: ClusterPlace,
  surroundings: () => Promise<Surroundings>,
): Promise<Cluster> {
  const { files, path } = machine;
  const conf = await readClusterConf(machine, place.configuration, place.dataDirectory);
  const settings = clusterSettings(conf.values, place.socketDirectories);
  const dataDirectory = settings.dataDirectory ?? place.dataDirectory;
  const program = machine.platform === "win32" ? "postgres.exe" : "postgres";
  const [seen, listing, dataVersion, programs] = await Promise.all([
    files.lookAt(dataDirectory),
    files.listFolder(dataDirectory),
    readVersion(machine, path.join(dataDirectory, "PG_VERSION")),
    place.programs === null ? null : files.lookAt(path.join(place.programs, program)),
  ]);
  const pid = await findPid(machine, settings, dataDirectory, surroundings);
  const alive = pid.kind === "read" && pid.process === "postgres";
  const inaccessible = pid.kind === "denied" || (pid.kind === "read" && pid.process === "unknown");
  const readable = conf.failure === null || conf.failure === "denied";
  const held =
    readable && (alive || inaccessible)
      ? await heldBy(machine, settings, pid.kind === "read" ? pid.file : null, seen.uid, await surroundings())
      : [];
  const { answered, answers } = await ask(machine, held);
  const kinds = {
    folder: listing.kind === "names" && listing.names.length === 0 ? "empty" : "present",
    socket: "not-a-folder",
    file: "not-a-folder",
    missing: "missing",
    denied: "denied",
    "symlink-loop": "symlink-loop",
  } as const;
  return {
    place,
    settings,
    ownerUid: seen.uid,
    pid: pid.kind === "read" && (alive || (inaccessible && answers !== "no")) ? pid.file.pid : null,
    held: alive || answers === "silent" ? held : answered,
    problems: conf.problems,
    badLine: conf.badLine,
    failure: conf.failure,
    evidence: {
      version: place.version,
      programs: programs === null || programs.kind === "file",
      dataDirectory,
      data: listing.kind === "denied" ? "denied" : kinds[seen.kind],
      whenMissing: place.whenMissing,
      dataVersion,
      pid,
      answers,
      start: place.start,
    },
  };
}
