import { advisePool } from "../../shared/domain/pool";
import type { PlanStep, StepProgress } from "../../shared/domain/plan";
import type { PoolAdvice, PoolFacts, PresetId } from "../../shared/domain/pool-types";
import type { EnvPreview, EnvWritten, Project } from "../../shared/domain/project-types";
import { type Problem, problem, ok, type Result } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import type { AutoOutcome } from "../../shared/ipc/messages";
import { assumedSteps, type NameWish, planWithFreeNames } from "./auto-database";
import { proveDsn } from "./auto-existing";
import { chooseServer, type ServerNeeds, type ServerWish, startServer } from "./auto-server";
import { CANCELLED, createTeller, type Teller } from "./auto-tell";
import type { Databases } from "./database";
import type { JobContext } from "./job";
import type { SqlConnector } from "./ports";
import type { SecretSource } from "./secret-source";

interface EnvChoice {
  readonly dsn: string;
  readonly pool: { readonly min: number; readonly max: number } | null;
  readonly file: ".env";
  readonly ignore: boolean;
}

interface Needs extends ServerNeeds {
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

export interface AutoSetup {
  /** "Set it all up for me", with every choice made. */
  run(context: JobContext<StepProgress>): Promise<AutoOutcome>;
  /** The same with choices, for the command line. */
  setUp(wish: SetupWish, context: JobContext<StepProgress>): Promise<SetupOutcome>;
}

const POOL: PlanStep = { id: "pool", title: "Size the pool", sql: null, command: null };
const WRITE: PlanStep = { id: "write-env", title: "Write .env", sql: null, command: null };

/** What a set-up has so far; filled as it goes, so that a failure can say and undo what was made. */
interface Draft {
  server: Server | null;
  dsn: string | null;
  planId: string | null;
  pool: PoolAdvice | null;
  preview: EnvPreview | null;
  written: EnvWritten | null;
}

/** From an open project to a written `.env`: server, role, database, proof, pool, file. */
export function createAutoSetup(needs: Needs): AutoSetup {
  async function setUp(wish: SetupWish, context: JobContext<StepProgress>): Promise<SetupOutcome> {
    const begun = performance.now();
    const teller = createTeller(context);
    const draft: Draft = { server: null, dsn: null, planId: null, pool: null, preview: null, written: null };
    const project = await needs.projects.refresh();
    const failed = project ? await makeAll(needs, wish, project, draft, teller) : NO_PROJECT;
    const { planId, ...rest } = draft;
    if (failed && planId !== null) await takeBack(needs, planId, teller);
    return {
      ok: failed === null,
      ...rest,
      dsn: failed ? null : draft.dsn,
      project: draft.written ? await needs.projects.refresh() : project,
      problem: failed,
      durationMs: performance.now() - begun,
      steps: teller.all(),
    };
  }
  return {
    setUp,
    async run(context) {
      const { steps: _steps, pool: _pool, preview: _preview, ...outcome } = await setUp({}, context);
      return outcome;
    },
  };
}

const NO_PROJECT: Problem = problem("not-found", "No project is open.", {
  next: "Pick the folder of your app first.",
  field: "project",
});

async function makeAll(needs: Needs, wish: SetupWish, project: Project, draft: Draft, teller: Teller): Promise<Problem | null> {
  if (!project.writable && !wish.dryRun) {
    return problem("unwritable", `The folder ${project.path} cannot be written.`, { next: "Change its rights, or pick another.", field: "project" });
  }
  const reused = await reuseExisting(needs, wish, draft, teller);
  if (!reused) {
    const failed = await makeDatabase(needs, wish, project, draft, teller);
    if (failed) return failed;
  }
  if (draft.dsn === null) return null;
  return writeEnv(needs, wish, draft, draft.dsn, teller);
}

/** A string that is in `.env` already and works is kept, unless something else was asked for. */
async function reuseExisting(needs: Needs, wish: SetupWish, draft: Draft, teller: Teller): Promise<boolean> {
  const asked = wish.serverId ?? wish.database ?? wish.role;
  const present = needs.projects.rawDatabaseUrl();
  if (asked !== undefined || wish.usePrivate || present === null) return false;
  const step = { id: "try-existing", title: "Try the DATABASE_URL in .env", sql: null, command: null };
  const answer = await teller.step(step, async () => {
    const proven = await proveDsn(present, { ...needs, signal: teller.signal, tag: needs.secrets.tag() });
    const message = proven.ok ? "It works and may create tables, so it stays." : `It does not: ${proven.error.message}`;
    return ok({ value: proven.ok, message });
  });
  if (!answer.ok || !answer.value) return false;
  draft.dsn = present;
  return true;
}

async function makeDatabase(needs: Needs, wish: SetupWish, project: Project, draft: Draft, teller: Teller): Promise<Problem | null> {
  const chosen = await chooseServer(needs, wish, teller);
  if (!chosen.ok) return chosen.error;
  const folder = project.path.split(/[/\\]/).filter((part) => part !== "").at(-1) ?? "";
  let server = chosen.value;
  if (server.kind === "start") {
    const { preview } = server;
    if (wish.dryRun) {
      teller.announce({ id: "start-server", title: preview.title, sql: null, command: preview.commands.join("\n") });
      for (const step of [...assumedSteps(folder, wish), POOL, WRITE]) teller.announce(step);
      return null;
    }
    const started = await startServer(needs, preview, teller);
    if (!started.ok) return started.error;
    server = started.value;
  }
  draft.server = server.server;
  const planned = await planWithFreeNames(needs.databases, server.server.id, folder, wish);
  if (!planned.ok) return planned.error;
  const { plan } = planned.value;
  for (const step of [...plan.steps, POOL, WRITE]) teller.announce(step);
  if (wish.dryRun) {
    draft.dsn = needs.databases.plannedDsn(plan.id);
    return null;
  }
  draft.planId = plan.id;
  const outcome = await needs.databases.run(plan.id, { emit: (progress) => teller.emit(progress), signal: teller.signal });
  draft.dsn = outcome.dsn;
  return outcome.problem;
}

async function writeEnv(needs: Needs, wish: SetupWish, draft: Draft, dsn: string, teller: Teller): Promise<Problem | null> {
  const sized = await teller.step(POOL, async () => {
    // A dry run's string leads nowhere yet; a server that does not tell its limits is no reason to stop either.
    const facts = wish.dryRun ? null : await needs.readPool(dsn, teller.signal);
    const advice = advisePool({ facts: facts?.ok ? facts.value : null, instances: 1, workers: 1, preset: wish.preset ?? "development" });
    return ok({ value: advice, message: `${advice.recommendation.min} to ${advice.recommendation.max} connections` });
  });
  if (!sized.ok) return sized.error;
  draft.pool = sized.value;
  const { min, max } = sized.value.recommendation;
  const choice: EnvChoice = { dsn, pool: { min, max }, file: ".env", ignore: true };
  if (wish.dryRun) {
    const preview = await needs.exports.preview(choice);
    draft.preview = preview.ok ? preview.value : null;
    teller.announce(WRITE);
    return preview.ok ? null : preview.error;
  }
  const written = await teller.step(WRITE, async () => {
    const preview = await needs.exports.preview(choice);
    if (!preview.ok) return preview;
    draft.preview = preview.value;
    if (teller.signal.aborted) return { ok: false, error: CANCELLED };
    const done = await needs.exports.write(preview.value.id);
    return done.ok ? ok({ value: done.value, message: done.value.path }) : done;
  });
  if (!written.ok) return written.error;
  draft.written = written.value;
  return null;
}

/** Undoes what a failed set-up made on the server; a started server stays, it does no harm. */
async function takeBack(needs: Needs, planId: string, teller: Teller): Promise<void> {
  // The job's own signal may say stop already, and taking back must still run to its end.
  const { signal } = new AbortController();
  await needs.databases.undo(planId, { emit: (progress) => teller.emit(progress), signal });
}
