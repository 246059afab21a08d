import type { DiagnoseReport, Rung } from "../domain/diagnosis";
import type { Endpoint } from "../domain/endpoint";
import type { PlanStep, StepProgress } from "../domain/plan";
import type { EnvWritten, Project } from "../domain/project-types";
import type { Problem } from "../domain/result";
import type { PortConflict, Server, SourceProblem } from "../domain/server";

export type Theme = "system" | "light" | "dark";

export interface AppInfo {
  readonly version: string;
  readonly platform: string;
  /** Which Electron runs: the official one, or the evaluation runtime used where that cannot be had. */
  readonly runtime: { readonly kind: "electron" | "evaluation"; readonly version: string };
  readonly home: string;
  readonly theme: Theme;
  /** Where the private server and the settings live. */
  readonly dataFolder: string;
  /** Where remembered settings could not be read or written, why; otherwise null. */
  readonly storageProblem: string | null;
}

export interface ScanEvent {
  readonly kind: "server" | "problem" | "conflict" | "source-done";
  readonly server: Server | null;
  readonly problem: SourceProblem | null;
  readonly conflict: PortConflict | null;
  /** Sources that are done, of `total`. */
  readonly done: number;
  readonly total: number;
}

/** How the app can administer a server; without `ready` the person is asked to sign in. */
export interface AdministratorState {
  readonly ready: boolean;
  /** "postgres over the local socket", "postgres with the generated password"; null when not ready. */
  readonly as: string | null;
  readonly user: string | null;
  readonly version: string | null;
  /** What the signed-in role lacks: "CREATEDB", "CREATEROLE". */
  readonly lacks: readonly string[];
  readonly problem: Problem | null;
}

export interface DatabaseProposal {
  readonly database: string;
  readonly role: string;
  readonly password: string;
  readonly encodings: readonly string[];
}

export interface DatabaseChoice {
  readonly serverId: string;
  readonly database: string;
  readonly role: string;
  readonly password: string;
  /** "create" refuses when it exists; "use" takes the existing one. */
  readonly onRole: "create" | "use";
  readonly onDatabase: "create" | "use";
  /** Locale of a new database: "C.UTF-8", ..., or null for the server's default. */
  readonly locale: string | null;
}

export interface DatabasePlan {
  readonly id: string;
  readonly as: string;
  readonly steps: readonly PlanStep[];
  /** Says what already exists, at its field; the plan can run only when this is empty. */
  readonly problems: readonly Problem[];
  /** The whole plan as SQL to copy, passwords masked. */
  readonly sqlText: string;
}

export interface DatabaseOutcome {
  readonly ok: boolean;
  /** The proven connection string; null when a step failed. */
  readonly dsn: string | null;
  readonly problem: Problem | null;
  /** What this plan made and can take back; empty when nothing. */
  readonly undo: readonly PlanStep[];
  readonly durationMs: number;
}

export interface CommandPreview {
  readonly id: string;
  readonly title: string;
  readonly commands: readonly string[];
  /** False: the rights are missing, the commands are to copy. */
  readonly runnable: boolean;
  readonly note: string | null;
}

/** Live output of a command, a line at a time. */
export interface CommandOutput {
  readonly line: string;
}

export interface AutoOutcome {
  readonly ok: boolean;
  readonly dsn: string | null;
  readonly server: Server | null;
  readonly written: EnvWritten | null;
  readonly project: Project | null;
  readonly problem: Problem | null;
  readonly durationMs: number;
}

export interface DiagnoseEvent {
  readonly rung: Rung;
  readonly index: number;
}

export interface DiagnoseOutcome {
  /** Names this run for remedies. */
  readonly runId: string;
  readonly report: DiagnoseReport;
  /** The string each "edit" remedy leads to, by remedy id. */
  readonly edits: Readonly<Record<string, string>>;
}

export interface RemedyPreview {
  readonly id: string;
  readonly title: string;
  /** "postgres over the local socket"; null when no rights are needed. */
  readonly as: string | null;
  readonly steps: readonly PlanStep[];
  /** Null when it can run; otherwise what is missing (an administrator's sign-in, ...). */
  readonly problem: Problem | null;
  /** The server an administrator must sign in to first, when that is what is missing. */
  readonly serverId: string | null;
}

export interface RemedyOutcome {
  readonly ok: boolean;
  /** The string after the remedy, when the remedy changed it (a new password, ...). */
  readonly dsn: string | null;
  readonly problem: Problem | null;
  /** What taking it back would run, in order; empty where nothing is left to take back. */
  readonly undo: readonly PlanStep[];
}

/** Characters of a pasted error that are looked at, from its end. */
export const LONGEST_PASTED = 1_000_000;

/** Longest connection string in characters; nobody writes one that long. */
export const LONGEST_DSN = 100_000;

/** The forms of a support report. */
export const REPORT_FORMATS = ["markdown", "json"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A support report as it would be copied or saved. */
export interface ReportPreview {
  /** Names this text for saving. */
  readonly id: string;
  readonly text: string;
  readonly fileName: string;
}

export interface SomewhereElse {
  readonly server: Server;
  readonly endpoint: Endpoint;
  /** The whole string when the person pasted one with credentials. */
  readonly dsn: string | null;
}

export type { StepProgress };
