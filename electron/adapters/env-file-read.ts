import { constants } from "node:fs";
import { access, lstat, open, realpath } from "node:fs/promises";
import path from "node:path";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { TextFile } from "../use-cases/project-ports";

/** No `.env` is near this; what is larger is something else. */
const LIMIT = 1024 * 1024;

/** The errno name of a failed call, "EACCES"; null for anything else. */
export const codeOf = (error: unknown): string | null => (error as NodeJS.ErrnoException).code ?? null;

function refusal(file: string, error: unknown): ReturnType<typeof problem> {
  const code = codeOf(error);
  const say = (kind: "no-permission" | "invalid-input" | "not-found" | "unexpected", why: string, next: string) =>
    problem(kind, `${file} ${why}.`, { next, code });
  switch (code) {
    case "EACCES":
    case "EPERM":
      return say("no-permission", "is closed to your user", "Check who owns it, and its permissions.");
    case "EISDIR":
      return say("invalid-input", "is a folder", "Rename it, then try again.");
    case "ENOENT":
      return say("not-found", "is a link to a file that is not there", "Remove the link, or make that file.");
    case "ELOOP":
      return say("invalid-input", "is a link that leads back to itself", "Remove the link.");
    case "ENXIO":
      return say("invalid-input", "is not an ordinary file", "Rename it, then try again.");
    default:
      return say("unexpected", `cannot be read (${code ?? "no reason given"})`, "Check the file.");
  }
}

/** Bytes as text without losing one of them; null for what is not UTF-8. */
function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Why `target` cannot be replaced; asks no more than permission bits and owner. */
async function lockOf(
  file: string,
  target: string,
  info: { mode: number; uid: number } | null,
): Promise<string | null> {
  const folder = path.dirname(target);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch {
    return `The folder ${folder} is read-only for your user.`;
  }
  if (info === null) return null;
  if ((info.mode & 0o200) === 0) return `${file} is read-only (mode ${(info.mode & 0o777).toString(8)}).`;
  const user = process.getuid?.();
  // A new file in its place would belong to us; its owner would lose it.
  if (user !== undefined && user !== 0 && info.uid !== user) return `${file} belongs to another user.`;
  return null;
}

/**
 * Reads a small UTF-8 file, byte order mark included, following symbolic links. Pipes, folders, devices, binary and
 * huge files are a Problem; a file that is not there is none.
 */
export async function readTextFile(file: string): Promise<Result<TextFile>> {
  const missing = async (): Promise<Result<TextFile>> =>
    ok({ path: file, target: file, exists: false, text: "", mode: null, lock: await lockOf(file, file, null) });
  try {
    await lstat(file);
  } catch (error) {
    return codeOf(error) === "ENOENT" ? missing() : err(refusal(file, error));
  }
  try {
    const target = await realpath(file);
    // O_NONBLOCK: opening a pipe nobody writes to would wait for ever. Windows has no such flag.
    const handle = await open(target, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await handle.stat();
      if (info.isDirectory()) return err(refusal(file, { code: "EISDIR" }));
      if (!info.isFile()) return err(refusal(file, { code: "ENXIO" }));
      if (info.size > LIMIT) {
        return err(
          problem("invalid-input", `${file} is larger than 1 MB: not a .env.`, {
            next: "Look at what it is.",
            code: "EFBIG",
          }),
        );
      }
      const bytes = await handle.readFile();
      const text = bytes.includes(0) ? null : decoded(bytes);
      if (text === null) {
        return err(
          problem("invalid-input", `${file} is not UTF-8 text, which python-dotenv needs.`, {
            next: "Save it as UTF-8, then try again.",
          }),
        );
      }
      const mode = info.mode & 0o7777;
      return ok({ path: file, target, exists: true, text, mode, lock: await lockOf(file, target, info) });
    } finally {
      await handle.close();
    }
  } catch (error) {
    return err(refusal(file, error));
  }
}
