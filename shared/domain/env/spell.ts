/** Read alike, with and without quotes, by python-dotenv, dotenv, docker compose and a shell's `source`. */
const BARE = /^(?!=)[A-Za-z0-9_./:@%?=,+-]+$/;

/** Printable ASCII without the space, quotes, `$`, `#`, the backslash and the backtick: the same inside '...' anywhere. */
const QUOTABLE = /^[!%&()*+,\-./0-9:;<=>?@A-Z[\]^_a-z{|}~]*$/;

/**
 * How a value is written after `KEY=` so that every reader of `.env` reads the same: bare, or in single quotes.
 * Null when no spelling does; percent-encode a URL until one does.
 */
export function envSpelling(value: string): string | null {
  if (BARE.test(value)) return value;
  return QUOTABLE.test(value) ? `'${value}'` : null;
}
