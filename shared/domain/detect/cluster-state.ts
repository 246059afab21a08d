import type { ServerState, StateCause } from "../server";
import type { StartMode } from "./cluster-conf";
import type { PostmasterPid } from "./postmaster-pid";

/** What is known of the process a pid file names. "unknown": it lives, its name cannot be read. */
export type ProcessState = "postgres" | "other" | "dead" | "unknown";

export type PidEvidence =
  | { readonly kind: "none" }
  | { readonly kind: "denied" }
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "read"; readonly file: PostmasterPid; readonly process: ProcessState };

/** Everything the files of a cluster tell, before any judgement. */
export interface ClusterEvidence {
  /** Major version its layout names; null where it names none. */
  readonly version: string | null;
  /** False when the `postgres` that belongs to it is missing. */
  readonly programs: boolean;
  readonly dataDirectory: string;
  readonly data: "present" | "empty" | "missing" | "denied" | "not-a-folder" | "symlink-loop";
  /** What a data directory that is not there means. */
  readonly whenMissing: "uninitialised" | "broken";
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
  readonly cause: StateCause | null;
}

const judged = (
  state: ServerState,
  reason: string | null,
  startable = false,
  cause: StateCause | null = null,
): ClusterJudgement => ({ state, reason, startable, cause });

const lost = (reason: string): ClusterJudgement => judged("broken", reason, false, "missing-data-directory");

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
      return evidence.whenMissing === "broken"
        ? lost(`Its data directory ${where} is missing.`)
        : judged("uninitialised", `Its data directory ${where} is not made yet.`);
    case "not-a-folder":
      return lost(`Its data directory ${where} is not a folder.`);
    case "symlink-loop":
      return lost(`Its data directory ${where} is a symbolic link that leads back to itself.`);
    case "denied":
      return judged("no-permission", `Your user may not look into ${where}.`);
    case "empty":
      return judged("uninitialised", `Its data directory ${where} is empty.`);
    case "present":
      break;
  }
  if (evidence.dataVersion === "") return lost(`${where} has no PG_VERSION file: it is not a data directory.`);
  const { dataVersion, version } = evidence;
  if (dataVersion !== null && version !== null && dataVersion !== version) {
    const reason = `${where} was made by PostgreSQL ${dataVersion}, the programs are version ${version}.`;
    return judged("broken", reason, false, "incompatible-data");
  }
  return null;
}

function judgeStopped(start: StartMode): ClusterJudgement {
  if (start === "disabled") return judged("stopped", "Disabled in its start.conf.");
  return judged("stopped", start === "auto" ? "Enabled, not started." : "Started by hand only.", true);
}

/**
 * Names the state of a cluster and why (the rules of pg_lsclusters and of PostgreSQL's own start-up checks).
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
  if (!evidence.programs) {
    const which = evidence.version ?? evidence.dataVersion ?? "";
    return judged("broken", `The programs of PostgreSQL ${which} are not installed.`);
  }
  switch (pid.kind) {
    case "none":
    case "denied":
      return judgeStopped(evidence.start);
    case "unreadable":
      return judged("broken", `postmaster.pid cannot be read: ${pid.why}`, false, "stale-pid-file");
    case "read":
      break;
  }
  const who = pid.process === "dead" ? "which does not run any more" : "which is another program";
  return judged(
    "broken",
    `It did not shut down cleanly: postmaster.pid names process ${pid.file.pid}, ${who}. Starting it usually recovers it.`,
    evidence.start !== "disabled",
    "stale-pid-file",
  );
}
