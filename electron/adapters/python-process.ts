import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { RunScript, ScriptEnd } from "../use-cases/python-ports";
import { withOwnFilesOnly } from "./own-files-only";

/** More than any answer of ours; whoever writes more is stopped. */
const MOST_BYTES = 256 * 1024;
/** Output may still arrive after the end; something the script started could keep the pipe open for ever. */
const DRAIN_MS = 500;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Ends a child with everything in its process group. */
function end({ pid }: Child): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended meanwhile, which is what was wanted.
  }
}

/** Runs scripts as the person's app runs: with their environment, PG* variables included. */
export const createRunScript =
  (environment: Readonly<Record<string, string | undefined>>): RunScript =>
  ({ interpreter, args, cwd, input, timeoutMs, signal }) => {
    if (signal.aborted) return Promise.resolve({ kind: "cancelled" });
    return new Promise((resolve) => {
      const child = withOwnFilesOnly(["pipe", "pipe", "pipe"], (stdio) =>
        spawn(interpreter, [...args], {
          cwd,
          env: { ...environment },
          stdio,
          detached: process.platform !== "win32",
          windowsHide: true,
        }),
      ) as Child;
      const text = { output: "", errors: "" };
      let bytes = 0;
      let finished = false;
      const finish = (result: ScriptEnd): void => {
        if (finished) return;
        finished = true;
        clearTimeout(timer);
        signal.removeEventListener("abort", cancel);
        if (result.kind !== "ended") end(child);
        child.stdout.destroy();
        child.stderr.destroy();
        resolve(result);
      };
      const cancel = (): void => finish({ kind: "cancelled" });
      const timer = setTimeout(() => finish({ kind: "timeout" }), timeoutMs);
      signal.addEventListener("abort", cancel, { once: true });
      const collect = (name: keyof typeof text, stream: Readable): void => {
        stream.setEncoding("utf8").on("data", (chunk: string) => {
          bytes += chunk.length;
          if (bytes > MOST_BYTES) finish({ kind: "flood" });
          else text[name] += chunk;
        });
      };
      collect("output", child.stdout);
      collect("errors", child.stderr);
      child.on("error", (error: NodeJS.ErrnoException) => finish({ kind: "not-started", code: error.code ?? null }));
      child.on("exit", (status, killedBy) => {
        const done = (): void => finish({ kind: "ended", status, killedBy, ...text });
        const drained = setTimeout(done, DRAIN_MS);
        child.on("close", () => {
          clearTimeout(drained);
          done();
        });
      });
      // A script that ends before it reads is told by its exit, not by the broken pipe.
      child.stdin.on("error", () => {});
      child.stdin.end(input);
    });
  };
