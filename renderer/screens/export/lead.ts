import type { EnvPreview } from "../../../shared/domain/project-types";

const WORDS = ["No", "One", "Two", "Three", "Four", "Five"] as const;

interface Shown {
  readonly preview: EnvPreview | null;
  readonly file: string;
  /** Title of the text to copy; null on the two tabs that write a file. */
  readonly snippet: string | null;
  /** The preview is what a write has just left. */
  readonly written: boolean;
}

/** "Two lines change in .env. Everything else in the file stays as it is, comments included." */
export function leadOf({ preview, file, snippet, written }: Shown): string {
  if (snippet !== null) return `${snippet}: a text to copy. It holds no password, and nothing is written.`;
  if (!preview) return `The change to ${file}, line by line, before anything is written.`;
  const count = preview.changes.filter(({ kind }) => kind === "add" || kind === "change").length;
  if (count === 0)
    return written ? "Written. This is the file as it is now." : `Nothing changes: ${file} says so already.`;
  const lines = `${WORDS[count] ?? count} ${count === 1 ? "line" : "lines"}`;
  if (!preview.exists) return `${file} is new, with ${lines.toLowerCase()}.`;
  return `${lines} ${count === 1 ? "changes" : "change"} in ${file}. Everything else in the file stays as it is, comments included.`;
}
