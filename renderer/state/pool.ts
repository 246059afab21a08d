import { create } from "zustand";
import type { PoolFacts, PresetId } from "../../shared/domain/pool-types";
import type { Problem } from "../../shared/domain/result";
import { type RunningJob, startJob } from "../api";
import { endText } from "./job";

type Reading =
  | { readonly kind: "none" }
  | { readonly kind: "reading" }
  | { readonly kind: "read"; readonly facts: PoolFacts; readonly dsn: string }
  | { readonly kind: "failed"; readonly message: string; readonly next: string | null };

/** What a number field holds: text as typed, so that a half-typed number is not changed under the caret. */
export interface PoolInputs {
  readonly instances: string;
  readonly workers: string;
  /** "" follows the recommendation. */
  readonly min: string;
  readonly max: string;
}

interface PoolState {
  readonly preset: PresetId;
  readonly inputs: PoolInputs;
  readonly reading: Reading;
  setPreset(preset: PresetId): void;
  setInput(name: keyof PoolInputs, value: string): void;
  /** Reads the server's numbers with this string; without one there is nothing to read. */
  read(dsn: string): Promise<void>;
  cancel(): void;
}

let job: RunningJob<unknown> | null = null;

export const usePool = create<PoolState>((set, get) => ({
  preset: "development",
  inputs: { instances: "1", workers: "1", min: "", max: "" },
  reading: { kind: "none" },
  setPreset: (preset) => set({ preset, inputs: { ...get().inputs, min: "", max: "" } }),
  setInput: (name, value) => set({ inputs: { ...get().inputs, [name]: value } }),
  async read(dsn) {
    job?.cancel();
    if (dsn === "") {
      set({ reading: { kind: "none" } });
      return;
    }
    set({ reading: { kind: "reading" } });
    const mine = startJob("pool.read", { dsn }, () => {});
    job = mine;
    const end = await mine.end;
    if (job !== mine) return;
    job = null;
    if (end.kind === "done" && end.value.ok) set({ reading: { kind: "read", facts: end.value.value, dsn } });
    else {
      const problem: Problem | null = end.kind === "done" && !end.value.ok ? end.value.error : null;
      set({
        reading: { kind: "failed", message: problem?.message ?? endText(end) ?? "", next: problem?.next ?? null },
      });
    }
  },
  cancel: () => job?.cancel(),
}));
