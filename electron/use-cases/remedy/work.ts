import type { PlanStep, StepProgress, StepStatus } from "../../../shared/domain/plan";
import { err, ok, type Problem, problem, type Result } from "../../../shared/domain/result";
import type { JobContext } from "../job";

/** Tells a line about the step that is running. */
export type TellMore = (line: string) => void;

/** A step that takes another one back, whenever that is asked for. */
export interface UndoStep {
  readonly shown: PlanStep;
  /** True where it only counts once everything else is taken back. */
  readonly last?: boolean;
  readonly run: (signal: AbortSignal, tell: TellMore) => Promise<Result<null>>;
}

/** One step of a remedy, ready to run; it answers how to take it back, null where that cannot be. */
export interface WorkStep {
  readonly shown: PlanStep;
  readonly run: (signal: AbortSignal, tell: TellMore) => Promise<Result<UndoStep | null>>;
}

/** A remedy that could run now. */
export interface Prepared {
  /** As whom it runs on the server; null where nobody has to sign in. */
  readonly as: string | null;
  readonly steps: readonly WorkStep[];
  /** The string it leads to; null: it stays. */
  readonly dsn: string | null;
  end(): Promise<void>;
}

/** Why a remedy cannot run, and at which server somebody must sign in first. */
export interface Lack {
  readonly problem: Problem;
  readonly serverId: string | null;
}

const CANCELLED = problem("cancelled", "Stopped before it was done.");

function teller(
  ctx: JobContext<StepProgress>,
  { id: stepId, title, sql, command }: PlanStep,
): (status: StepStatus, message?: string | null) => void {
  const began = performance.now();
  return (status, message = null) => {
    const durationMs = status === "running" ? null : performance.now() - began;
    ctx.emit({ stepId, title, sql, command, status, durationMs, message });
  };
}

/** The steps that take others back: last done first, and after all of them what makes them count. */
const inOrder = (done: readonly UndoStep[]): readonly UndoStep[] => {
  const reversed = [...done].reverse();
  return [...reversed.filter((step) => !step.last), ...reversed.filter((step) => step.last)];
};

/**
 * Runs a remedy's steps, whole or not at all: where one fails or somebody cancels, those done before are taken back.
 * Answers how to take all of it back, in the order it has to happen.
 */
export async function runSteps(
  steps: readonly WorkStep[],
  ctx: JobContext<StepProgress>,
): Promise<Result<readonly UndoStep[]>> {
  const done: UndoStep[] = [];
  for (const step of steps) {
    const tell = teller(ctx, step.shown);
    if (!ctx.signal.aborted) tell("running");
    const result = ctx.signal.aborted ? err(CANCELLED) : await step.run(ctx.signal, (line) => tell("running", line));
    if (!result.ok) {
      if (result.error !== CANCELLED) tell("failed", result.error.message);
      await takeBack(inOrder(done), { emit: ctx.emit, signal: new AbortController().signal });
      return result;
    }
    tell("done");
    if (result.value) done.push(result.value);
  }
  return ok(inOrder(done));
}

/** Takes steps back in order; the first that fails ends it with the reason. */
export async function takeBack(steps: readonly UndoStep[], ctx: JobContext<StepProgress>): Promise<Result<null>> {
  for (const step of steps) {
    if (ctx.signal.aborted) return err(CANCELLED);
    const tell = teller(ctx, step.shown);
    tell("running");
    const result = await step.run(ctx.signal, (line) => tell("running", line));
    if (!result.ok) {
      tell("failed", result.error.message);
      return result;
    }
    tell("undone");
  }
  return ok(null);
}
