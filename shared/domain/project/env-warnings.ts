import { explain } from "../dsn";
import { readEnv, scanEnv } from "../env";
import type { EnvChange } from "../project-types";
import { shadowOf } from "./effective-url";
import { keepsOwnPoolSizes } from "./pool-trap";

export interface EnvJudged {
  /** The file's name: ".env". */
  readonly file: string;
  readonly exists: boolean;
  readonly before: string;
  readonly after: string;
  readonly dsn: string;
  readonly pool: { readonly min: number; readonly max: number } | null;
  readonly changes: readonly EnvChange[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A `.env` in a folder above. */
  readonly envAbove: string | null;
  readonly mode: number;
  readonly backupIgnored: boolean | null;
  /** Why it cannot be written; null when it can. */
  readonly lock: string | null;
  /** The project's main.py; null when there is none. */
  readonly main: string | null;
}

const POOL_KEYS = ["AKSARA_POOL_SIZE", "AKSARA_POOL_MIN_SIZE", "AKSARA_POOL_MAX_SIZE"] as const;

/** Variables that beat the pool sizes: AKSARA_POOL_SIZE before AKSARA_POOL_MAX_SIZE, and whatever is exported. */
function poolWarnings({ after, pool, environment, main }: EnvJudged): readonly string[] {
  if (pool === null) return [];
  const wanted: Readonly<Record<(typeof POOL_KEYS)[number], number>> = {
    AKSARA_POOL_SIZE: pool.max,
    AKSARA_POOL_MIN_SIZE: pool.min,
    AKSARA_POOL_MAX_SIZE: pool.max,
  };
  const found: string[] = [];
  const inFile = readEnv(after, environment).get("AKSARA_POOL_SIZE");
  if (inFile && inFile !== String(pool.max)) {
    found.push(
      "AKSARA_POOL_SIZE in .env comes before AKSARA_POOL_MAX_SIZE: remove its line, or the maximum stays as it says.",
    );
  }
  for (const key of POOL_KEYS) {
    const exported = environment[key];
    if (exported && exported !== String(wanted[key])) {
      found.push(`${key} is set in this app's environment and beats .env.`);
    }
  }
  if (main !== null && keepsOwnPoolSizes(main)) {
    found.push(
      "main.py calls Aksara() without pool sizes: it takes 5 and 20, whatever .env says. The Aksara() tab has the lines.",
    );
  }
  return found;
}

function textWarnings({ file, before, changes }: EnvJudged): readonly string[] {
  const found: string[] = [];
  const repeated = new Set(changes.filter(({ kind }) => kind === "duplicate").map(({ key }) => key));
  for (const key of repeated) found.push(`${key} stands in ${file} more than once; the last one counts.`);
  const firstKey = before.startsWith("\uFEFF") ? scanEnv(before)[0] : undefined;
  if (firstKey?.key && firstKey.lineStart === 1 && !changes.some(({ key }) => key === firstKey.key)) {
    found.push(
      `${file} begins with a byte order mark: python-dotenv does not see ${firstKey.key}. Save it as plain UTF-8.`,
    );
  }
  if (before.includes("\r\n")) {
    found.push(`${file} has Windows line breaks: source ${file} in a shell adds a carriage return to each value.`);
  }
  return found;
}

function placeWarnings({ file, exists, envAbove, mode, backupIgnored, lock }: EnvJudged): readonly string[] {
  const found: string[] = [];
  if (lock) found.push(lock);
  if (exists && (mode & 0o077) !== 0) {
    found.push(
      `${file} can be read by other users of this computer (mode ${mode.toString(8)}): chmod 600 ${file} ends that.`,
    );
  }
  if (envAbove) {
    found.push(
      exists
        ? `There is another .env above, ${envAbove}; this folder's own is the one that is read.`
        : `The app has read ${envAbove} so far. With a .env here, that one is no longer read.`,
    );
  }
  if (backupIgnored === false) found.push(`Git does not ignore the backup, ${file}.bak, which holds the old secrets.`);
  return found;
}

/** What a person should know before `.env` is written, beyond what the preview's own fields say. */
export function envWarnings(judged: EnvJudged): readonly string[] {
  const found: string[] = [];
  if (shadowOf(judged.dsn, judged.after, judged.environment)?.from === "file") {
    found.push(
      "AKSARA_DATABASE_URL in .env itself comes before DATABASE_URL: remove its line, or the app keeps its value.",
    );
  }
  const { asyncpg } = explain(judged.dsn).drivers;
  if (!asyncpg.ok)
    found.push(`asyncpg, which Aksara uses, does not take this string: ${asyncpg.error ?? "no reason given"}.`);
  return [...found, ...poolWarnings(judged), ...textWarnings(judged), ...placeWarnings(judged)];
}
