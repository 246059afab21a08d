/** What stands before a line that was written by a remedy, so that a reader of the file knows. */
const REMARK = "# added by Aksara Database Setup";

/** A pg_hba.conf with a line more, and where that is; lines count from 1. */
export interface WithLine {
  readonly content: string;
  readonly lineNumber: number;
}

const newline = (content: string): string => (/\r\n/.test(content) ? "\r\n" : "\n");

/**
 * Puts a line into pg_hba.conf, first or last; the first line that fits a connection decides (PostgreSQL manual, 21.1).
 * Nothing else of the file changes, but for a missing end of its last line.
 */
export function withLine(content: string, line: string, place: "first" | "last"): WithLine {
  const end = newline(content);
  const added = `${REMARK}${end}${line}${end}`;
  if (place === "first") return { content: added + content, lineNumber: 2 };
  const before = content === "" || content.endsWith("\n") ? content : content + end;
  return { content: before + added, lineNumber: before.split("\n").length + 1 };
}

/** The file without that line and its remark, whatever else has changed since; null when they are gone. */
export function withoutLine(content: string, line: string): string | null {
  const end = newline(content);
  const added = `${REMARK}${end}${line}${end}`;
  const at = content.lastIndexOf(added);
  const isLineStart = at === 0 || content[at - 1] === "\n";
  return at < 0 || !isLineStart ? null : content.slice(0, at) + content.slice(at + added.length);
}

/**
 * Whether a quoted name means in pg_hba.conf just what it says: a line ends with its line, and from PostgreSQL 16 on a
 * name that begins with a slash is a regular expression, quoted or not (PostgreSQL manual, 21.1).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a line cannot hold
export const fitsInLine = (name: string): boolean => name !== "" && !/^\/|[\u0000-\u001f\u007f]/.test(name);

/** Stands in a line until it is known where the server sees the connection come from. */
export const UNKNOWN_ADDRESS = "<this computer's address>/32";

/** "10.0.0.7/32": an address with the mask that takes no other. */
export const singleAddress = (address: string): string => `${address}/${address.includes(":") ? 128 : 32}`;

/** A line of ours with the address the server itself sees; null where neither it nor the line knows one. */
export function withAddress(line: string, seen: string | null): string | null {
  if (seen === null) return line.includes(UNKNOWN_ADDRESS) ? null : line;
  return line.replace(/(?:<[^<>]*>|[^\s<>]+)\/\d+ (?=scram-sha-256$)/, () => `${singleAddress(seen)} `);
}
