import { z } from "zod";
import type { Surroundings } from "../domain/dsn/surroundings";
import type { InstallMachine } from "../domain/install/guide";
import type { ExplainedError, NotRecognised } from "../domain/paste-error";
import type { PoolFacts } from "../domain/pool-types";
import type { EnvPreview, EnvWritten, Project } from "../domain/project-types";
import type { PythonAnswer, PythonPreview } from "../domain/python-answer";
import type { Result } from "../domain/result";
import { type Scan, SERVER_ACTIONS } from "../domain/server";
import type {
  AdministratorState,
  AppInfo,
  AutoOutcome,
  CommandOutput,
  CommandPreview,
  DatabaseOutcome,
  DatabasePlan,
  DatabaseProposal,
  DiagnoseEvent,
  DiagnoseOutcome,
  RemedyOutcome,
  RemedyPreview,
  ReportPreview,
  ScanEvent,
  SomewhereElse,
  StepProgress,
} from "./messages";
import { LONGEST_DSN, LONGEST_PASTED, REPORT_FORMATS } from "./messages";

/** A type carried next to a schema; main is trusted to keep it, the renderer is not asked. */
interface Carried<T> {
  readonly _carried?: T;
}
const carries = <T>(): Carried<T> => ({});

const id = z.string().min(1).max(300);
/** A connection string is data: main parses it and never hands it to a shell, a file or a URL loader. */
const dsn = z.string().max(LONGEST_DSN);
const text = z.string().max(10_000);
const none = z.undefined();

/** Where links in the window lead; the renderer names them, main knows the addresses. */
export const LINK_IDS = [
  "postgresql-install",
  "postgresql-ssl",
  "pg-hba",
  "aksara-docs",
  "postgres-app",
  "postgresql-windows",
  "docker-install",
  "wsl-install",
  "homebrew",
] as const;

const databaseChoice = z.object({
  serverId: id,
  database: text,
  role: text,
  password: text,
  onRole: z.enum(["create", "use"]),
  onDatabase: z.enum(["create", "use"]),
  locale: z.string().max(100).nullable(),
});

const installChoice = z.object({
  version: z.int().min(9).max(99),
  name: text,
  user: text,
  password: text,
  database: text,
  port: z.int().min(0).max(1_000_000),
  volume: text,
});

const exportChoice = z.object({
  dsn,
  pool: z.object({ min: z.int().min(0).max(10_000), max: z.int().min(1).max(10_000) }).nullable(),
  file: z.enum([".env", ".env.example"]),
  /** Add a line for `.env` to `.gitignore` when it is missing there. */
  ignore: z.boolean(),
});

/** Short questions: one input, one answer. */
export const calls = {
  "app.info": { input: none, output: carries<AppInfo>() },
  "settings.setTheme": {
    input: z.object({ theme: z.enum(["system", "light", "dark"]) }),
    output: carries<Result<null>>(),
  },
  "settings.forget": { input: none, output: carries<Result<null>>() },
  "project.current": { input: none, output: carries<Project | null>() },
  /** The string in the open project's `.env`, as it stands there; null when there is none. */
  "project.databaseUrl": { input: none, output: carries<string | null>() },
  /** Opens the system's folder dialog; null when it was closed without a choice. */
  "project.pick": { input: none, output: carries<Result<Project | null>>() },
  "servers.somewhereElse": { input: z.object({ text: dsn }), output: carries<Result<SomewhereElse>>() },
  "servers.administrator": { input: z.object({ serverId: id }), output: carries<AdministratorState>() },
  "servers.signIn": {
    input: z.object({ serverId: id, user: text, password: text, database: text }),
    output: carries<AdministratorState>(),
  },
  "servers.preview": {
    input: z.object({ serverId: id, action: z.enum(SERVER_ACTIONS) }),
    output: carries<Result<CommandPreview>>(),
  },
  "private.preview": { input: none, output: carries<Result<CommandPreview>>() },
  "install.machine": { input: none, output: carries<InstallMachine>() },
  /** The command of one step of a guide, built by main from the guide; it runs by "command.run". */
  "install.preview": {
    input: z.object({ guideId: id, step: z.int().min(0).max(100), choice: installChoice }),
    output: carries<Result<CommandPreview>>(),
  },
  "database.propose": { input: z.object({ serverId: id }), output: carries<Result<DatabaseProposal>>() },
  "database.newPassword": { input: none, output: carries<string>() },
  "database.plan": { input: databaseChoice, output: carries<Result<DatabasePlan>>() },
  "database.list": { input: z.object({ serverId: id }), output: carries<Result<readonly string[]>>() },
  /** What fills the gaps of a string on this computer: PG* variables, password file, service files; without secrets. */
  "connection.surroundings": { input: none, output: carries<Surroundings>() },
  /** The open project's Python and the command that "python.check" runs with it. */
  "python.preview": { input: none, output: carries<PythonPreview>() },
  "export.preview": { input: exportChoice, output: carries<Result<EnvPreview>>() },
  "export.write": { input: z.object({ previewId: id }), output: carries<Result<EnvWritten>>() },
  /** What a pasted traceback or log is about. */
  "error.explain": {
    input: z.object({ text: z.string().max(LONGEST_PASTED) }),
    output: carries<ExplainedError | NotRecognised>(),
  },
  "remedy.preview": {
    input: z.object({ runId: id, remedyId: id }),
    output: carries<Result<RemedyPreview>>(),
  },
  /** A support report of a check, or of what was found alone; every secret is out of it. */
  "report.preview": {
    input: z.object({ runId: id.nullable(), format: z.enum(REPORT_FORMATS) }),
    output: carries<Result<ReportPreview>>(),
  },
  /** Asks where to and writes what the preview showed; the file's name, or null when the dialog was closed. */
  "report.save": { input: z.object({ previewId: id }), output: carries<Result<string | null>>() },
  "clipboard.copy": { input: z.object({ text: dsn }), output: carries<Result<null>>() },
  "clipboard.paste": { input: none, output: carries<string>() },
  "link.open": { input: z.object({ link: z.enum(LINK_IDS) }), output: carries<Result<null>>() },
  "jobs.cancel": { input: z.object({ jobId: id }), output: carries<null>() },
} as const;

