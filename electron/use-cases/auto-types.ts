import type { PlanStep, StepProgress } from "../../shared/domain/plan";
import type { PoolAdvice, PoolFacts, PresetId } from "../../shared/domain/pool-types";
import type { EnvPreview, EnvWritten, Project } from "../../shared/domain/project-types";
import type { Result } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import type { AutoOutcome } from "../../shared/ipc/messages";
import type { NameWish } from "./auto-database";
import type { ServerNeeds, ServerWish } from "./auto-server";
import type { Databases } from "./database";
import type { SqlConnector } from "./ports";
import type { SecretSource } from "./secret-source";

/** What `.env` is to get; the input of the export. */
export interface EnvChoice {
  readonly dsn: string;
  readonly pool: { readonly min: number; readonly max: number } | null;
  readonly file: ".env";
  readonly ignore: boolean;
}

/** What the set-up works with. */
export interface AutoNeeds extends ServerNeeds {
  readonly databases: Databases;
  readonly connector: SqlConnector;
  readonly secrets: SecretSource;
  readonly osUser: string;
  readonly projects: {
    refresh(): Promise<Project | null>;
    /** DATABASE_URL of the project's `.env` with its password; null when there is none. */
    rawDatabaseUrl(): string | null;
  };
  readonly exports: {
    preview(choice: EnvChoice): Promise<Result<EnvPreview>>;
    write(previewId: string): Promise<Result<EnvWritten>>;
  };
  readonly readPool: (dsn: string, signal: AbortSignal) => Promise<Result<PoolFacts>>;
}

/** What the command line may ask for; the window asks for nothing. */
export interface SetupWish extends ServerWish, NameWish {
  readonly preset?: PresetId;
  /** Shows everything, changes nothing. */
  readonly dryRun?: boolean;
}

/** A set-up's outcome with all it did; after a dry run `dsn` is the string it would lead to. */
export interface SetupOutcome extends AutoOutcome {
  readonly steps: readonly StepProgress[];
  readonly pool: PoolAdvice | null;
  readonly preview: EnvPreview | null;
}

export const POOL: PlanStep = { id: "pool", title: "Size the pool", sql: null, command: null };
export const WRITE: PlanStep = { id: "write-env", title: "Write .env", sql: null, command: null };

/** What a set-up has so far; filled as it goes, so that a failure can say and undo what was made. */
export interface Draft {
  server: Server | null;
  dsn: string | null;
  planId: string | null;
  pool: PoolAdvice | null;
  preview: EnvPreview | null;
  written: EnvWritten | null;
}
