import { readEnv } from "../env";

export type Variables = Readonly<Record<string, string | undefined>>;

/** Variables Aksara takes its database from, the stronger first (aksara/conf.py). */
export const URL_KEYS = ["AKSARA_DATABASE_URL", "DATABASE_URL"] as const;
export type UrlKey = (typeof URL_KEYS)[number];

export interface NamedUrl {
  readonly key: UrlKey;
  readonly value: string;
}

/** The URL Aksara takes from these variables; an empty one counts as none. */
export function chosenUrl(read: (key: UrlKey) => string | undefined): NamedUrl | null {
  for (const key of URL_KEYS) {
    const value = read(key);
    if (value) return { key, value };
  }
  return null;
}

/** The database URL a `.env` text alone gives the app; null when it gives none. */
export function urlInEnv(text: string, environment: Variables): NamedUrl | null {
  const values = readEnv(text, environment);
  return chosenUrl((key) => values.get(key));
}
