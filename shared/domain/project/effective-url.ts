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

/** A variable that the app takes its string from in place of the one a person looks at, and where it is set. */
export interface Shadow {
  readonly key: UrlKey;
  readonly from: "process" | "file";
}

/**
 * The variable that keeps the app from using `wanted` once `text` is its `.env`: an exported one (python-dotenv does
 * not override), or AKSARA_DATABASE_URL in the file itself. Null when the app would use `wanted`.
 */
export function shadowOf(wanted: string, text: string, environment: Variables): Shadow | null {
  const values = readEnv(text, environment);
  const used = firstOf((key) => environment[key] ?? values.get(key));
  if (used?.value === wanted) return null;
  // An exported empty DATABASE_URL is set as well: python-dotenv leaves it, and Aksara finds nothing.
  const key = used?.key ?? "DATABASE_URL";
  return { key, from: environment[key] === undefined ? "file" : "process" };
}

/**
 * What beats the string of a `.env`: that of its lines which `dsn` is, or else the one that counts among them. Null
 * where it has none, and where none of its lines is beaten.
 */
export function shadowIn(dsn: string, text: string, environment: Variables): Shadow | null {
  const values = readEnv(text, environment);
  const urls = URL_KEYS.map((key) => values.get(key) ?? "").filter((value) => value !== "");
  const wanted = urls.find((value) => value.trim() === dsn.trim()) ?? urls[0];
  if (wanted === undefined) return null;
  const shadow = shadowOf(wanted, text, environment);
  if (shadow !== null) return shadow;
  return new Set(urls).size > 1 ? { key: URL_KEYS[0], from: "file" } : null;
}
