import { lastLines } from "../../../shared/domain/containers/log";
import type { ServerEvidence, ServerState } from "../../../shared/domain/server";
import type { Cluster } from "./cluster";
import type { Machine } from "./machine";

/** Lines read to judge by, and of those the lines shown: enough to see why a server ended. */
export const LOG_LINES = 12;
const SHOWN_LINES = 6;

/** What was seen of a cluster: its data directory, its process, and the end of its log where it does not run well. */
export async function evidenceOf(
  machine: Machine,
  cluster: Cluster,
  state: ServerState,
  log: { readonly file: string; readonly lines: readonly string[] } | null,
): Promise<readonly ServerEvidence[]> {
  const { evidence, pid, place } = cluster;
  const isStale = evidence.pid.kind === "read" && pid === null ? evidence.pid.file.pid : null;
  const shown = log === null || state === "running" ? [] : lastLines(log.lines.join("\n"), [], SHOWN_LINES);
  const hidden = log !== null && shown.length === 0 && (await machine.files.lookAt(log.file)).kind === "file";
  const seen: (ServerEvidence | null)[] = [
    { kind: "path", label: "Data directory", text: evidence.dataDirectory },
    { kind: "path", label: "Configuration", text: place.configuration },
    place.programs === null ? null : { kind: "path", label: "Programs", text: place.programs },
    pid === null ? null : { kind: "pid", label: "Process", text: String(pid) },
    isStale === null ? null : { kind: "pid", label: "Process in postmaster.pid", text: String(isStale) },
    hidden ? { kind: "path", label: "Log", text: log.file } : null,
    log === null || shown.length === 0 ? null : { kind: "log", label: `End of ${log.file}`, text: shown.join("\n") },
  ];
  return seen.filter((one): one is ServerEvidence => one !== null);
}
