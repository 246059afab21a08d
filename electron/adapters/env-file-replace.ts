import { lstat, rm, stat } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { codeOf } from "./env-file-read";

/** Readable and writable by its owner alone. */
const PRIVATE = 0o600;

const statOrNull = async (file: string) => {
  try {
    return await stat(file);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
};

/**
 * Replaces a file's bytes: a new file beside it with the old one's mode and owner, synced, then renamed over it.
 * A new file belongs to the folder's owner when root writes it, so that the person's own app can read it.
 */
export async function replaceFile(
  target: string,
  text: string,
  { newMode }: { readonly newMode: number },
): Promise<void> {
  const old = await statOrNull(target);
  const owner = old ?? (process.getuid?.() === 0 ? await statOrNull(path.dirname(target)) : null);
  await writeFileAtomic(target, text, {
    mode: old ? old.mode & 0o7777 : newMode,
    ...(owner && process.getuid ? { chown: { uid: owner.uid, gid: owner.gid } } : {}),
    fsync: true,
  });
}

/** Keeps `text` as `<target>.bak`, readable by its owner alone; the one from before goes. Answers its path. */
export async function keepBackup(target: string, text: string): Promise<string> {
  const backup = `${target}.bak`;
  const there = await lstat(backup).catch(() => null);
  // A link there could lead anywhere; the backup takes its place instead of following it.
  if (there?.isSymbolicLink()) await rm(backup);
  const owner = await statOrNull(target);
  await writeFileAtomic(backup, text, {
    mode: PRIVATE,
    ...(owner && process.getuid ? { chown: { uid: owner.uid, gid: owner.gid } } : {}),
    fsync: true,
  });
  return backup;
}
