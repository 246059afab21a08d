import { parseConnectionString } from "../dsn";
import { type EnvEntry, readEnvValue } from "../env";

export interface PoolSizes {
  readonly min: number;
  readonly max: number;
}

const PLACEHOLDER = "postgresql://USER:PASSWORD@HOST:5432/DATABASE";

const poolEntries = (pool: PoolSizes | null): readonly EnvEntry[] =>
  pool === null
    ? []
    : [
        { key: "AKSARA_POOL_MIN_SIZE", value: String(pool.min) },
        { key: "AKSARA_POOL_MAX_SIZE", value: String(pool.max) },
      ];

const passwordOf = (dsn: string): string | null => {
  const parsed = parseConnectionString(dsn);
  return parsed.ok ? (parsed.value.password?.reveal() ?? null) : null;
};

/** The real password stands in an example file: as it is, or inside a URL. */
function leaks(value: string, dsn: string): boolean {
  const password = passwordOf(dsn);
  return password !== null && password !== "" && (value.includes(password) || passwordOf(value) === password);
}

/**
 * What to set in a file, and which keys stay as they are. `.env.example` gets placeholders for the keys it lacks; its
 * own placeholders stay, unless one of them is the real password.
 */
export function entriesFor(
  file: ".env" | ".env.example",
  text: string,
  dsn: string,
  pool: PoolSizes | null,
): { readonly set: readonly EnvEntry[]; readonly kept: readonly string[] } {
  const real: readonly EnvEntry[] = [{ key: "DATABASE_URL", value: dsn }, ...poolEntries(pool)];
  if (file === ".env") return { set: real, kept: [] };
  const stays = ({ key }: EnvEntry): boolean => {
    const value = readEnvValue(text, key);
    return value !== null && !leaks(value, dsn);
  };
  return {
    set: real
      .filter((entry) => !stays(entry))
      .map((entry) => (entry.key === "DATABASE_URL" ? { ...entry, value: PLACEHOLDER } : entry)),
    kept: real.filter(stays).map(({ key }) => key),
  };
}
