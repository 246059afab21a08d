import path from "node:path";
import { maskUri } from "../../shared/domain/dsn";
import {
  type AppPool,
  appPool,
  recogniseProject,
  type Shadow,
  shadowIn,
  shadowOf,
  urlInEnv,
  vectorUse,
} from "../../shared/domain/project";
import type { Project } from "../../shared/domain/project-types";
import { ok, type Result } from "../../shared/domain/result";
import type { FolderFacts, ProjectFolders, TextFile, TextFiles } from "./project-ports";

interface Needs {
  readonly folders: ProjectFolders;
  readonly files: Pick<TextFiles, "read">;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What main knows of the open project beyond what the window sees. */
export interface ProjectDetails {
  /** The folder with links followed. */
  readonly realPath: string;
  /** The nearest `.env` above the folder. */
  readonly envAbove: string | null;
  /** main.py's text; null when there is none. */
  readonly main: string | null;
  /** The pool its app opens. */
  readonly pool: AppPool;
  /** Which file says that it stores vectors; null when none does. */
  readonly usesVectors: string | null;
}

/** The one open project; opening another replaces it. */
export interface Projects {
  current(): Project | null;
  /** Opens a folder; fails only when there is no such folder or the way to it is closed. */
  open(folder: string): Promise<Result<Project>>;
  /** Reads the open project again; null when none is open. */
  refresh(): Promise<Project | null>;
  /** The URL in the project's `.env`, password and all: for main only. AKSARA_DATABASE_URL comes first, as in Aksara. */
  rawDatabaseUrl(): string | null;
  /** The variable that beats the project's `.env`, which may hold `dsn`; null when none does. */
  shadow(dsn: string): Shadow | null;
  details(): ProjectDetails | null;
}

interface Opened {
  readonly project: Project;
  readonly url: string | null;
  /** The text of its `.env`; "" where there is none. */
  readonly envText: string;
  readonly details: ProjectDetails;
}

const nameOf = (folder: string): string => path.basename(folder) || folder;

/** One sentence on what stands in the way of writing; null when nothing does. */
function obstacle(facts: FolderFacts, envFile: Result<TextFile>): string | null {
  if (!facts.readable) return "Your user may not read this folder.";
  if (!envFile.ok) return envFile.error.message;
  if (!facts.writable) return "Your user may not write in this folder.";
  return envFile.value.lock;
}

function described(facts: FolderFacts, envFile: Result<TextFile>, env: Needs["env"]): Opened {
  const text = envFile.ok && envFile.value.exists ? envFile.value.text : null;
  const { isAksara, reason } = recogniseProject({
    pyproject: facts.texts["pyproject.toml"],
    requirements: facts.texts["requirements.txt"],
    main: facts.texts["main.py"],
    settings: facts.texts["settings.py"],
    env: text,
  });
  const url = text === null ? null : urlInEnv(text, env);
  const shadow = url && text !== null ? shadowOf(url.value, text, env) : null;
  const exported = url ? null : (["AKSARA_DATABASE_URL", "DATABASE_URL"].find((key) => env[key]) ?? null);
  const barred = obstacle(facts, envFile);
  return {
    project: {
      path: facts.path,
      name: nameOf(facts.path),
      isAksara,
      reason: barred === null ? reason : facts.readable ? `${reason} ${barred}` : barred,
      envFile: text === null && envFile.ok ? null : path.join(facts.path, ".env"),
      databaseUrl: url && maskUri(url.value),
      shadowedBy: shadow?.from === "process" ? shadow.key : exported,
      writable: barred === null,
    },
    url: url?.value ?? null,
    envText: text ?? "",
    details: {
      realPath: facts.realPath,
      envAbove: facts.envAbove,
      main: facts.texts["main.py"],
      pool: appPool({ main: facts.texts["main.py"], settings: facts.texts["settings.py"], env: text }, env),
      usesVectors: vectorUse(facts.texts),
    },
  };
}

/** A folder that was open and is gone now. */
const gone = (folder: string, reason: string, env: Needs["env"]): Opened => ({
  project: {
    path: folder,
    name: nameOf(folder),
    isAksara: false,
    reason,
    envFile: null,
    databaseUrl: null,
    shadowedBy: null,
    writable: false,
  },
  url: null,
  envText: "",
  details: {
    realPath: folder,
    envAbove: null,
    main: null,
    pool: appPool({}, env),
    usesVectors: null,
  },
});

/** Keeps the open project; no project is open at first. */
export function createProjects({ folders, files, env }: Needs): Projects {
  let opened: Opened | null = null;
  let turn = 0;

  async function look(folder: string): Promise<Result<Opened>> {
    const facts = await folders.read(folder);
    if (!facts.ok) return facts;
    return ok(described(facts.value, await files.read(path.join(folder, ".env")), env));
  }

  return {
    current: () => opened?.project ?? null,
    rawDatabaseUrl: () => opened?.url ?? null,
    shadow: (dsn) => shadowIn(dsn, opened?.envText ?? "", env),
    details: () => opened?.details ?? null,
    async open(folder) {
      turn += 1;
      const mine = turn;
      const looked = await look(path.resolve(folder));
      if (!looked.ok) return looked;
      // Another folder may have been opened while this one was read.
      if (mine === turn) opened = looked.value;
      return ok(looked.value.project);
    },
    async refresh() {
      if (opened === null) return null;
      const mine = turn;
      const folder = opened.project.path;
      const looked = await look(folder);
      const fresh = looked.ok ? looked.value : gone(folder, looked.error.message, env);
      if (mine === turn) opened = fresh;
      return fresh.project;
    },
  };
}
