import { create } from "zustand";
import type { StepProgress } from "../../shared/domain/plan";
import type { AutoOutcome } from "../../shared/ipc/messages";
import { type RunningJob, startJob } from "../api";
import { STEPS, useApp } from "./app";
import { useConnection } from "./connection";
import { endText } from "./job";
import { useServers } from "./servers";

export type AutoState =
  | { readonly kind: "closed" }
  | { readonly kind: "running"; readonly steps: readonly StepProgress[] }
  | { readonly kind: "done"; readonly steps: readonly StepProgress[]; readonly outcome: AutoOutcome }
  | { readonly kind: "failed"; readonly steps: readonly StepProgress[]; readonly message: string };

interface AutoStore {
  readonly auto: AutoState;
  run(): Promise<void>;
  cancel(): void;
  close(): void;
}

let job: RunningJob<AutoOutcome> | null = null;

/** The steps with the newest word on one of them, in order of first appearance. */
export function withStep(steps: readonly StepProgress[], step: StepProgress): readonly StepProgress[] {
  return steps.some(({ stepId }) => stepId === step.stepId)
    ? steps.map((one) => (one.stepId === step.stepId ? step : one))
    : [...steps, step];
}

export const useAuto = create<AutoStore>((set, get) => ({
  auto: { kind: "closed" },
  async run() {
    if (!useApp.getState().project) await useApp.getState().pickProject();
    if (!useApp.getState().project) return;
    let steps: readonly StepProgress[] = [];
    set({ auto: { kind: "running", steps } });
    job = startJob("setup.auto", undefined, (step) => {
      steps = withStep(steps, step);
      set({ auto: { kind: "running", steps } });
    });
    const end = await job.end;
    job = null;
    if (end.kind === "done" && end.value.ok) {
      const { dsn, server } = end.value;
      if (dsn) {
        useConnection.getState().setDsn(dsn);
        useConnection.getState().setLive({ kind: "connected", durationMs: end.value.durationMs });
      }
      for (const step of STEPS) useApp.getState().markDone(step);
      set({ auto: { kind: "done", steps, outcome: end.value } });
      await Promise.all([useApp.getState().refreshProject(), useServers.getState().scan()]);
      if (server) useServers.getState().select(server.id);
      return;
    }
    const problem = end.kind === "done" ? end.value.problem : null;
    const message = problem
      ? [problem.message, problem.next].filter(Boolean).join(" ")
      : (endText(end) ?? "It did not work.");
    set({ auto: { kind: "failed", steps, message } });
    await useServers.getState().scan();
  },
  cancel: () => job?.cancel(),
  close: () => {
    if (get().auto.kind !== "running") set({ auto: { kind: "closed" } });
  },
}));
