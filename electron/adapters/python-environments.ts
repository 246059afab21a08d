import { createHash } from "node:crypto";
import type { Machine } from "./detect/machine";

/** A folder that may hold an environment of the project's, and who keeps it there. */
export interface KeptEnvironment {
  readonly folder: string;
  readonly foundBy: string;
}

const namesIn = async (machine: Machine, folder: string): Promise<readonly string[]> => {
  const listing = await machine.files.listFolder(folder);
  return listing.kind === "names" ? listing.names : [];
};

const isFile = async ({ files, path }: Machine, folder: string, name: string): Promise<boolean> =>
  (await files.lookAt(path.join(folder, name))).kind === "file";

/** Python's os.path.normcase: Windows alone takes all cases for one. */
const normalised = ({ platform }: Machine, text: string): string =>
  platform === "win32" ? text.replaceAll("/", "\\").toLowerCase() : text;

/** The first eight signs of SHA-256 in URL-safe base64; both tools tell projects of one name apart by it. */
const signOf = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 8);

function poetryFolder({ platform, environment, home, path }: Machine): string {
  if (environment.POETRY_VIRTUALENVS_PATH) return environment.POETRY_VIRTUALENVS_PATH;
  const cache: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
    darwin: path.join(home, "Library", "Caches", "pypoetry"),
    win32: path.join(environment.LOCALAPPDATA ?? path.join(home, "AppData", "Local"), "pypoetry", "Cache"),
  };
  const usual = cache[platform] ?? path.join(environment.XDG_CACHE_HOME || path.join(home, ".cache"), "pypoetry");
  return path.join(environment.POETRY_CACHE_DIR || usual, "virtualenvs");
}

/** "shop-8fDk2Jq1-py3.12": the higher minor version first. */
const minorOf = (name: string): number => Number(/-py3\.(\d+)$/.exec(name)?.[1] ?? -1);

/** Poetry's (poetry/utils/env.py, EnvManager.generate_env_name); the one chosen by `poetry env use` stands in envs.toml. */
async function ofPoetry(machine: Machine, project: string): Promise<readonly KeptEnvironment[]> {
  if (!(await isFile(machine, project, "pyproject.toml"))) return [];
  const folder = poetryFolder(machine);
  const sign = signOf(normalised(machine, project));
  const names = (await namesIn(machine, folder)).filter((name) => name.includes(`-${sign}-py3.`));
  const chosen = await machine.files.readText(machine.path.join(folder, "envs.toml"));
  const section = chosen.kind === "text" ? chosen.text.split(/^\[/m).find((part) => part.includes(`-${sign}`)) : null;
  const used = /^\s*minor\s*=\s*"([\d.]+)"/m.exec(section ?? "")?.[1];
  const rank = (name: string): number => (used !== undefined && name.endsWith(`-py${used}`) ? 1_000 : minorOf(name));
  return [...names]
    .sort((a, b) => rank(b) - rank(a))
    .map((name) => ({ folder: machine.path.join(folder, name), foundBy: "Poetry’s environment for the project" }));
}

/** Pipenv's (pipenv/project.py, Project._get_virtualenv_hash). */
async function ofPipenv(machine: Machine, project: string): Promise<readonly KeptEnvironment[]> {
  if (!(await isFile(machine, project, "Pipfile"))) return [];
  const { environment, home, path, platform } = machine;
  const data = environment.XDG_DATA_HOME || path.join(home, ".local", "share");
  const usual = platform === "win32" ? path.join(home, ".virtualenvs") : path.join(data, "virtualenvs");
  const folder = environment.WORKON_HOME || usual;
  const sign = signOf(path.join(project, "Pipfile"));
  const names = (await namesIn(machine, folder)).filter((name) => new RegExp(`-${sign}(?:-|$)`).test(name));
  return names.map((name) => ({ folder: path.join(folder, name), foundBy: "Pipenv’s environment for the project" }));
}

/** Environments that a tool keeps outside the project, under names with a hash of its place. */
export const keptElsewhere = async (machine: Machine, project: string): Promise<readonly KeptEnvironment[]> =>
  (await Promise.all([ofPoetry(machine, project), ofPipenv(machine, project)])).flat();
