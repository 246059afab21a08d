const AROUND = 34;

/** Two lines: the text around a character (counted from 0), and a caret below that character. */
export function pointAt(text: string, position: number): string {
  const from = Math.max(0, position - AROUND);
  const to = Math.min(text.length, position + AROUND);
  const before = (from > 0 ? "…" : "") + text.slice(from, position);
  const rest = text.slice(position, to) + (to < text.length ? "…" : "");
  return `${before}${rest}\n${" ".repeat(before.length)}^`;
}
