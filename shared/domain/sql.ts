/**
 * An SQL identifier, always quoted: `"` doubled inside `"..."`. A NUL byte cannot be in a name
 * (PostgreSQL manual, 4.1.1); `checkName` refuses it before, and it is dropped here so that no text ends early.
 */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll("\0", "").replaceAll('"', '""')}"`;

/**
 * An SQL string literal, right whatever `standard_conforming_strings` says: `'` doubled, and with a backslash in
 * it the `E'...'` form with `\` doubled (PostgreSQL manual, 4.1.2.2). A NUL byte is dropped.
 */
export function quoteLiteral(value: string): string {
  const doubled = value.replaceAll("\0", "").replaceAll("'", "''");
  return doubled.includes("\\") ? `E'${doubled.replaceAll("\\", "\\\\")}'` : `'${doubled}'`;
}
