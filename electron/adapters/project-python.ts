import type { FindPython, FoundPython, NoPython } from "../use-cases/python-ports";
import type { Machine } from "./detect/machine";
import { keptElsewhere } from "./python-environments";

/** Folders in a project that hold its environment by custom: venv, uv and pdm use the first. */
const FOLDERS = [".venv", "venv", "env"] as const;

interface Candidate {
  readonly interpreter: string;
  readonly foundBy: string;
}

/** Reads pyvenv.cfg, `key = value` lines; null where the folder is no virtual environment (PEP 405). */
async function readConfig(machine: Machine, prefix: string): Promise<ReadonlyMap<string, string> | null> {
  const read = await machine.files.readText(machine.path.join(prefix, "pyvenv.cfg"));
  if (read.kind !== "text") return null;
  const pairs = read.text.split("\n").map((line) => {
    const mark = line.indexOf("=");
    return [line.slice(0, mark).trim().toLowerCase(), line.slice(mark + 1).trim()] as const;
  });
  return new Map(pairs);
}

const namesIn = async (machine: Machine, folder: string): Promise<readonly string[]> => {
  const listing = await machine.files.listFolder(folder);
  return listing.kind === "names" ? listing.names : [];
};

interface Packages {
  readonly folder: string;
  /** "3.11" as the folder's name has it; null where it has none. */
  readonly python: string | null;
}

/** Where packages of a Python below `prefix` lie; Debian's own have further places. */
async function packageFolders(machine: Machine, prefix: string): Promise<readonly Packages[]> {
  const { join } = machine.path;
  if (machine.platform === "win32") return [{ folder: join(prefix, "Lib", "site-packages"), python: null }];
  const versions = (await namesIn(machine, join(prefix, "lib"))).filter((name) => /^python3\.\d+t?$/.test(name));
  return [
    ...versions.flatMap((name) => {
      const python = name.replace(/^python|t$/g, "");
      const folders = [join(prefix, "lib", name, "site-packages"), join(prefix, "local", "lib", name, "dist-packages")];
      return folders.map((folder) => ({ folder, python }));
    }),
    { folder: join(prefix, "lib", "python3", "dist-packages"), python: null },
  ];
}

/** asyncpg below one of the prefixes: its version and its Python's, where the names say them; null when it is not there. */
async function findAsyncpg(machine: Machine, prefixes: readonly string[]) {
  for (const prefix of prefixes) {
    for (const { folder, python } of await packageFolders(machine, prefix)) {
      const names = await namesIn(machine, folder);
      if (!names.includes("asyncpg")) continue;
      const version = names.flatMap(
        (name) => /^asyncpg-([\w.+]+?)(?:-py[\d.]+)?\.(?:dist|egg)-info$/.exec(name)?.[1] ?? [],
      );
      return { asyncpg: version[0] ?? null, python };
    }
  }
  return null;
}

/** Looks at one interpreter: what it is, and whether it has asyncpg. Runs nothing. */
async function look(
  machine: Machine,
  project: string,
  { interpreter, foundBy }: Candidate,
): Promise<FoundPython | NoPython> {
  const { dirname, basename, relative, isAbsolute } = machine.path;
  const program = await machine.files.realPath(interpreter);
  if (program === null) {
    const reason = `${interpreter} is a link to a Python that is gone.`;
    return { kind: "none", reason, next: "Make the environment anew: python3 -m venv .venv" };
  }
  const prefix = dirname(dirname(interpreter));
  const config = await readConfig(machine, prefix);
  const home = config?.get("home") ?? dirname(program);
  const shared = config === null || config.get("include-system-site-packages")?.toLowerCase() === "true";
  // On Windows an interpreter lies in its prefix itself, elsewhere in its bin.
  const base = machine.platform === "win32" ? home : dirname(home);
  const found = await findAsyncpg(machine, [...(config ? [prefix] : []), ...(shared ? [base] : [])]);
  if (!found) {
    const reason = `${interpreter} has no asyncpg.`;
    return { kind: "none", reason, next: `Install it there: ${interpreter} -m pip install asyncpg` };
  }
  const away = relative(project, program);
  const outside = away.startsWith("..") || isAbsolute(away);
  const named = /(\d+\.\d+)(?:\.exe)?$/.exec(basename(program))?.[1] ?? null;
  const version = config?.get("version") ?? config?.get("version_info") ?? found.python ?? named;
  const python = version?.replace(/^(\d+\.\d+(?:\.\d+)?).*$/, "$1") ?? null;
  return {
    kind: "found",
    interpreter,
    program,
    leadsTo: outside && program !== interpreter ? program : null,
    python,
    asyncpg: found.asyncpg,
    foundBy,
  };
}

