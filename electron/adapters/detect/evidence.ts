import type { ServerEvidence, ServerState } from "../../../shared/domain/server";
import type { Cluster } from "./cluster";
import type { Machine } from "./machine";

/** Enough of a log to see why a server ended. */
const LOG_LINES = 6;

/** What was seen of a cluster: its data directory, its process, and the end of its log where it does not run well. */
export async function evidenceOf(
  machine: Machine,
  cluster: Cluster,
  state: ServerState,
  logFile: string | null,
): Promise<readonly ServerEvidence[]> {
  const { evidence, pid, place } = cluster;
  const runs = state === "running" || state === "starting";
  const log = logFile === null || runs ? [] : await machine.files.readLastLines(logFile, LOG_LINES);
  const seen: (ServerEvidence | null)[] = [
    { kind: "path", label: "Data directory", text: evidence.dataDirectory },
    { kind: "path", label: "Configuration", text: place.configuration },
    place.programs === null ? null : { kind: "path", label: "Programs", text: place.programs },
    pid === null ? null : { kind: "pid", label: "Process", text: String(pid) },
    log.length === 0 ? null : { kind: "log", label: `End of ${logFile}`, text: log.join("\n") },
  ];
  return seen.filter((one): one is ServerEvidence => one !== null);
}
