import { scanEnv } from "./scan";

type Variables = Readonly<Record<string, string | undefined>>;

/** `${NAME}` and `${NAME:-default}`, the only forms python-dotenv expands; it has no escape for them. */
const EXPANSION = /\$\{([^}:]*)(?::-([^}]*))?\}/g;

/**
 * Every variable a `.env` text sets, as python-dotenv's `load_dotenv()` reads it: the last of duplicates counts, a
 * name without `=` unsets, and `${NAME}` is taken from `environment` before the lines above.
 */
export function readEnv(text: string, environment: Variables = {}): ReadonlyMap<string, string> {
  const values = new Map<string, string | null>();
  const resolve = (name: string, fallback: string | undefined): string =>
    environment[name] ?? (values.has(name) ? values.get(name) : fallback) ?? "";
  for (const { key, value } of scanEnv(text)) {
    if (key === null) continue;
    const expand = (_all: string, name: string, fallback?: string): string => resolve(name, fallback);
    values.set(key, value?.replace(EXPANSION, expand) ?? null);
  }
  return new Map([...values].flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])));
}

/** The value of one variable as `readEnv` gives it; null when the text does not set it. */
export const readEnvValue = (text: string, key: string, environment: Variables = {}): string | null =>
  readEnv(text, environment).get(key) ?? null;
