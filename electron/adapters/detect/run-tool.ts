import { execFile } from "node:child_process";

export type ToolAnswer =
  | { readonly kind: "output"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly code: number | null; readonly text: string }
  | { readonly kind: "timeout" };

interface ToolLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** `wsl.exe` writes UTF-16. */
  readonly encoding?: "utf8" | "utf16le";
}

export type RunTool = (program: string, args: readonly string[], limits: ToolLimits) => Promise<ToolAnswer>;

/** A tool's answer may not fill the memory. */
const LIMIT = 1024 * 1024;

/** Runs one of the system's tools without a shell and gives what it wrote, at most 1 MB. */
export const runTool: RunTool = (program, args, { timeoutMs, signal, encoding = "utf8" }) =>
  new Promise((resolve) => {
    const options = { timeout: timeoutMs, signal, maxBuffer: LIMIT, windowsHide: true, encoding: "buffer" } as const;
    execFile(program, [...args], options, (error, stdout, stderr) => {
      const text = stdout.toString(encoding).replace(/^\ufeff/, "");
      if (!error) return resolve({ kind: "output", text });
      const { code, killed } = error as { readonly code?: unknown; readonly killed?: boolean };
      if (code === "ENOENT" || code === "EACCES") return resolve({ kind: "missing" });
      if (killed || signal?.aborted) return resolve({ kind: "timeout" });
      resolve({
        kind: "failed",
        code: typeof code === "number" ? code : null,
        text: text || stderr.toString(encoding),
      });
    });
  });
