import { create } from "zustand";
import type { StepProgress } from "../../shared/domain/plan";
import type { AutoOutcome } from "../../shared/ipc/messages";
import { type RunningJob, startJob } from "../api";
import { inWords } from "./answer";
import { STEPS, useApp } from "./app";
import { useConnection } from "./connection";
import { sourceOn } from "./connection-source";
import { endText } from "./job";
import { useServers } from "./servers";
import { signInTime, withStep } from "./steps";

export type AutoState =
  | { readonly kind: "closed" }
  /** The folder dialog is open. */
  | { readonly kind: "picking" }
  | { readonly kind: "running"; readonly steps: readonly StepProgress[] }
  | { readonly kind: "done"; readonly steps: readonly StepProgress[]; readonly outcome: AutoOutcome }
  /** The person stopped it. */
  | { readonly kind: "stopped"; readonly steps: readonly StepProgress[] }
  | { readonly kind: "failed"; readonly steps: readonly StepProgress[]; readonly message: string };

interface AutoStore {
  readonly auto: AutoState;
  run(): Promise<void>;
  cancel(): void;
  close(): void;
}

let job: RunningJob<AutoOutcome> | null = null;

export const useAuto = create<AutoStore>((set, get) => {
  /** The project that is open, or the one the person picks now. */
  async function haveProject(): Promise<boolean> {
    if (useApp.getState().project) return true;
    set({ auto: { kind: "picking" } });
    try {
      await useApp.getState().pickProject();
    } finally {
      set({ auto: { kind: "closed" } });
    }
    return useApp.getState().project !== null;
  }
  async function finish(outcome: AutoOutcome, steps: readonly StepProgress[]): Promise<void> {
    const { dsn, server } = outcome;
    if (dsn) {
      useConnection.getState().setDsn(dsn, sourceOn(server));
      useConnection.getState().setLive({ kind: "connected", durationMs: signInTime(steps) });
    }
    for (const step of STEPS) useApp.getState().markDone(step);
    set({ auto: { kind: "done", steps, outcome } });
    await Promise.all([useApp.getState().refreshProject(), useServers.getState().scan()]);
    if (server) useServers.getState().select(server.id);
  }
  return {
    auto: { kind: "closed" },
    async run() {
      const { kind } = get().auto;
      if (kind === "running" || kind === "picking" || !(await haveProject())) return;
      let steps: readonly StepProgress[] = [];
      set({ auto: { kind: "running", steps } });
      job = startJob("setup.auto", undefined, (step) => {
        steps = withStep(steps, step);
        set({ auto: { kind: "running", steps } });
      });
      const end = await job.end;
      job = null;
      if (end.kind === "done" && end.value.ok) return finish(end.value, steps);
      const problem = end.kind === "done" ? end.value.problem : null;
      if (problem?.kind === "cancelled" || end.kind === "cancelled") set({ auto: { kind: "stopped", steps } });
      else {
        const message = problem ? inWords(problem) : (endText(end) ?? "It did not work.");
        set({ auto: { kind: "failed", steps, message } });
      }
      await useServers.getState().scan();
    },
    cancel: () => job?.cancel(),
    close: () => {
      if (get().auto.kind !== "running") set({ auto: { kind: "closed" } });
    },
  };
});
