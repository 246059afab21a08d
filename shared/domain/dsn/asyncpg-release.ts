/**
 * The releases of asyncpg whose readings differ, oldest first. 0.27 stands for what came before it too. 0.27, 0.30 and
 * 0.31 are compared with the real ones; 0.28 and 0.29 follow their release notes. 0.32 (October 2026) was not at hand.
 */
export const ASYNCPG_RELEASES = ["0.27", "0.28", "0.29", "0.30", "0.31"] as const;

export type AsyncpgRelease = (typeof ASYNCPG_RELEASES)[number];

/** The release that counts where none is named: the newest this reading was compared with. */
export const NEWEST_ASYNCPG: AsyncpgRelease = "0.31";

const known = (since: AsyncpgRelease | null, names: string): (readonly [string, AsyncpgRelease | null])[] =>
  names.split(" ").map((name) => [name, since] as const);

/** Query parameters asyncpg keeps for itself, with the release that first did; null stands for 0.27 and before. */
export const ASYNCPG_PARAMETERS: ReadonlyMap<string, AsyncpgRelease | null> = new Map([
  ...known(
    null,
    "host port user password dbname database passfile sslmode sslcert sslkey sslrootcert sslcrl sslpassword",
  ),
  ...known(null, "ssl_min_protocol_version ssl_max_protocol_version"),
  ...known("0.28", "target_session_attrs"),
  ...known("0.30", "krbsrvname gsslib sslnegotiation"),
  // `servicefile` is an argument of connect() alone; in a string it goes to the server.
  ...known("0.31", "service"),
]);

/** Whether a release keeps a query parameter for itself instead of sending it to the server. */
export function isOwnParameter(name: string, release: AsyncpgRelease): boolean {
  const since = ASYNCPG_PARAMETERS.get(name);
  return since !== undefined && (since === null || isSince(release, since));
}

/** Whether a release is `first` or newer. */
export const isSince = (release: AsyncpgRelease, first: AsyncpgRelease): boolean =>
  ASYNCPG_RELEASES.indexOf(release) >= ASYNCPG_RELEASES.indexOf(first);

/** A refusal as Python tells it: 0.29 gave wrong settings an exception of their own (both a ValueError and an InterfaceError). */
export const refusal = (release: AsyncpgRelease, before: "ValueError" | "InterfaceError", what: string): string =>
  `${isSince(release, "0.29") ? "ClientConfigurationError" : before}: ${what}`;
