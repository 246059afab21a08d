import { randomBytes } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { err, problem, type Result } from "../../../shared/domain/result";

/** Another copy may be initialising: that takes seconds. */
const WAIT_MS = 60_000;
const LOOK_AGAIN_MS = 100;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Puts our lock in place whole and only where there is none. */
async function claim(file: string): Promise<boolean> {
  const own = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(own, `${process.pid}\n`, { flag: "wx", mode: 0o600 });
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** Takes a lock away whose holder died. Moved aside and read again, so that a fresh lock is never lost. */
async function breakStale(file: string): Promise<void> {
  const holder = async (path: string): Promise<number> => Number((await readFile(path, "utf8").catch(() => "")).trim());
  const pid = await holder(file);
  if (!(pid > 0) || isAlive(pid)) return;
  const aside = `${file}.stale.${process.pid}`;
  try {
    await rename(file, aside);
    if ((await holder(aside)) !== pid) await link(aside, file);
    await rm(aside, { force: true });
  } catch {
    // Another copy was faster; the next look tells.
  }
}

/**
 * Does `work` while no other process of this computer does work under the same lock file. Locks of dead processes are
 * taken over; waiting ends with the signal or after a minute.
 */
export async function underLock<T>(
  file: string,
  signal: AbortSignal,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const until = performance.now() + WAIT_MS;
  try {
    while (!(await claim(file))) {
      if (signal.aborted) return err(problem("cancelled", "It was cancelled."));
      if (performance.now() > until) {
        return err(
          problem("changed-meanwhile", "Another copy of the app is working on the private server.", {
            next: "Wait until it is done, then try again.",
          }),
        );
      }
      await breakStale(file);
      await wait(LOOK_AGAIN_MS);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? null;
    return err(problem("unwritable", `${file} cannot be written.`, { code, next: "Check the folder's permissions." }));
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}
