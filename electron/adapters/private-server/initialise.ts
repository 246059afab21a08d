import { randomBytes } from "node:crypto";
import { chmod, chown, lstat, mkdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { err, ok, problem, type Result } from "../../../shared/domain/result";
import type { TellLine } from "../../use-cases/detection";
import { type Command, runCommand } from "../run-command";
import type { Account } from "./account";
import { inside, type Layout, MAJOR } from "./layout";
import { type Programs, readyPrograms } from "./programs";
import { isOurs, writeMarker, writePort } from "./record";

/** Makes the folder the server lives in; parents we make stay open for passing through, as the account needs. */
export async function makeHome(layout: Layout, account: Account | null): Promise<Result<null>> {
  try {
    await mkdir(layout.home, { recursive: true, mode: account ? 0o711 : 0o700 });
    const { mode } = await lstat(layout.home);
    if (account && (mode & 0o011) !== 0o011) await chmod(layout.home, (mode & 0o777) | 0o011);
    return ok(null);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? null;
    const next = "Check the folder's permissions, then try again.";
    return err(problem("unwritable", `The folder ${layout.home} cannot be made.`, { code, next }));
  }
}

/** Removes what a cancelled or killed attempt left; refuses a folder that is not ours. */
export async function removeUnfinished(layout: Layout): Promise<Result<null>> {
  const { unfinished } = layout;
  const info = await lstat(unfinished).catch(() => null);
  if (!info) return ok(null);
  // Killed between making the folder and marking it: then it is empty, and rmdir-like removal harms nothing.
  if (!(await isOurs(unfinished)) && !(await removeEmpty(unfinished))) {
    const next = "Move it away, then try again.";
    return err(problem("exists", `${unfinished} is in the way and was not made by the app.`, { next }));
  }
  // A killed app may leave an initdb that still writes for a moment: try a few times.
  await rm(unfinished, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  return ok(null);
}

async function removeEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

/** initdb as it runs; shown before under the same function. */
export function initdbCommand(programs: Programs, folder: string, port: number, account: Account | null): Command {
  const paths = inside(folder);
  return {
    program: programs.initdb,
    args: [
      `--pgdata=${paths.data}`,
      "--username=postgres",
      `--pwfile=${passwordFile(folder)}`,
      "--auth=scram-sha-256",
      "--no-instructions",
      "--encoding=UTF8",
      // The built-in provider sorts alike on every computer and needs no locale installed.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--set=listen_addresses=127.0.0.1",
      `--set=port=${port}`,
    ],
    home: folder,
    cwd: folder,
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  };
}

const passwordFile = (folder: string): string => `${folder}/password-for-initdb`;

/**
 * Makes the server in a folder beside its place and moves it there when it is whole, so that a server folder is always
 * a finished one. Cancelled or failed, it removes what it made.
 */
export async function initialise(
  layout: Layout,
  found: Programs,
  account: Account | null,
  port: number,
  tell: TellLine,
  signal: AbortSignal,
): Promise<Result<null>> {
  const folder = layout.unfinished;
  const paths = inside(folder);
  try {
    const cleared = await removeUnfinished(layout);
    if (!cleared.ok) return cleared;
    await mkdir(folder, { mode: account ? 0o711 : 0o700 });
    await writeMarker(folder, MAJOR);
    for (const made of [paths.data, paths.sockets]) {
      await mkdir(made, { mode: 0o700 });
      if (account) await chown(made, account.uid, account.gid);
    }
    const programs = await readyPrograms(found, account, paths.programs);
    if (!programs.ok) {
      await removeUnfinished(layout);
      return programs;
    }
    const password = randomBytes(24).toString("base64url");
    await writeFile(paths.password, `${password}\n`, { flag: "wx", mode: 0o600 });
    await writeFile(passwordFile(folder), `${password}\n`, { flag: "wx", mode: 0o600 });
    if (account) await chown(passwordFile(folder), account.uid, account.gid);
    const made = await runCommand(initdbCommand(programs.value, folder, port, account), tell, signal);
    await rm(passwordFile(folder), { force: true });
    if (!made.ok || signal.aborted) {
      await removeUnfinished(layout);
      return made.ok ? err(problem("cancelled", "It was cancelled.")) : made;
    }
    await writePort(folder, port);
    await rename(folder, layout.folder);
    return ok(null);
  } catch (error) {
    await removeUnfinished(layout).catch(() => undefined);
    const code = (error as NodeJS.ErrnoException).code ?? null;
    const next =
      code === "ENOSPC" ? "Make room on the disk, then try again." : "Check the folder's permissions, then try again.";
    return err(problem("unwritable", `The private server cannot be made in ${layout.home}.`, { code, next }));
  }
}
