import type { Machine } from "./machine";

/** Folders of PATH, with those that programs opened from the desktop do not get on macOS. */
function searchPath({ environment, platform, path }: Machine): readonly string[] {
  const own = (environment.PATH ?? environment.Path ?? "").split(path.delimiter);
  const usual = platform === "darwin" ? ["/opt/homebrew/bin", "/usr/local/bin"] : [];
  return [...new Set([...own, ...usual])].filter((folder) => folder !== "");
}

/** Where a program lies on PATH; null when it is not there. */
export async function findProgram(machine: Machine, name: string): Promise<string | null> {
  const names = machine.platform === "win32" ? [`${name}.exe`, `${name}.cmd`] : [name];
  for (const folder of searchPath(machine)) {
    for (const file of names) {
      const full = machine.path.join(folder, file);
      if ((await machine.files.lookAt(full)).kind === "file") return full;
    }
  }
  return null;
}
