import { text as readAll } from "node:stream/consumers";
import type { StepProgress } from "../shared/domain/plan";
import type { Arguments } from "./args";

const STYLES = { good: 32, warn: 33, bad: 31, strong: 1, quiet: 2 } as const;

/** A text in a style, where standard output is a terminal that has colours; as it is anywhere else. */
export type Paint = (style: keyof typeof STYLES, text: string) => string;

/** Where a command talks: results to standard output, progress to standard error. */
export interface Terminal {
  readonly json: boolean;
  readonly showSecrets: boolean;
  readonly signal: AbortSignal;
  line(text?: string): void;
  progress(text: string): void;
  /** What is being done just now, in place of what was said before; null wipes it. Only people at a terminal see it. */
  status(text: string | null): void;
  readonly paint: Paint;
  document(value: unknown): void;
  /** Standard input as a whole, without its last line break. */
  input(): Promise<string>;
}

/** The process's own terminal. Ctrl-C cancels through `signal`; a second one ends the process. */
export function createTerminal(args: Arguments): Terminal {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
  });
  const json = args.flag("json");
  // Asks NO_COLOR and TERM, too.
  const coloured = process.stdout.isTTY && process.stdout.hasColors();
  return {
    json,
    showSecrets: args.flag("show-secrets"),
    signal: controller.signal,
    line: (text = "") => void process.stdout.write(`${text}\n`),
    progress: (text) => void process.stderr.write(`${text}\n`),
    status(text) {
      if (process.stderr.isTTY && !json) process.stderr.write(`\r\x1b[K${text ?? ""}`);
    },
    paint: (style, text) => (coloured ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text),
    document: (value) => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    input: async () => (await readAll(process.stdin)).replace(/\r?\n$/, ""),
  };
}

const GLYPHS: Readonly<Record<StepProgress["status"], string>> = {
  waiting: "·",
  running: "…",
  done: "✓",
  skipped: "–",
  failed: "✗",
  undone: "↶",
};

/** One step as a line: "✓ Create the role  7 ms". */
export function stepLine(step: StepProgress): string {
  const time = step.durationMs === null ? "" : `  ${Math.round(step.durationMs)} ms`;
  const message = step.message ? `  ${step.message}` : "";
  return `${GLYPHS[step.status]} ${step.title}${time}${message}`;
}
