import type { StepProgress } from "../../shared/domain/plan";
import type { Project } from "../../shared/domain/project-types";
import { type Problem, problem } from "../../shared/domain/result";
import type { AutoOutcome } from "../../shared/ipc/messages";
import { assumedSteps, planWithFreeNames } from "./auto-database";
import { writeEnv } from "./auto-env";
import { reuseExisting } from "./auto-existing";
import { chooseServer, startServer } from "./auto-server";
import { createTeller, type Teller } from "./auto-tell";
import { type AutoNeeds, type Draft, POOL, type SetupOutcome, type SetupWish, WRITE } from "./auto-types";
import type { JobContext } from "./job";

export interface AutoSetup {
  /** "Set it all up for me", with every choice made. */
  run(context: JobContext<StepProgress>): Promise<AutoOutcome>;
  /** The same with choices, for the command line. */
  setUp(wish: SetupWish, context: JobContext<StepProgress>): Promise<SetupOutcome>;
}

/** From an open project to a written `.env`: server, role, database, proof, pool, file. */
export function createAutoSetup(needs: AutoNeeds): AutoSetup {
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

async function makeAll(
  needs: AutoNeeds,
  wish: SetupWish,
  project: Project,
  draft: Draft,
  teller: Teller,
): Promise<Problem | null> {
  if (!project.writable && !wish.dryRun) {
    return problem("unwritable", `The folder ${project.path} cannot be written.`, {
      next: "Change its rights, or pick another.",
      field: "project",
    });
  }
  const reused = await reuseExisting(needs, wish, draft, teller);
  if (!reused) {
    const failed = await makeDatabase(needs, wish, project, draft, teller);
    if (failed) return failed;
  }
  if (draft.dsn === null) return null;
  return writeEnv(needs, wish, draft, draft.dsn, teller);
}

async function makeDatabase(
  needs: AutoNeeds,
  wish: SetupWish,
  project: Project,
  draft: Draft,
  teller: Teller,
): Promise<Problem | null> {
  const chosen = await chooseServer(needs, wish, teller);
  if (!chosen.ok) return chosen.error;
  const folder =
    project.path
      .split(/[/\\]/)
      .filter((part) => part !== "")
      .at(-1) ?? "";
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
  const outcome = await needs.databases.run(plan.id, {
    emit: (progress) => teller.emit(progress),
    signal: teller.signal,
  });
  draft.dsn = outcome.dsn;
  return outcome.problem;
}

/** Undoes what a failed set-up made on the server; a started server stays, it does no harm. */
async function takeBack(needs: AutoNeeds, planId: string, teller: Teller): Promise<void> {
  // The job's own signal may say stop already, and taking back must still run to its end.
  const { signal } = new AbortController();
  await needs.databases.undo(planId, { emit: (progress) => teller.emit(progress), signal });
}
