import { readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Every test server's folder is `<tmp>/aksara-pg-<pid of the tests>-XXXXXX`. */
export const FOLDER_PREFIX = "aksara-pg-";

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The pid of the server whose data folder this is, from its own lock file; null when it does not run. */
export function postmasterOf(dataDirectory: string): number | null {
  try {
    const [pid, data] = readFileSync(path.join(dataDirectory, "postmaster.pid"), "utf8").split("\n");
    return data === dataDirectory && alive(Number(pid)) ? Number(pid) : null;
  } catch {
    return null;
  }
}

/** Ends at once the server of a test folder, if it runs, and removes the folder. */
export function removeFolder(folder: string): void {
  const pid = postmasterOf(path.join(folder, "data"));
  if (pid !== null) process.kill(pid, "SIGQUIT");
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 25 });
}

/** Removes what test runs that were killed left behind: folders whose owner is gone, their servers first. */
export function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(FOLDER_PREFIX)) continue;
    const owner = Number(name.slice(FOLDER_PREFIX.length).split("-")[0]);
    if (Number.isInteger(owner) && owner > 0 && !alive(owner)) removeFolder(path.join(tmpdir(), name));
  }
}
