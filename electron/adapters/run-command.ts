import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { TellLine } from "../use-cases/detection";
import { withOwnFilesOnly } from "./own-files-only";

/** A program to run as it is: no shell, and no PG* variable of ours reaches it. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly home?: string;
  /** Added to the plain environment: what may not stand in the arguments. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Run as another user; root only. */
  readonly uid?: number;
  readonly gid?: number;
}

/** Time a cancelled command gets to end by itself before it is killed. */
const GRACE_MS = 5000;
/** Output may still arrive shortly after a program ended; a server it started keeps the pipe open for ever. */
const DRAIN_MS = 100;
/** Lines kept to say why a command failed. */
const KEPT = 5;

const PASSED_ON = ["PATH", "LANG", "TZ", "TMPDIR", "SystemRoot", "TEMP", "TMP", "LD_LIBRARY_PATH"];

/** The environment for PostgreSQL's programs: what they need, in plain English, without PG* variables or secrets. */
export function plainEnvironment(home: string | undefined): NodeJS.ProcessEnv {
  const kept = PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  const path = process.env.PATH || "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  return { ...Object.fromEntries(kept), PATH: path, LC_ALL: "C", ...(home ? { HOME: home } : {}) };
}

/** A command line to show: words with unusual characters in single quotes. */
export const showCommand = (program: string, args: readonly string[]): string =>
  [program, ...args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`))
    .join(" ");

/** Ends a command and everything it started in its process group. */
function end(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // It has ended meanwhile, which is what was wanted.
  }
}

/** Runs a command to its end and tells its output line by line; cancelled, it ends the command first. */
export function runCommand(command: Command, tell: TellLine, signal: AbortSignal): Promise<Result<null>> {
  const name = command.program.replace(/^.*[/\\]/, "");
  const cancelled = err(problem("cancelled", `${name} was cancelled.`));
  if (signal.aborted) return Promise.resolve(cancelled);
  return new Promise((resolve) => {
    const last: string[] = [];
    const child = withOwnFilesOnly(["ignore", "pipe", "pipe"], (stdio) =>
      spawn(command.program, [...command.args], {
        cwd: command.cwd ?? "/",
        env: { ...plainEnvironment(command.home), ...command.environment },
        stdio,
        detached: process.platform !== "win32",
        windowsHide: true,
        ...(command.uid === undefined ? {} : { uid: command.uid, gid: command.gid }),
      }),
    ) as ChildProcessByStdio<null, Readable, Readable>;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        if (line.trim() === "") return;
        last.push(line.trim());
        if (last.length > KEPT) last.shift();
        tell(line);
      });
    }
    let killer: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      end(child.pid, "SIGTERM");
      killer = setTimeout(() => end(child.pid, "SIGKILL"), GRACE_MS);
    };
    signal.addEventListener("abort", cancel, { once: true });
    const finish = (result: Result<null>): void => {
      clearTimeout(killer);
      signal.removeEventListener("abort", cancel);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(signal.aborted && !result.ok ? cancelled : result);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      const kind = error.code === "EACCES" || error.code === "EPERM" ? "no-permission" : "command-failed";
      finish(err(problem(kind, `${name} cannot be started.`, { code: error.code ?? null })));
    });
    child.on("exit", (status, killedBy) => {
      const result =
        status === 0
          ? ok(null)
          : err(
              problem("command-failed", last.join(" ") || `${name} ended with ${killedBy ?? `exit code ${status}`}.`),
            );
      const timer = setTimeout(() => finish(result), DRAIN_MS);
      child.on("close", () => {
        clearTimeout(timer);
        finish(result);
      });
    });
  });
}
