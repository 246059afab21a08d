import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import { type FolderFacts, PROJECT_FILES, type ProjectFolders } from "../use-cases/project-ports";
import { readText } from "./detect/files";

const TEXT_LIMIT = 256 * 1024;
/** Folders are never deeper than this in practice; a bound all the same. */
const MOST_LEVELS = 64;

const textOf = async (folder: string, name: string): Promise<string | null> => {
  const read = await readText(path.join(folder, name), TEXT_LIMIT);
  return read.kind === "text" ? read.text : null;
};

const may = (file: string, mode: number): Promise<boolean> =>
  access(file, mode).then(
    () => true,
    () => false,
  );

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (info) => info.isFile(),
    () => false,
  );

async function nearestEnvAbove(folder: string): Promise<string | null> {
  let at = path.dirname(folder);
  for (let level = 0; level < MOST_LEVELS; level += 1) {
    const file = path.join(at, ".env");
    if (await isFile(file)) return file;
    const above = path.dirname(at);
    if (above === at) return null;
    at = above;
  }
  return null;
}

/** Reads what tells an Aksara project; the folder's own refusals are facts, only its absence is an error. */
async function read(folder: string): Promise<Result<FolderFacts>> {
  try {
    const info = await stat(folder);
    if (!info.isDirectory()) {
      return err(
        problem("invalid-input", `${folder} is not a folder.`, {
          next: "Choose your project's folder.",
          field: "project",
        }),
      );
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? null;
    const next = "Choose your project's folder.";
    return code === "EACCES" || code === "EPERM"
      ? err(problem("no-permission", `The way to ${folder} is closed to your user.`, { next, code, field: "project" }))
      : err(problem("not-found", `There is no folder ${folder}.`, { next, code, field: "project" }));
  }
  const [realPath, texts, readable, writable, envAbove] = await Promise.all([
    realpath(folder).catch(() => folder),
    Promise.all(PROJECT_FILES.map(async (name) => [name, await textOf(folder, name)] as const)),
    may(folder, constants.R_OK | constants.X_OK),
    may(folder, constants.W_OK | constants.X_OK),
    nearestEnvAbove(folder),
  ]);
  return ok({
    path: folder,
    realPath,
    texts: Object.fromEntries(texts) as FolderFacts["texts"],
    readable,
    writable,
    envAbove,
  });
}

/** The folders of this computer. */
export const projectFolders: ProjectFolders = { read };