/** Long work: started by name, tells by events, ends with one outcome, can be cancelled. */
export const jobs = {
  "servers.scan": { input: none, event: carries<ScanEvent>(), output: carries<Scan>() },
  /** Tells when something on the computer changed, until it is cancelled; a scan then says what. */
  "servers.watch": { input: none, event: carries<{ readonly kind: "changed" }>(), output: carries<null>() },
  /** Runs a previewed command (start, stop, delete, private server). The list is scanned again by the caller. */
  "command.run": {
    input: z.object({ previewId: id }),
    event: carries<CommandOutput>(),
    output: carries<Result<{ readonly serverId: string }>>(),
  },
  "database.run": {
    input: z.object({ planId: id }),
    event: carries<StepProgress>(),
    output: carries<DatabaseOutcome>(),
  },
  "database.undo": { input: z.object({ planId: id }), event: carries<StepProgress>(), output: carries<Result<null>>() },
  "diagnose.run": { input: z.object({ dsn }), event: carries<DiagnoseEvent>(), output: carries<DiagnoseOutcome>() },
  "remedy.run": {
    input: z.object({ runId: id, remedyId: id }),
    event: carries<StepProgress>(),
    output: carries<RemedyOutcome>(),
  },
  /** Takes back what a remedy did. */
  "remedy.undo": {
    input: z.object({ runId: id, remedyId: id }),
    event: carries<StepProgress>(),
    output: carries<RemedyOutcome>(),
  },
  /** A read-only connect by the previewed Python's own asyncpg. */
  "python.check": {
    input: z.object({ dsn, previewId: id }),
    event: carries<never>(),
    output: carries<Result<PythonAnswer>>(),
  },
  "pool.read": { input: z.object({ dsn }), event: carries<never>(), output: carries<Result<PoolFacts>>() },
  "setup.auto": { input: none, event: carries<StepProgress>(), output: carries<AutoOutcome>() },
} as const;

export type CallName = keyof typeof calls;
export type JobName = keyof typeof jobs;
type Out<C> = C extends Carried<infer T> ? T : never;
export type CallInput<N extends CallName> = z.infer<(typeof calls)[N]["input"]>;
export type CallOutput<N extends CallName> = Out<(typeof calls)[N]["output"]>;
export type JobInput<N extends JobName> = z.infer<(typeof jobs)[N]["input"]>;
export type JobEvent<N extends JobName> = Out<(typeof jobs)[N]["event"]>;
export type JobOutput<N extends JobName> = Out<(typeof jobs)[N]["output"]>;

/** How a job ended, as the renderer hears it. */
export type JobEnd<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly message: string };

/** What main sends while jobs run. */
export type JobMessage =
  | { readonly jobId: string; readonly kind: "event"; readonly event: unknown }
  | { readonly jobId: string; readonly kind: "end"; readonly end: JobEnd<unknown> };

/** The whole bridge: what preload puts at `window.aksara`. */
export interface Bridge {
  call(name: string, input: unknown): Promise<unknown>;
  /** Starts a job and answers its id. */
  start(name: string, input: unknown): Promise<string>;
  onJob(listener: (message: JobMessage) => void): () => void;
}
