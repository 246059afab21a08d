import path from "node:path";

/** Where settings and the private server live: AKSARA_DATABASE_SETUP_HOME, else the system's place for app data. */
export function dataFolderOf(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  if (env.AKSARA_DATABASE_SETUP_HOME) return path.resolve(env.AKSARA_DATABASE_SETUP_HOME);
  if (platform === "darwin") return path.join(home, "Library", "Application Support", "Aksara Database Setup");
  if (platform === "win32")
    return path.join(env.LOCALAPPDATA ?? path.join(home, "AppData", "Local"), "Aksara Database Setup");
  return path.join(env.XDG_DATA_HOME || path.join(home, ".local", "share"), "aksara-database-setup");
}
