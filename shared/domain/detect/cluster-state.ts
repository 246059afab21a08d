import { printable } from "../containers/raw";
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

/** What PG_VERSION says; `version` is a major version. */
export type VersionEvidence =
  | { readonly kind: "read"; readonly version: string }
  | { readonly kind: "missing" }
  | { readonly kind: "denied" }
  | { readonly kind: "unreadable"; readonly why: string };

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
  readonly dataVersion: VersionEvidence;
  readonly pid: PidEvidence;
  /** What its sockets and ports say: one answers as PostgreSQL, all are silent, or nothing was learnt. */
  readonly answers: "yes" | "silent" | "no";
  readonly start: StartMode;
}

export interface ClusterJudgement {
  readonly state: ServerState;
  readonly reason: string | null;
  /** Whether starting it can help. */
  readonly startable: boolean;
  readonly cause: StateCause | null;
  /** What a person does where no action of the app helps; null when nothing is wrong or an action does. */
  readonly remedy: string | null;
}

const judged = (
  state: ServerState,
  reason: string | null,
  more: Partial<Omit<ClusterJudgement, "state" | "reason">> = {},
): ClusterJudgement => ({ state, reason, startable: false, cause: null, remedy: null, ...more });

const lost = (reason: string, remedy: string): ClusterJudgement =>
  judged("broken", reason, { cause: "missing-data-directory", remedy });

const WAIT =
  "Wait until it is ready; after a crash or with much to recover that takes minutes, and its log tells how far it is.";

function judgeRunning(file: PostmasterPid, { answers, dataVersion }: ClusterEvidence): ClusterJudgement {
  if (answers === "silent" && !file.standalone) {
    return judged("unreachable", `Its process ${file.pid} lives and does not answer.`, {
      cause: "timed-out",
      remedy: "It hangs or is halted: its log may say why. If it stays so, stop that process and start it again.",
    });
  }
  if (file.standalone) {
    return judged("stopped", `Process ${file.pid} works on its data in single-user mode.`, {
      remedy: "Wait until that has ended, then start it.",
    });
  }
  if (file.status === "standby") return judged("running", "A standby: it can be read, not changed.");
  if (file.status === "stopping") {
    return judged("stopped", "It is shutting down.", { remedy: "Wait until it has ended, then start it." });
  }
  if (file.status === "ready") return judged("running", null);
  // The state stands in the file's last line, written last; servers before PostgreSQL 10 never write it.
  const writesNone = dataVersion.kind === "read" && Number.parseFloat(dataVersion.version) < 10;
  const saysNothing = file.startTime === null && file.port !== null;
  return file.status === null && (saysNothing || (writesNone && file.port !== null))
    ? judged("running", null)
    : judged("starting", "It is starting up.", { remedy: WAIT });
}

function judgeVersion({ dataDirectory: where, dataVersion, version }: ClusterEvidence): ClusterJudgement | null {
  switch (dataVersion.kind) {
    case "missing":
      return lost(
        `${where} has no PG_VERSION file: it is not a data directory.`,
        "Point its configuration at the right data directory, or put back what is missing from a backup.",
      );
    case "unreadable":
      return judged("broken", `${where}/PG_VERSION cannot be read: ${dataVersion.why}.`, {
        remedy: "The data directory is damaged: put it back from a backup.",
      });
    case "denied":
      return null;
    case "read":
      break;
  }
  if (version === null || dataVersion.version === version) return null;
  return judged(
    "broken",
    `${where} was made by PostgreSQL ${dataVersion.version}, the programs are version ${version}.`,
    {
      cause: "incompatible-data",
      remedy: `Install PostgreSQL ${dataVersion.version} to use the data, or bring it to ${version} with pg_upgrade. Do not delete it.`,
    },
  );
}

function judgeData(evidence: ClusterEvidence): ClusterJudgement | null {
  const where = evidence.dataDirectory;
  const put = "Bring it back (is its disk there?), or correct data_directory in its configuration.";
  switch (evidence.data) {
    case "missing":
      return evidence.whenMissing === "broken"
        ? lost(`Its data directory ${where} is missing.`, put)
        : judged("uninitialised", `Its data directory ${where} is not made yet.`);
    case "not-a-folder":
      return lost(`Its data directory ${where} is not a folder.`, put);
    case "symlink-loop":
      return lost(`Its data directory ${where} is a symbolic link that leads back to itself.`, put);
    case "empty":
      return judged("uninitialised", `Its data directory ${where} is empty.`);
    case "denied":
      // What runs is told beside the data directory, too: then it is known to be stopped, and nothing else is wrong.
      if (evidence.pid.kind !== "denied") return null;
      return judged("no-permission", `Your user may not look into ${where}.`);
    case "present":
      return judgeVersion(evidence);
  }
}

function judgeStopped(start: StartMode): ClusterJudgement {
  if (start === "disabled") {
    return judged("stopped", "Disabled in its start.conf.", {
      remedy: "Write auto or manual into its start.conf, beside postgresql.conf, to allow a start.",
    });
  }
  return judged("stopped", start === "auto" ? "Enabled, not started." : "Started by hand only.", { startable: true });
}

/** A living process without a readable name is the postmaster where somebody answers, or would if it could. */
const isPostmaster = (
  { file, process }: Extract<PidEvidence, { kind: "read" }>,
  answers: ClusterEvidence["answers"],
): boolean => process === "postgres" || (process === "unknown" && (answers !== "no" || file.status === "starting"));

const FILE_STAYS = "Make sure that no server uses this data, then remove its postmaster.pid.";

/**
 * Names the state of a cluster, why, and what to do (the rules of pg_lsclusters and of PostgreSQL's own start-up
 * checks). Broken, missing, not permitted, silent and stopped stay different answers.
 */
export function judgeCluster(evidence: ClusterEvidence): ClusterJudgement {
  const { pid, dataVersion } = evidence;
  if (pid.kind === "read" && isPostmaster(pid, evidence.answers)) return judgeRunning(pid.file, evidence);
  if (evidence.answers === "yes") return judged("running", null);
  const data = judgeData(evidence);
  if (data) return data;
  if (!evidence.programs) {
    const which = evidence.version ?? (dataVersion.kind === "read" ? dataVersion.version : "");
    const name = `PostgreSQL ${which}`.trim();
    return judged("broken", `The programs of ${name} are not installed.`, {
      remedy: `Install ${name} again; the data stays as it is.`,
    });
  }
  switch (pid.kind) {
    case "none":
    case "denied":
      return judgeStopped(evidence.start);
    case "unreadable":
      return judged("broken", `postmaster.pid cannot be read: ${printable(pid.why)}`, {
        cause: "stale-pid-file",
        remedy: FILE_STAYS,
      });
    case "read":
      break;
  }
  const isDead = pid.process === "dead";
  const who = isDead ? "which does not run any more" : "which is another program";
  const advice = isDead ? "Starting it usually recovers it." : "A start works once that number is free.";
  return judged(
    "broken",
    `It did not shut down cleanly: postmaster.pid names process ${pid.file.pid}, ${who}. ${advice}`,
    { startable: evidence.start !== "disabled", cause: "stale-pid-file", remedy: isDead ? null : FILE_STAYS },
  );
}
