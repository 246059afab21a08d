import type { StepProgress } from "../../shared/domain/plan";

/** The steps with the newest word on one of them, in order of first appearance. */
export function withStep(steps: readonly StepProgress[], step: StepProgress): readonly StepProgress[] {
  return steps.some(({ stepId }) => stepId === step.stepId)
    ? steps.map((one) => (one.stepId === step.stepId ? step : one))
    : [...steps, step];
}

/** How long signing in took, in milliseconds: what "Connected" means; null where no step signed in. */
export const signInTime = (steps: readonly StepProgress[]): number | null =>
  steps.find(({ stepId, status }) => stepId === "sign-in" && status === "done")?.durationMs ?? null;
