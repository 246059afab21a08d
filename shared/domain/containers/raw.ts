/** Reading answers of an engine: whatever comes, a field is what it should be or it is missing. */
export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((one): one is string => typeof one === "string");

export const numberOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

/** A port number out of a number or its digits; null for everything else, 0 included. */
export function portOf(value: unknown): number | null {
  const port = typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : numberOf(value);
  return port !== null && Number.isInteger(port) && port > 0 && port <= 65535 ? port : null;
}

/** Control characters, line breaks, and marks that turn the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text of somebody else's for one line of the screen: control characters as "?", at most `limit` characters. */
export function printable(text: string, limit = 120): string {
  const letters = [...text.slice(0, limit * 4).replace(UNPRINTABLE, "?")];
  return letters.length > limit ? `${letters.slice(0, limit - 1).join("")}…` : letters.join("");
}
