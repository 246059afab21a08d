import { readFileSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import nodePath from "node:path";
import type { ProcessState } from "../../../shared/domain/detect/cluster-state";
import type { Probe } from "../../use-cases/detection";
import { probePostgres } from "../postgres/probe";
import { localFiles, type MachineFiles } from "./files";
import { processState } from "./processes";
import { type RunTool, runTool } from "./run-tool";

/** Places of the machine that detection reads; tests point them at folders of their own. */
export interface MachinePaths {
  /** Debian's configuration of clusters. */
  readonly clusters: string;
  /** Debian's programs: <programs>/<version>/bin. */
  readonly programs: string;
  readonly dpkgStatus: string;
  readonly proc: string;
  readonly passwd: string;
  /** Exists when systemd runs (sd_booted(3)). */
  readonly systemd: string;
  readonly socketDirectories: readonly string[];
}

/** Who runs this process, and what detection may use. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly userName: string;
  /** Null on Windows. */
  readonly uid: number | null;
  readonly paths: MachinePaths;
  readonly files: MachineFiles;
  /** Joins and splits paths the platform's way. */
  readonly path: nodePath.PlatformPath;
  /** Asks one of the system's own tools (`reg query`, `wsl --list`): read-only, bounded, without a shell. */
  readonly runTool: RunTool;
  readonly processState: (pid: number) => ProcessState;
  readonly probe: Probe;
  /** The open project's folder; null when there is none. */
  readonly projectFolder: () => string | null;
}

const PATHS: MachinePaths = {
  clusters: "/etc/postgresql",
  programs: "/usr/lib/postgresql",
  dpkgStatus: "/var/lib/dpkg/status",
  proc: "/proc",
  passwd: "/etc/passwd",
  systemd: "/run/systemd/system",
  socketDirectories: ["/var/run/postgresql", "/run/postgresql", "/tmp", "/private/tmp"],
};

function currentUserName(environment: Readonly<Record<string, string | undefined>>): string {
  try {
    return userInfo().username;
  } catch {
    // A uid without a passwd entry (containers): fall back on what the shell says.
    return environment.USER ?? environment.USERNAME ?? "postgres";
  }
}

/** This computer as it is; `more` replaces parts of it. */
export function thisMachine(
  more: Partial<Omit<Machine, "paths">> & { readonly paths?: Partial<MachinePaths> } = {},
): Machine {
  const environment = more.environment ?? process.env;
  const platform = more.platform ?? process.platform;
  const paths = { ...PATHS, ...more.paths };
  return {
    platform,
    environment,
    home: environment.HOME || environment.USERPROFILE || homedir(),
    userName: currentUserName(environment),
    uid: process.getuid?.() ?? null,
    files: localFiles,
    path: platform === "win32" ? nodePath.win32 : nodePath.posix,
    runTool,
    processState: (pid) => processState(platform, paths.proc, pid),
    probe: probePostgres,
    projectFolder: () => null,
    ...more,
    paths,
  };
}

/** A user of /etc/passwd by name or uid; null when there is none. */
export function findUser(
  passwdFile: string,
  who: string | number,
): { readonly name: string; readonly uid: number; readonly gid: number } | null {
  try {
    for (const line of readFileSync(passwdFile, "utf8").split("\n")) {
      const [name, , uid, gid] = line.split(":");
      if (name && uid && gid && (typeof who === "string" ? name === who : Number(uid) === who)) {
        return { name, uid: Number(uid), gid: Number(gid) };
      }
    }
  } catch {
    // No passwd file: no named users, which is what null says.
  }
  return null;
}
