/** A Python that has asyncpg, found without running it. */
export interface FoundPython {
  readonly kind: "found";
  /** As it lies in the project, links not followed. */
  readonly interpreter: string;
  /** The program behind it, links followed. */
  readonly program: string;
  /** `program` where it is not in the project; null where it is. */
  readonly leadsTo: string | null;
  readonly python: string | null;
  readonly asyncpg: string | null;
  readonly foundBy: string;
}

export interface NoPython {
  readonly kind: "none";
  readonly reason: string;
  readonly next: string | null;
}

/** Looks for the Python that a project runs with; only reads files. */
export type FindPython = (projectFolder: string) => Promise<FoundPython | NoPython>;

export interface ScriptOrder {
  readonly interpreter: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Written to standard input, which is then closed. */
  readonly input: string;
  /** Bounds the whole run. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type ScriptEnd =
  | {
      readonly kind: "ended";
      /** Null when a signal ended it. */
      readonly status: number | null;
      readonly killedBy: string | null;
      readonly output: string;
      readonly errors: string;
    }
  | { readonly kind: "timeout" | "cancelled" | "flood" }
  | { readonly kind: "not-started"; readonly code: string | null };

/** Runs a script to its end, without a shell; at a limit or a cancel it ends what it started. */
export type RunScript = (order: ScriptOrder) => Promise<ScriptEnd>;
