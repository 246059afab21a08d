import { type EnvEntry, readEnv, scanEnv } from "../env";
import { type Problem, problem } from "../result";

type Values = Readonly<Record<string, string>>;

interface Merged {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly entries: readonly EnvEntry[];
  /** What dotenv (Node) reads in a text. */
  readonly dotenvReads: (text: string) => Values;
}

const others = (values: Iterable<readonly [string, string]>, entries: readonly EnvEntry[]): string =>
  JSON.stringify([...values].filter(([key]) => !entries.some((entry) => entry.key === key)));

/**
 * Why a merged text may not be written: python-dotenv or dotenv would not read the new values, or would read something
 * else differently than before, as happens with a quote left open. Null when both agree.
 */
export function disagreement({ file, before, after, entries, dotenvReads }: Merged): Problem | null {
  const python = readEnv(after);
  const node = dotenvReads(after);
  const read = entries.every(({ key, value }) => python.get(key) === value && node[key] === value);
  const kept =
    others(python, entries) === others(readEnv(before), entries) &&
    others(Object.entries(node), entries) === others(Object.entries(dotenvReads(before)), entries);
  if (read && kept) return null;
  const broken = scanEnv(before).find(({ readable }) => !readable);
  const line = broken ? before.slice(0, broken.keyStart).split(/\r\n|\n|\r/).length : null;
  return problem(
    "invalid-input",
    line === null
      ? `Programs disagree on what stands in ${file}, so a new line in it would not be safe.`
      : `Line ${line} of ${file} cannot be read, so a new line in it would not be safe.`,
    { next: "Look for a quote that is not closed, or a value in backticks, and mend it." },
  );
}
