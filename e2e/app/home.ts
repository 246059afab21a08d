import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A home folder for one start of the app: no .pgpass, no settings, no private server from before. */
export interface Home {
  readonly path: string;
  /** AKSARA_DATABASE_SETUP_HOME: settings, window data, private server. */
  readonly data: string;
  /** Ends the servers that run from this folder and removes it. */
  remove(): void;
}

function* lockFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.name === "postmaster.pid") yield at;
    else if (entry.isDirectory() && entry.name !== "base") yield* lockFiles(at);
  }
}

function endServer(lockFile: string): void {
  const [pid, data] = readFileSync(lockFile, "utf8").split("\n");
  if (data !== path.dirname(lockFile)) return;
  try {
    process.kill(Number(pid), "SIGQUIT");
  } catch {
    // It has ended already.
  }
}

/** Ends at once every PostgreSQL whose data folder lies in this folder. */
export function endServersIn(folder: string): void {
  for (const file of lockFiles(folder)) endServer(file);
}

/** Makes an empty home folder that the private server's own user may enter too. */
export function createHome(): Home {
  const home = mkdtempSync(path.join(tmpdir(), "aksara-home-"));
  chmodSync(home, 0o755);
  const data = path.join(home, "aksara");
  mkdirSync(data);
  return {
    path: home,
    data,
    remove() {
      endServersIn(home);
      rmSync(home, { recursive: true, force: true, maxRetries: 40, retryDelay: 50 });
    },
  };
}
