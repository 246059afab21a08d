import type { ServerState } from "../server";
import type { StartMode } from "./cluster-conf";
import type { PostmasterPid } from "./postmaster-pid";

/** What is known of the process a pid file names. "unknown": it lives, its name cannot be read. */
export type ProcessState = "postgres" | "other" | "dead" | "unknown";

export type PidEvidence =
  | { readonly kind: "none" }
  | { readonly kind: "denied" }
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "read"; readonly file: PostmasterPid; readonly process: ProcessState };

/** Everything the files of a Debian cluster tell, before any judgement. */
export interface ClusterEvidence {
  /** Major version its configuration folder names. */
  readonly version: string;
  /** False when /usr/lib/postgresql/<version>/bin/postgres is missing. */
  readonly programs: boolean;
  readonly dataDirectory: string;
  readonly data: "present" | "empty" | "missing" | "denied" | "not-a-folder" | "symlink-loop";
  /** Text of PG_VERSION; null when the rights do not reach; "" when the file is missing. */
  readonly dataVersion: string | null;
  readonly pid: PidEvidence;
  /** True when a socket or port of this cluster answers as PostgreSQL. */
  readonly answers: boolean;
  readonly start: StartMode;
}

export interface ClusterJudgement {
  readonly state: ServerState;
  readonly reason: string | null;
  /** Whether starting it can help. */
  readonly startable: boolean;
}

const judged = (state: ServerState, reason: string | null, startable = false): ClusterJudgement => ({
  state,
  reason,
  startable,
});

function judgeRunning(file: PostmasterPid): ClusterJudgement {
  if (file.status === "standby") return judged("running", "A standby: it can be read, not changed.");
  if (file.status === "starting") return judged("starting", "It is starting up.");
  if (file.status === "stopping") return judged("stopped", "It is shutting down.");
  if (file.status === null && file.port === null) return judged("starting", "It is starting up.");
  return judged("running", null);
}

function judgeData(evidence: ClusterEvidence): ClusterJudgement | null {
  const where = evidence.dataDirectory;
  switch (evidence.data) {
    case "missing":
      return judged("broken", `Its data directory ${where} is missing.`);
    case "not-a-folder":
      return judged("broken", `Its data directory ${where} is not a folder.`);
    case "symlink-loop":
      return judged("broken", `Its data directory ${where} is a symbolic link that leads back to itself.`);
    case "denied":
      return judged("no-permission", `Your user may not look into ${where}.`);
    case "empty":
      return judged("uninitialised", `Its data directory ${where} is empty.`);
    case "present":
      break;
  }
  if (evidence.dataVersion === "")
    return judged("broken", `${where} has no PG_VERSION file: it is not a data directory.`);
  if (evidence.dataVersion !== null && evidence.dataVersion !== evidence.version) {
    return judged(
      "broken",
      `${where} was made by PostgreSQL ${evidence.dataVersion}, the programs are version ${evidence.version}.`,
    );
  }
  return null;
}

function judgeStopped(start: StartMode): ClusterJudgement {
  if (start === "disabled") return judged("stopped", "Disabled in its start.conf.");
  return judged("stopped", start === "auto" ? "Enabled, not started." : "Started by hand only.", true);
}

/**
 * Names the state of a Debian cluster and why (the rules of pg_lsclusters and of PostgreSQL's own start-up checks).
 * Broken, missing, not permitted and stopped stay four different answers.
 */
export function judgeCluster(evidence: ClusterEvidence): ClusterJudgement {
  const { pid } = evidence;
  if (pid.kind === "read" && (pid.process === "postgres" || (pid.process === "unknown" && evidence.answers))) {
    return judgeRunning(pid.file);
  }
  if (evidence.answers) return judged("running", null);
  const data = judgeData(evidence);
  if (data) return data;
  if (!evidence.programs) return judged("broken", `The programs of PostgreSQL ${evidence.version} are not installed.`);
  switch (pid.kind) {
    case "none":
    case "denied":
      return judgeStopped(evidence.start);
    case "unreadable":
      return judged("broken", `postmaster.pid cannot be read: ${pid.why}`);
    case "read":
      break;
  }
  const who = pid.process === "dead" ? "which does not run any more" : "which is another program";
  return judged(
    "broken",
    `It did not shut down cleanly: postmaster.pid names process ${pid.file.pid}, ${who}. Starting it usually recovers it.`,
    evidence.start !== "disabled",
  );
}
