import type { Endpoint } from "./endpoint";

/** The ladder's rungs, in climbing order. */
export const RUNG_IDS = [
  "read",
  "resolve",
  "reach",
  "speak",
  "encrypt",
  "authenticate",
  "database",
  "privileges",
  "capacity",
] as const;
export type RungId = (typeof RUNG_IDS)[number];

/** What each rung is called on screen. */
export const RUNG_TITLES: Readonly<Record<RungId, string>> = {
  read: "Read the string",
  resolve: "Find the host",
  reach: "Reach the port",
  speak: "Is it PostgreSQL?",
  encrypt: "Encrypt",
  authenticate: "Sign in",
  database: "Open the database",
  privileges: "Permissions for Aksara",
  capacity: "Room for the pool",
};

export interface Rung {
  readonly id: RungId;
  readonly status: "pass" | "warn" | "fail" | "skip";
  /** When it began, counted from the climb's own beginning; 0 where it was not reached. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly summary: string;
  /** Facts behind the summary: plain JSON values, never a secret. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/**
 * What mends a diagnosis. `run` executes what `commands` and `sql` show, after a yes; `edit` changes the
 * connection string to `dsn`; `copy` is for the person's own hands. `input` names a value it asks for first.
 */
export interface Remedy {
  readonly id: string;
  readonly title: string;
  readonly kind: "run" | "edit" | "copy";
  readonly commands: readonly string[];
  /** SQL as it will run; passwords as `'***'`. */
  readonly sql: readonly string[];
  readonly needs: "nothing" | "administrator" | "superuser";
}

export interface Diagnosis {
  /** `<rung>.<problem>`, a fixed interface. */
  readonly id: string;
  readonly confidence: "certain" | "likely" | "possible";
  readonly title: string;
  readonly explanation: string;
  readonly sqlstate: string | null;
  readonly errno: string | null;
  /** The exception class a Python traceback shows for it, when known. */
  readonly asyncpgException: string | null;
  readonly remedies: readonly Remedy[];
}

export interface DiagnosisWarning {
  readonly id: string;
  readonly message: string;
}

/** The target as reports show it: password never, only whether there is one. */
export interface ShownTarget {
  readonly hosts: readonly Endpoint[];
  readonly user: string | null;
  /** `***`, unless somebody asked to see secrets. */
  readonly password: string | null;
  readonly database: string | null;
  readonly sslmode: string | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The outcome of one climb; `diagnose --json` prints it as it is. */
export interface DiagnoseReport {
  readonly ok: boolean;
  readonly target: ShownTarget | null;
  readonly rungs: readonly Rung[];
  readonly diagnosis: Diagnosis | null;
  readonly alternatives: readonly Diagnosis[];
  readonly warnings: readonly DiagnosisWarning[];
  readonly durationMs: number;
}
