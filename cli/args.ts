import { parseArgs } from "node:util";

/** Wrong usage: the text says what is wrong; the exit code is 2. */
export class UsageError extends Error {}

const OPTIONS = {
  json: { type: "boolean" },
  evidence: { type: "boolean" },
  "show-secrets": { type: "boolean" },
  project: { type: "string" },
  "dsn-stdin": { type: "boolean" },
  lines: { type: "boolean" },
  "with-environment": { type: "boolean" },
  server: { type: "string" },
  private: { type: "boolean" },
  database: { type: "string" },
  role: { type: "string" },
  preset: { type: "string" },
  "dry-run": { type: "boolean" },
  yes: { type: "boolean" },
  instances: { type: "string" },
  workers: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

export type OptionName = keyof typeof OPTIONS;

/** The command line, read: command, connection string if one was typed, options. */
export interface Arguments {
  readonly command: string | null;
  readonly positionals: readonly string[];
  flag(name: OptionName): boolean;
  text(name: OptionName): string | null;
  /** A whole number from 1 to `most`, or `fallback`; UsageError otherwise. */
  count(name: OptionName, fallback: number, most: number): number;
}

/** Reads argv (without node and script). Unknown options are a UsageError. */
export function readArguments(argv: readonly string[]): Arguments {
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    // The text of parseArgs names the option only; a connection string never stands in it.
    throw new UsageError(
      error instanceof Error ? (error.message.split("\n")[0] ?? "unknown option") : "unknown option",
    );
  }
  const { values, positionals } = parsed;
  return {
    command: positionals[0] ?? null,
    positionals: positionals.slice(1),
    flag: (name) => values[name] === true,
    text: (name) => (typeof values[name] === "string" ? (values[name] as string) : null),
    count(name, fallback, most) {
      const given = values[name];
      if (given === undefined) return fallback;
      const number = Number(given);
      if (!Number.isInteger(number) || number < 1 || number > most) {
        throw new UsageError(`--${name} is a whole number from 1 to ${most}`);
      }
      return number;
    },
  };
}
