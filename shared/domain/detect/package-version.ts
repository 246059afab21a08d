/**
 * The upstream version of an installed package out of /var/lib/dpkg/status: "15.18" for "15.18-0+deb12u1".
 * Null when the package is not in the file.
 */
export function packageVersion(status: string, name: string): string | null {
  const start = status.startsWith(`Package: ${name}\n`) ? 0 : status.indexOf(`\nPackage: ${name}\n`);
  if (start < 0) return null;
  const end = status.indexOf("\n\n", start + 1);
  const stanza = status.slice(start, end < 0 ? undefined : end);
  return /^Version: (?:\d+:)?(\d+(?:\.\d+)*)/m.exec(stanza)?.[1] ?? null;
}

/** The version in a program's path: "15" for /usr/lib/postgresql/15/bin/postgres or /usr/pgsql-15/bin/postgres. */
export const versionFromProgram = (path: string): string | null =>
  /(?:\/|-|@)(\d{1,2}(?:\.\d+)*)\/bin\/(?:postgres|postmaster)$/.exec(path)?.[1] ?? null;
