import { lastLines } from "../../../shared/domain/containers/log";
import { printable } from "../../../shared/domain/containers/raw";
import type { ServerEvidence, ServerState } from "../../../shared/domain/server";
import type { Cluster } from "./cluster";
import type { Machine } from "./machine";

/** Lines read to judge by, and of those the lines shown: enough to see why a server ended. */
export const LOG_LINES = 12;
const SHOWN_LINES = 6;

const PATH_LENGTH = 400;

/** A path as it is shown: folders can be called anything. */
export const seenAt = (label: string, path: string): ServerEvidence => ({
  kind: "path",
  label,
  text: printable(path, PATH_LENGTH),
});

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
    seenAt("Data directory", evidence.dataDirectory),
    seenAt("Configuration", place.configuration),
    place.programs === null ? null : seenAt("Programs", place.programs),
    pid === null ? null : { kind: "pid", label: "Process", text: String(pid) },
    isStale === null ? null : { kind: "pid", label: "Process in postmaster.pid", text: String(isStale) },
    hidden ? seenAt("Log", log.file) : null,
    log === null || shown.length === 0
      ? null
      : { kind: "log", label: printable(`End of ${log.file}`, PATH_LENGTH), text: shown.join("\n") },
  ];
  return seen.filter((one): one is ServerEvidence => one !== null);
}
