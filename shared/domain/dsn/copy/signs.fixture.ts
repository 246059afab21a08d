/** Every sign that one of the readers, a shell or a language gives a meaning to, and some that are hard to see. */
export const SIGNS: readonly string[] = [
  ..." !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
  ...["a", "Z", "0", "é", "日", "😀", "\n", "\t", "\r", "\u00a0", "\u2028", "\ufeff", "\u0001", "\u007f"],
  ...["%41", "\\n", "$HOME", "$(id)"],
];

/** The entries whose value is not `gone`. */
export const without = (values: Readonly<Record<string, unknown>>, gone: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== gone));

/** Splits `options` as the server does (pg_split_opts) and gives its settings. */
export function settingsOf(options: string): Readonly<Record<string, string>> {
  const words = options.match(/(?:\\[\s\S]|[^\s\\])+/g) ?? [];
  const pairs = words.filter((word) => word !== "-c").map((word) => word.replace(/\\([\s\S])/g, "$1"));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}
