import type { EnvPreview } from "../../../shared/domain/project-types";

const WORDS = ["No", "One", "Two", "Three", "Four", "Five"] as const;

/** "Two lines change in .env. Everything else in the file stays as it is, comments included." */
export function leadOf(preview: EnvPreview | null, file: string): string {
  if (!preview) return `The change to ${file}, line by line, before anything is written.`;
  const count = preview.changes.filter(({ kind }) => kind === "add" || kind === "change").length;
  if (count === 0) return `Nothing changes: ${file} says so already.`;
  const lines = `${WORDS[count] ?? count} ${count === 1 ? "line" : "lines"}`;
  if (!preview.exists) return `${file} is new, with ${lines.toLowerCase()}.`;
  return `${lines} ${count === 1 ? "changes" : "change"} in ${file}. Everything else in the file stays as it is, comments included.`;
}
