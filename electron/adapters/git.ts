import { execFile } from "node:child_process";
import path from "node:path";
import type { Git } from "../use-cases/project-ports";

const TIME_LIMIT_MS = 3000;

/** Our environment without GIT_* variables, which would point git at another repository. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
}

/** Exit code of `git <args>` in a folder; null where git is missing, hangs or is killed. */
function exitCode(folder: string, args: readonly string[]): Promise<number | null> {
  // fsmonitor would run a program the repository's own configuration names.
  const all = ["-C", folder, "-c", "core.fsmonitor=false", ...args];
  return new Promise((resolve) => {
    execFile("git", all, { env: gitEnvironment(), timeout: TIME_LIMIT_MS, windowsHide: true }, (error) => {
      if (!error) return resolve(0);
      resolve(typeof error.code === "number" ? error.code : null);
    });
  });
}

/** git by its command line: `check-ignore` says 0 or 1, `ls-files --error-unmatch` 0 for a tracked file. */
export const git: Git = {
  async ask(file) {
    const [folder, name] = [path.dirname(file), path.basename(file)];
    const [ignored, tracked] = await Promise.all([
      exitCode(folder, ["check-ignore", "-q", "--", name]),
      exitCode(folder, ["ls-files", "--error-unmatch", "--", name]),
    ]);
    if (ignored !== 0 && ignored !== 1) return null;
    return { ignored: ignored === 0, tracked: tracked === 0 };
  },
};
