import { readEnv } from "../env";

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables Aksara takes its database from, the stronger first (aksara/conf.py). */
export const URL_KEYS = ["AKSARA_DATABASE_URL", "DATABASE_URL"] as const;
export type UrlKey = (typeof URL_KEYS)[number];

export interface NamedUrl {
  readonly key: UrlKey;
  readonly value: string;
}

const firstOf = (valueFor: (key: UrlKey) => string | undefined): NamedUrl | null => {
  for (const key of URL_KEYS) {
    const value = valueFor(key);
    if (value) return { key, value };
  }
  return null;
};

/** The database URL a `.env` text alone gives the app; null when it gives none. */
export function urlInEnv(text: string, environment: Variables): NamedUrl | null {
  const values = readEnv(text, environment);
  return firstOf((key) => values.get(key));
}

/**
 * The variable that keeps the app from using `wanted` once `text` is its `.env`: an exported one (python-dotenv does
 * not override), or AKSARA_DATABASE_URL in the file itself. Null when the app would use `wanted`.
 */
export function shadowOf(
  wanted: string,
  text: string,
  environment: Variables,
): { readonly key: UrlKey; readonly from: "process" | "file" } | null {
  const values = readEnv(text, environment);
  const used = firstOf((key) => environment[key] ?? values.get(key));
  if (used?.value === wanted) return null;
  // An exported empty DATABASE_URL is set as well: python-dotenv leaves it, and Aksara finds nothing.
  const key = used?.key ?? "DATABASE_URL";
  return { key, from: environment[key] === undefined ? "file" : "process" };
}
