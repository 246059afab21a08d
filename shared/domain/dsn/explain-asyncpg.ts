import { type AsyncpgValues, type Environment, loginName, readAsAsyncpg } from "./asyncpg";
import type { PasswordSource } from "./asyncpg-password";
import { ASYNCPG_RELEASES, type AsyncpgRelease, NEWEST_ASYNCPG } from "./asyncpg-release";
import { asyncpgTlsWords } from "./asyncpg-tls";
import type { Surroundings } from "./surroundings";

/** Where a password comes from; null where there is none. */
export type PasswordFrom = "string" | "service" | "environment" | "passfile" | null;

/** Releases that read a string otherwise than the newest. */
export interface ReleaseDifference {
  readonly releases: readonly string[];
  readonly differences: readonly string[];
}

/** asyncpg's reading; all empty where it refuses the string. */
export interface ExplainedAsyncpg {
  readonly ok: boolean;
  /** Python's exception first. */
  readonly error: string | null;
  readonly hosts: AsyncpgValues["hosts"];
  /** Null means the system user, and the database named like the user; filled where the surroundings tell. */
  readonly user: string | null;
  readonly password: string | null;
  readonly passwordFrom: PasswordFrom;
  /** In words: "PGPASSWORD", "/home/me/.pgpass, line 3". */
  readonly passwordPlace: string | null;
  readonly database: string | null;
  readonly sslmode: string | null;
  /** In words. */
  readonly tls: string | null;
  readonly serverSettings: Readonly<Record<string, string>>;
  readonly targetSessionAttrs: string | null;
  readonly release: string;
  readonly releases: readonly ReleaseDifference[];
}

const PLACES = { string: "the string", environment: "PGPASSWORD", service: "the service", none: null } as const;

function passwordPlace(source: PasswordSource): string | null {
  if (source.kind !== "passfile") return PLACES[source.kind];
  return source.line === null ? `${source.path}, if a line fits` : `${source.path}, line ${source.line}`;
}

type Read = ReturnType<typeof readAsAsyncpg>;

const placesOf = (values: AsyncpgValues): string =>
  values.hosts.map(([host, port]) => (host.startsWith("/") ? `${host} (port ${port})` : `${host}:${port}`)).join(", ");

/** What an older release makes otherwise, in words; empty when nothing is. */
function differencesOf(older: Read, newest: Read): readonly string[] {
  if (!older.ok) return newest.ok ? [`refuses it: ${older.error}`] : [];
  if (!newest.ok) return ["takes it"];
  const [then, now] = [older.value, newest.value];
  const sent = Object.keys(then.serverSettings).filter((name) => !Object.hasOwn(now.serverSettings, name));
  const same = (pick: (values: AsyncpgValues) => unknown) => JSON.stringify(pick(then)) === JSON.stringify(pick(now));
  return [
    ...sent.map((name) => `sends ${name} to the server as a setting`),
    ...(same(({ hosts }) => hosts) ? [] : [`connects to ${placesOf(then)}`]),
    ...(same(({ user }) => user) ? [] : [`signs in as ${then.user ?? "the system user"}`]),
    ...(same(({ database }) => database) ? [] : [`opens ${then.database ?? "the database named like the user"}`]),
    ...(same(({ passwordSource }) => passwordSource) ? [] : ["takes the password from elsewhere"]),
    ...(same(({ sslmode }) => sslmode) ? [] : [`uses sslmode ${then.sslmode}`]),
  ];
}

function releaseDifferences(read: (release: AsyncpgRelease) => Read, newest: Read): readonly ReleaseDifference[] {
  const groups = new Map<string, ReleaseDifference>();
  for (const release of ASYNCPG_RELEASES) {
    const differences = release === NEWEST_ASYNCPG ? [] : differencesOf(read(release), newest);
    if (differences.length === 0) continue;
    const key = JSON.stringify(differences);
    groups.set(key, { releases: [...(groups.get(key)?.releases ?? []), release], differences });
  }
  return [...groups.values()];
}

/** Says what asyncpg makes of a string, and which of its releases make something else of it. */
export function explainAsyncpg(
  text: string,
  environment: Environment,
  surroundings: Surroundings | null,
): ExplainedAsyncpg {
  const read = (release: AsyncpgRelease) => readAsAsyncpg(text, environment, { release, surroundings });
  const newest = read(NEWEST_ASYNCPG);
  const common = {
    release: NEWEST_ASYNCPG,
    // Releases part over parameters and variables alone.
    releases: text.includes("?") || Object.keys(environment).length > 0 ? releaseDifferences(read, newest) : [],
  };
  if (!newest.ok)
    return {
      ...{ ok: false, error: newest.error, hosts: [], user: null, password: null, passwordFrom: null },
      ...{
        passwordPlace: null,
        database: null,
        sslmode: null,
        tls: null,
        serverSettings: {},
        targetSessionAttrs: null,
      },
      ...common,
    };
  const { hosts, password, passwordSource, sslmode, serverSettings, targetSessionAttrs } = newest.value;
  const user = newest.value.user ?? (surroundings && loginName(environment, surroundings));
  const database = newest.value.database ?? (surroundings && user);
  return {
    ...{ ok: true, error: null, hosts, user, password, database, sslmode, serverSettings, targetSessionAttrs },
    passwordFrom: passwordSource.kind === "none" ? null : passwordSource.kind,
    passwordPlace: passwordPlace(passwordSource),
    tls: asyncpgTlsWords(
      newest.value,
      hosts.some(([host]) => !host.startsWith("/")),
    ),
    ...common,
  };
}
