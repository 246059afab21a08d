/** The folder of the person's app. */
export interface Project {
  readonly path: string;
  readonly name: string;
  readonly isAksara: boolean;
  /** Why it counts as an Aksara project, or why not, one sentence. */
  readonly reason: string;
  /** Path of its `.env`; null when there is none yet. */
  readonly envFile: string | null;
  /** DATABASE_URL from `.env`, password as `***`; null when there is none. */
  readonly databaseUrl: string | null;
  /** Variables that beat `.env` in this process's environment: AKSARA_DATABASE_URL, DATABASE_URL. */
  readonly shadowedBy: string | null;
  readonly writable: boolean;
}

export interface EnvChange {
  readonly key: string;
  readonly kind: "add" | "change" | "same" | "duplicate";
}

/** One line of the preview. Values of secrets are masked in `text`. */
export interface DiffLine {
  readonly kind: "keep" | "remove" | "add";
  readonly text: string;
}

/** What writing would change; `id` names it for the write call. */
export interface EnvPreview {
  readonly id: string;
  readonly path: string;
  readonly exists: boolean;
  readonly changes: readonly EnvChange[];
  readonly diff: readonly DiffLine[];
  /** Null when the folder is no git work tree. */
  readonly gitIgnored: boolean | null;
  readonly tracked: boolean;
  readonly shadowedBy: string | null;
  /** Where the backup of the present file will be; null when there is no file yet. */
  readonly backup: string | null;
  /** Octal text, e.g. "600". */
  readonly mode: string;
  readonly warnings: readonly string[];
}

export interface EnvWritten {
  readonly path: string;
  readonly backup: string | null;
  readonly changes: readonly EnvChange[];
  /** True when `.gitignore` got a line for `.env`. */
  readonly ignoredNow: boolean;
}
