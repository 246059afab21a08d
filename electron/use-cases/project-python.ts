import type { PythonAnswer, PythonPreview } from "../../shared/domain/python-answer";
import { readPythonOutput, withoutPassword } from "../../shared/domain/python-reading";
import { err, ok, type Problem, problem, type Result } from "../../shared/domain/result";
import type { FindPython, FoundPython, RunScript, ScriptEnd } from "./python-ports";
import { PYTHON_SCRIPT } from "./python-script";

interface Parts {
  readonly find: FindPython;
  readonly run: RunScript;
  /** The command line as a person would type it. */
  readonly show: (program: string, args: readonly string[]) => string;
  /** The open project's folder; null when there is none. */
  readonly project: () => string | null;
  /** Passwords that may reach the driver beside the string's own (PGPASSWORD). */
  readonly secrets: readonly string[];
  /** Bounds a check, in ms; 15 seconds unless given. */
  readonly timeoutMs?: number;
}

export interface ProjectPython {
  /** Finds the open project's Python and the command that a check runs. Runs nothing. */
  preview(): Promise<PythonPreview>;
  /** Runs the previewed command with `dsn` on its standard input. */
  check(dsn: string, previewId: string, signal: AbortSignal): Promise<Result<PythonAnswer>>;
}

interface Shown {
  readonly id: string;
  readonly folder: string;
  readonly found: FoundPython;
}

const DEFAULT_MS = 15_000;
/** Isolated: neither the project's folder nor PYTHON* variables replace a module; the environment's packages stay. */
const ARGS = ["-I", "-c", PYTHON_SCRIPT];
const NO_PROJECT = "No project is open.";

/** The string as one line of plain ASCII, so that no locale reads it differently. */
const inputLine = (dsn: string): string =>
  `${JSON.stringify(dsn).replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;

const lastLine = (text: string): string => text.trim().split("\n").at(-1)?.trim() ?? "";

/** Why a script gave no answer. */
function noAnswer(end: ScriptEnd, seconds: number, scrub: (text: string) => string): Problem {
  switch (end.kind) {
    case "timeout":
      return problem("command-failed", `Python gave no answer within ${seconds} seconds, and was stopped.`);
    case "cancelled":
      return problem("cancelled", "The check was stopped.");
    case "flood":
      return problem("command-failed", "Python printed more than an answer can be, and was stopped.");
    case "not-started":
      return problem(end.code === "EACCES" ? "no-permission" : "command-failed", "Python cannot be started.", {
        code: end.code,
        next: "Make the environment anew: python3 -m venv .venv",
      });
    case "ended": {
      const why = end.killedBy ? `It was ended by ${end.killedBy}.` : scrub(lastLine(end.errors)).slice(0, 500);
      return problem("command-failed", `Python ended without an answer. ${why}`.trim());
    }
  }
}

/** Checks with the open project's own Python. */
export function createProjectPython(parts: Parts): ProjectPython {
  const timeoutMs = parts.timeoutMs ?? DEFAULT_MS;
  let shown: Shown | null = null;
  let count = 0;

  return {
    async preview() {
      const folder = parts.project();
      if (folder === null) return { kind: "none", reason: NO_PROJECT, next: "Open your project's folder." };
      const found = await parts.find(folder);
      if (found.kind === "none") return found;
      count += 1;
      shown = { id: `python-${count}`, folder, found };
      const { interpreter, leadsTo, python, asyncpg, foundBy } = found;
      const command = [interpreter, ...ARGS];
      const display = parts.show(interpreter, ARGS);
      return { kind: "found", id: shown.id, interpreter, leadsTo, python, asyncpg, command, display, foundBy };
    },

    async check(dsn, previewId, signal) {
      const again = { next: "Look at the command again, then check." };
      if (shown?.id !== previewId) return err(problem("not-found", "This command is no longer the one shown.", again));
      const { folder, found } = shown;
      const now = parts.project() === folder ? await parts.find(folder) : null;
      if (now?.kind !== "found" || now.interpreter !== found.interpreter || now.program !== found.program)
        return err(problem("changed-meanwhile", "The project's Python is no longer the one shown.", again));
      const scrub = (text: string): string => withoutPassword(text, dsn, parts.secrets);
      const began = performance.now();
      const { interpreter } = found;
      const end = await parts.run({ interpreter, args: ARGS, cwd: folder, input: inputLine(dsn), timeoutMs, signal });
      const durationMs = performance.now() - began;
      const said = end.kind === "ended" ? readPythonOutput(end.output, scrub) : null;
      return said ? ok({ interpreter, durationMs, ...said }) : err(noAnswer(end, timeoutMs / 1_000, scrub));
    },
  };
}
