import dotenv from "dotenv";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { TextFile, TextFiles, WriteOrder } from "../use-cases/project-ports";
import { codeOf, readTextFile } from "./env-file-read";
import { keepBackup, replaceFile } from "./env-file-replace";

const changed = (path: string) =>
  err(
    problem("changed-meanwhile", `${path} is not what was shown: it has changed since.`, {
      next: "Look at the change again.",
    }),
  );

const sameFile = (a: TextFile, b: TextFile): boolean =>
  a.exists === b.exists && a.target === b.target && a.text === b.text;

/** What a failed system call means for the person, by its errno. */
function unwritable(path: string, error: unknown): ReturnType<typeof problem> {
  const code = codeOf(error);
  const [why, next] =
    code === "ENOSPC" || code === "EDQUOT"
      ? ["there is no room left on this disk", "Make room, then write again."]
      : code === "EROFS"
        ? ["this disk is read-only", "Choose a folder on another disk."]
        : code === "EACCES" || code === "EPERM"
          ? ["your user may not write here", "Check the permissions of the file and its folder."]
          : [`the system refuses it (${code ?? "no reason given"})`, "Check the folder."];
  return problem("unwritable", `${path} cannot be written: ${why}. It is as it was.`, { next, code });
}

/**
 * Writes a small text file in one go, or not at all: first the backup, then a new file beside it, synced to disk and
 * renamed over the old one. What stands on disk must be what was shown, and afterwards what was meant.
 */
async function write(order: WriteOrder): Promise<Result<{ readonly backup: string | null }>> {
  const { before, text, expected } = order;
  const now = await readTextFile(before.path);
  if (!now.ok) return now;
  if (!sameFile(now.value, before)) return changed(before.path);
  if (now.value.lock !== null) {
    return err(
      problem("unwritable", now.value.lock, { next: "Change its permissions, or write as its owner.", code: "EACCES" }),
    );
  }
  let backup: string | null = null;
  try {
    if (order.backup && before.exists) backup = await keepBackup(before.target, before.text);
    // The backup took a moment; an editor may have saved in it.
    const still = await readTextFile(before.path);
    if (!still.ok || !sameFile(still.value, before)) return changed(before.path);
    await replaceFile(before.target, text, { newMode: order.newMode });
  } catch (error) {
    return err(unwritable(before.path, error));
  }
  const after = await readTextFile(before.path);
  const read = after.ok ? dotenv.parse(after.value.text) : {};
  const wrong = Object.keys(expected).filter((key) => read[key] !== expected[key]);
  if (!after.ok || after.value.text !== text || wrong.length > 0) {
    return err(
      problem("changed-meanwhile", `${before.path} was written, but something else stands in it now.`, {
        next: backup ? `The old file is ${backup}.` : "Look at the file.",
      }),
    );
  }
  return ok({ backup });
}

/** Small text files of this computer; Node's own dotenv says what is in them. */
export const textFiles: TextFiles = {
  read: readTextFile,
  write,
  dotenvReads: (text) => dotenv.parse(text),
};
