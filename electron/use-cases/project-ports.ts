import type { Result } from "../../shared/domain/result";

/** A text file as it stands, links followed; a missing one is `exists: false` with an empty text. */
export interface TextFile {
  /** The path as named. */
  readonly path: string;
  /** Where it really is; the same unless a symbolic link leads there. */
  readonly target: string;
  readonly exists: boolean;
  readonly text: string;
  /** Permission bits; null while there is no file. */
  readonly mode: number | null;
  /** Why it cannot be written, one sentence; null when it can. */
  readonly lock: string | null;
}

export interface WriteOrder {
  /** The file as it was shown; anything else on disk by now stops the write. */
  readonly before: TextFile;
  readonly text: string;
  /** Permission bits of a file that is new; an old one keeps its own. */
  readonly newMode: number;
  /** Keep the old bytes beside it as `<name>.bak`. */
  readonly backup: boolean;
  /** What dotenv must read from the file afterwards. */
  readonly expected: Readonly<Record<string, string>>;
}

/** Small text files that must not lose anything: `.env`, `.env.example`, `.gitignore`. */
export interface TextFiles {
  read(path: string): Promise<Result<TextFile>>;
  /** Replaces the file in one go; the backup's path, or null where none was made. */
  write(order: WriteOrder): Promise<Result<{ readonly backup: string | null }>>;
  /** The variables that dotenv (Node) reads in a text. */
  dotenvReads(text: string): Readonly<Record<string, string>>;
}

/** What git says of one file; null where git is absent or the folder is no work tree. */
export interface Git {
  ask(file: string): Promise<{ readonly ignored: boolean; readonly tracked: boolean } | null>;
}

/** The files that tell what an app is and needs; models are where `aksara startproject` and its templates put them. */
export const PROJECT_FILES = [
  "pyproject.toml",
  "requirements.txt",
  "main.py",
  "settings.py",
  "models.py",
  "app/models.py",
] as const;
export type ProjectFile = (typeof PROJECT_FILES)[number];

/** A folder as far as recognising a project needs it. */
export interface FolderFacts {
  readonly path: string;
  /** The same with links followed. */
  readonly realPath: string;
  /** Files by name, at most 256 KB each; null for missing and unreadable ones. */
  readonly texts: Readonly<Record<ProjectFile, string | null>>;
  readonly readable: boolean;
  readonly writable: boolean;
  /** The nearest `.env` above the folder, which python-dotenv finds where the folder has none. */
  readonly envAbove: string | null;
}

export interface ProjectFolders {
  read(path: string): Promise<Result<FolderFacts>>;
}
