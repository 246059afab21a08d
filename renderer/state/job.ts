import type { JobEnd } from "../../shared/ipc/contract";

/** A job's end as one sentence when it is no value; null when it is one. */
export function endText(end: JobEnd<unknown>): string | null {
  if (end.kind === "done") return null;
  return end.kind === "cancelled" ? "Stopped." : end.message;
}
