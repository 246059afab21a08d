/** One step of something that will change the machine or a server: shown first, then run. */
export interface PlanStep {
  readonly id: string;
  readonly title: string;
  /** SQL as it will run, passwords as `'***'`; null for commands. */
  readonly sql: string | null;
  /** Command line as it will run; null for SQL. */
  readonly command: string | null;
}

export type StepStatus = "waiting" | "running" | "done" | "skipped" | "failed" | "undone";

/** What a running plan says about one of its steps. */
export interface StepProgress {
  readonly stepId: string;
  readonly title: string;
  readonly sql: string | null;
  readonly command: string | null;
  readonly status: StepStatus;
  readonly durationMs: number | null;
  /** Result or reason in one line; null when there is nothing to say. */
  readonly message: string | null;
}
