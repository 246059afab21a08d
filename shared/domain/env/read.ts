import { scanEnv } from "./scan";

type Variables = Readonly<Record<string, string | undefined>>;

/** `${NAME}` and `${NAME:-default}`, the only forms python-dotenv expands; it has no escape for them. */
const EXPANSION = /\$\{([^}:]*)(?::-([^}]*))?\}/g;

/**
 * Every variable a `.env` text sets, as python-dotenv's `load_dotenv()` reads it: the last of duplicates counts, a
 * name without `=` unsets, and `${NAME}` is taken from `environment` before the lines above.
 */
export function readEnv(text: string, environment: Variables = {}): ReadonlyMap<string, string> {
  const last = new Map<string, string | null>();
  for (const { key, value } of scanEnv(text)) if (key !== null) last.set(key, value);
  const values = new Map<string, string>();
  for (const [key, value] of last) {
    if (value === null) continue;
    values.set(
      key,
      value.replace(EXPANSION, (_all, name: string, fallback?: string) => {
        return environment[name] ?? values.get(name) ?? fallback ?? "";
      }),
    );
  }
  return values;
}

/** The value of one variable as `readEnv` gives it; null when the text does not set it. */
export const readEnvValue = (text: string, key: string, environment: Variables = {}): string | null =>
  readEnv(text, environment).get(key) ?? null;
