import type { PlanStep, StepProgress } from "../../shared/domain/plan";
import { type Problem, problem, type Result } from "../../shared/domain/result";
import type { JobContext } from "./job";

/** A step's result, and what to say about it in one line. */
export interface Told<T> {
  readonly value: T;
  readonly message: string | null;
}

/** Tells a set-up's steps as they go, and keeps the last word on each in order of appearance. */
export interface Teller {
  readonly signal: AbortSignal;
  emit(progress: StepProgress): void;
  /** Announces a step that is yet to run. */
  announce(step: PlanStep): void;
  /** Runs one step: running, then done or failed; does not begin once the signal says stop. */
  step<T>(step: PlanStep, work: () => Promise<Result<Told<T>>>): Promise<Result<T>>;
  all(): readonly StepProgress[];
}

export const CANCELLED: Problem = problem("cancelled", "Stopped before it was done.");

/** A teller over a job's events. */
export function createTeller(context: JobContext<StepProgress>): Teller {
  const last = new Map<string, StepProgress>();
  const emit = (progress: StepProgress) => {
    last.set(progress.stepId, progress);
    context.emit(progress);
  };
  const say = ({ id, title, sql, command }: PlanStep, more: Pick<StepProgress, "status" | "durationMs" | "message">) =>
    emit({ stepId: id, title, sql, command, ...more });
  return {
    signal: context.signal,
    emit,
    announce: (step) => say(step, { status: "waiting", durationMs: null, message: null }),
    async step(step, work) {
      if (context.signal.aborted) return { ok: false, error: CANCELLED };
      say(step, { status: "running", durationMs: null, message: null });
      const begun = performance.now();
      const result = await work();
      const durationMs = performance.now() - begun;
      if (!result.ok) {
        say(step, { status: "failed", durationMs, message: result.error.message });
        return result;
      }
      say(step, { status: "done", durationMs, message: result.value.message });
      return { ok: true, value: result.value.value };
    },
    all: () => [...last.values()],
  };
}
