import { LIBPQ_KEYWORDS } from "../dsn/libpq-keywords";

/** What outside a string decides how it connects. */
export interface SettingsFacts {
  /** Names of all exported variables. */
  readonly variables: readonly string[];
  /** Null: there is none. */
  readonly passwordFile: {
    readonly entries: number;
    readonly brokenLines: readonly number[];
    /** Why drivers pass it over; null when they do not. */
    readonly ignored: string | null;
  } | null;
  /** Sections of connection service files. */
  readonly services: number;
  /** The largest pool the project's main.py asks for, or Aksara's own. */
  readonly poolMax: number | null;
}

/** Keys that matter here; any other may say more about an app than this report needs. */
export const isOwnKey = (name: string): boolean => /^(?:AKSARA_|PG|POSTGRES)[A-Z0-9_]{1,40}$|^DATABASE_URL$/.test(name);

const READ = new Set([...LIBPQ_KEYWORDS.values()].map(({ variable }) => variable));

/** Names of variables without their values, and how many of what there is. */
export function settingsData({ variables, passwordFile, services, poolMax }: SettingsFacts): unknown {
  return {
    variables: variables.filter((name) => isOwnKey(name) || READ.has(name)).sort(),
    passwordFile,
    services,
    poolMax,
  };
}
