import { statSync } from "node:fs";
import path from "node:path";
import { findUser } from "../detect/machine";

/** The user PostgreSQL runs as: null for "the one who runs us". */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; root lends it `postgres` where that user exists, else `nobody`. */
export function accountFor(uid: number | null, passwdFile: string): Account | null {
  if (uid !== 0) return null;
  return (
    findUser(passwdFile, "postgres") ?? findUser(passwdFile, "nobody") ?? { name: "nobody", uid: 65534, gid: 65534 }
  );
}

/** True when the account may go through every existing folder above and at `folder`. */
export function mayReach(account: Account, folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    try {
      const info = statSync(at);
      const { mode, uid, gid } = info;
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if (info.isDirectory() && (mode & bit) === 0) return false;
    } catch (error) {
      // What does not exist yet will be made by us, open enough; what can never exist fails there, with its reason.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOENT" && code !== "ENOTDIR") return false;
    }
    if (at === path.dirname(at)) return true;
  }
}
