/** True when a line of a `.gitignore` names the file itself; patterns are git's business. */
const names = (text: string, file: string): boolean =>
  text.split(/\r\n|\n/).some((line) => line.trim() === file || line.trim() === `/${file}`);

/** A `.gitignore` text with a line for each of `files` that it does not name; all other bytes stay. */
export function ignoring(text: string, files: readonly string[]): string {
  const missing = files.filter((file) => !names(text, file));
  if (missing.length === 0) return text;
  const lineBreak = /\r\n/.test(text) ? "\r\n" : "\n";
  const open = text !== "" && !text.endsWith("\n");
  return text + (open ? lineBreak : "") + missing.map((file) => file + lineBreak).join("");
}
