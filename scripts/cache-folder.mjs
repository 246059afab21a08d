import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import process from "node:process";

const NAME = "aksara-database-setup";

export const isRoot = () => process.getuid?.() === 0;

/**
 * The folder for what is fetched once and kept, made if missing. For root on Linux it lies outside /root, because
 * test servers run as another user who must be able to enter it.
 */
export function cacheFolder() {
  const folder = path.join(base(), NAME);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function base() {
  if (process.platform === "linux" && isRoot()) return "/var/cache";
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Caches");
  if (process.platform === "win32") return process.env.LOCALAPPDATA ?? path.join(homedir(), "AppData", "Local");
  return path.join(homedir(), ".cache");
}
