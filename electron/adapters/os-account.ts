import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { err, ok, type Result } from "../../shared/domain/result";

/** What a child process needs to run as an account of this computer; null ids mean "as we are". */
export interface OsAccount {
  readonly uid: number | null;
  readonly gid: number | null;
  readonly home: string;
}

/**
 * The account to run a program as. Another account than our own takes root: without it, and for names that
 * `/etc/passwd` does not hold, the reason is the error.
 */
export async function osAccount(name: string): Promise<Result<OsAccount, string>> {
  const own = userInfo();
  if (own.username === name) return ok({ uid: null, gid: null, home: own.homedir });
  if (process.getuid?.() !== 0) return err(`only root may run a program as ${name}`);
  const lines = await readFile("/etc/passwd", "utf8").catch(() => "");
  const fields = lines
    .split("\n")
    .map((line) => line.split(":"))
    .find((entry) => entry[0] === name);
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  if (!fields || !Number.isInteger(uid) || !Number.isInteger(gid))
    return err(`there is no user ${name} on this computer`);
  return ok({ uid, gid, home: fields[5] || "/" });
}
