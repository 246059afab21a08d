import { text as readAll } from "node:stream/consumers";
import type { StepProgress } from "../shared/domain/plan";
import type { Arguments } from "./args";

/** Where a command talks: results to standard output, progress to standard error. */
export interface Terminal {
  readonly json: boolean;
  readonly showSecrets: boolean;
  readonly signal: AbortSignal;
  line(text?: string): void;
  progress(text: string): void;
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
  return {
    json: args.flag("json"),
    showSecrets: args.flag("show-secrets"),
    signal: controller.signal,
    line: (text = "") => void process.stdout.write(`${text}\n`),
    progress: (text) => void process.stderr.write(`${text}\n`),
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
