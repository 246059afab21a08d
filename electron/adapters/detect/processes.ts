import { readdirSync, readlinkSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import type { ProcessState } from "../../../shared/domain/detect/cluster-state";
import { versionFromProgram } from "../../../shared/domain/detect/package-version";
import { readProc } from "./files";
import type { Machine } from "./machine";

/** A running postmaster as /proc shows it. */
export interface PostgresProcess {
  readonly pid: number;
  readonly uid: number | null;
  /** Null when neither its working directory nor its command line tells. */
  readonly dataDirectory: string | null;
  readonly version: string | null;
  /** Inodes of its open sockets; null when the rights do not reach. */
  readonly inodes: ReadonlySet<string> | null;
}

const PROGRAMS = ["postgres", "postmaster"];

/** Name and parent of a process out of /proc/<pid>/stat (proc(5)); the name may itself hold spaces and brackets. */
function readStat(text: string): { readonly name: string; readonly parent: number } | null {
  const match = /^\d+ \(([\s\S]*)\) \S (\d+) /.exec(text);
  return match ? { name: match[1] as string, parent: Number(match[2]) } : null;
}

/** What a look at /proc gives, or null; nothing there waits for a disk or a network, so it is asked one by one. */
function ofProc<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}

const openSockets = (folder: string): ReadonlySet<string> | null =>
  ofProc(() => {
    const links = readdirSync(folder).map((name) => ofProc(() => readlinkSync(`${folder}/${name}`)) ?? "");
    return new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]).filter((inode) => inode !== undefined));
  });

function describe(proc: string, pid: number): PostgresProcess {
  const folder = `${proc}/${pid}`;
  const info = ofProc(() => statSync(folder));
  const cwd = ofProc(() => readlinkSync(`${folder}/cwd`));
  const inodes = openSockets(`${folder}/fd`);
  const words = (readProc(`${folder}/cmdline`) ?? "").split("\0");
  const flag = words.indexOf("-D");
  const named = flag > 0 ? words[flag + 1] : undefined;
  return {
    pid,
    uid: info?.uid ?? null,
    // A postmaster changes into its data directory and stays there.
    dataDirectory: cwd ?? (named?.startsWith("/") ? named.replace(/(?<=.)\/+$/, "") : null),
    version: versionFromProgram(words[0] ?? ""),
    inodes,
  };
}

/** The postmasters that run on this Linux; empty where there is no /proc. */
export async function postgresProcesses(machine: Machine): Promise<readonly PostgresProcess[]> {
  const { proc } = machine.paths;
  const names = await readdir(proc).catch(() => [] as string[]);
  const seen = new Map<number, { readonly name: string; readonly parent: number }>();
  let count = 0;
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    const read = readStat(readProc(`${proc}/${name}/stat`) ?? "");
    if (read && PROGRAMS.includes(read.name)) seen.set(Number(name), read);
    // On machines with thousands of processes the window must not wait for all of them.
    if (++count % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const roots = [...seen].filter(([, { parent }]) => !seen.has(parent)).map(([pid]) => pid);
  return roots.map((pid) => describe(proc, pid));
}

/** What a process is: a postmaster, another program, dead, or alive under an unreadable name. */
export function processState(platform: NodeJS.Platform, proc: string, pid: number): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return "dead";
  }
  if (platform !== "linux") return "unknown";
  const info = readStat(readProc(`${proc}/${pid}/stat`) ?? "");
  if (!info) return "unknown";
  if (!PROGRAMS.includes(info.name)) return "other";
  // One that another postgres started is not a server of its own: it serves that one's clients.
  const parent = readStat(readProc(`${proc}/${info.parent}/stat`) ?? "");
  return parent && PROGRAMS.includes(parent.name) ? "other" : "postgres";
}