/** The interpreter in a folder, dangling link or not; null when there is none. */
async function interpreterIn(machine: Machine, folder: string): Promise<string | null> {
  const [inside, wanted] = machine.platform === "win32" ? ["Scripts", ["python.exe"]] : ["bin", ["python", "python3"]];
  const bin = machine.path.join(folder, inside as string);
  const names = await namesIn(machine, bin);
  const name = (wanted as readonly string[]).find((one) => names.includes(one));
  return name === undefined ? null : machine.path.join(bin, name);
}

const pyenvRoot = ({ environment, home, path }: Machine): string => environment.PYENV_ROOT || path.join(home, ".pyenv");

/** The interpreter of the pyenv version that a file names on its first line; null where it names none that is there. */
async function pyenvPython(machine: Machine, file: string): Promise<string | null> {
  const read = await machine.files.readText(file);
  const name = read.kind === "text" ? (read.text.split("\n")[0]?.trim() ?? "") : "";
  // The name becomes a folder's: nothing that could leave the folder of versions.
  if (!/^[A-Za-z0-9][\w.+-]*$/.test(name)) return null;
  return interpreterIn(machine, machine.path.join(pyenvRoot(machine), "versions", name));
}

/** The environments of the project: in its folder, the active one first, then those that a tool keeps elsewhere. */
async function ofProject(machine: Machine, project: string, real: string): Promise<readonly Candidate[]> {
  const { join, relative, isAbsolute } = machine.path;
  const active = machine.environment.VIRTUAL_ENV ?? "";
  const isInside = (folder: string): boolean =>
    [project, real].some((root) => {
      const way = relative(root, folder);
      return way !== "" && !way.startsWith("..") && !isAbsolute(way);
    });
  const folders = FOLDERS.map((name) => ({ folder: join(project, name), foundBy: `${name} in the project` }));
  const places =
    isAbsolute(active) && isInside(active) ? [{ folder: active, foundBy: "VIRTUAL_ENV" }, ...folders] : folders;
  const found = [...places, ...(await keptElsewhere(machine, real))].map(
    async ({ folder, foundBy }): Promise<readonly Candidate[]> => {
      const interpreter = await interpreterIn(machine, folder);
      return interpreter === null ? [] : [{ interpreter, foundBy }];
    },
  );
  return (await Promise.all(found)).flat();
}

/** The first python3 on PATH; a shim of pyenv's stands for the version that pyenv's own file names. */
async function onPath(machine: Machine): Promise<string | null> {
  const { delimiter, join, isAbsolute } = machine.path;
  const name = machine.platform === "win32" ? "python.exe" : "python3";
  const root = pyenvRoot(machine);
  for (const folder of (machine.environment.PATH ?? "").split(delimiter).filter(isAbsolute)) {
    const interpreter = join(folder, name);
    if ((await machine.files.lookAt(interpreter)).kind !== "file") continue;
    if (folder !== join(root, "shims")) return interpreter;
    const chosen = await pyenvPython(machine, join(root, "version"));
    if (chosen !== null) return chosen;
  }
  return null;
}

/**
 * Finds the Python that the app in a folder runs with: an environment of the project (the active one first), the pyenv
 * version its `.python-version` names, else python3 on PATH. asyncpg is looked for among the files; nothing is run.
 */
export const createFindPython =
  (machine: Machine): FindPython =>
  async (project) => {
    const real = (await machine.files.realPath(project)) ?? project;
    const own = [...(await ofProject(machine, project, real))];
    const pinned = await pyenvPython(machine, machine.path.join(project, ".python-version"));
    if (pinned !== null) own.push({ interpreter: pinned, foundBy: ".python-version in the project, by pyenv" });
    const without: NoPython[] = [];
    for (const candidate of own) {
      const one = await look(machine, real, candidate);
      if (one.kind === "found") return one;
      without.push(one);
    }
    // The project's own environment is what its app runs with: another Python would prove nothing.
    if (without[0]) return without[0];
    const interpreter = await onPath(machine);
    const foundBy = "python3 on PATH; the project has no environment of its own";
    const one = interpreter === null ? null : await look(machine, real, { interpreter, foundBy });
    if (one?.kind === "found") return one;
    return {
      kind: "none",
      reason: "The project has no Python environment, and the python3 on PATH has no asyncpg.",
      next: "Make one in the project: python3 -m venv .venv && .venv/bin/python -m pip install asyncpg",
    };
  };
