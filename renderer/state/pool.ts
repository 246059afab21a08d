import { create } from "zustand";
import type { PoolFacts, PresetId } from "../../shared/domain/pool-types";
import { type RunningJob, startJob } from "../api";
import { endText } from "./job";

/** What is known of the server that `dsn` leads to; a reading that runs or fails keeps the numbers from before. */
export interface PoolReading {
  readonly kind: "none" | "reading" | "read" | "failed";
  readonly dsn: string;
  readonly facts: PoolFacts | null;
  readonly message: string;
  readonly next: string | null;
}

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
  readonly reading: PoolReading;
  setPreset(preset: PresetId): void;
  setInput(name: keyof PoolInputs, value: string): void;
  /** Reads the server's numbers with this string; without one there is nothing to read. */
  read(dsn: string): Promise<void>;
  cancel(): void;
}

const NOTHING: PoolReading = { kind: "none", dsn: "", facts: null, message: "", next: null };

let job: RunningJob<unknown> | null = null;

export const usePool = create<PoolState>((set, get) => ({
  preset: "development",
  inputs: { instances: "1", workers: "1", min: "", max: "" },
  reading: NOTHING,
  setPreset: (preset) => set({ preset, inputs: { ...get().inputs, min: "", max: "" } }),
  setInput: (name, value) => set({ inputs: { ...get().inputs, [name]: value } }),
  async read(dsn) {
    job?.cancel();
    job = null;
    if (dsn === "") {
      set({ reading: NOTHING });
      return;
    }
    const before = get().reading;
    const known: PoolReading = { ...NOTHING, dsn, facts: before.dsn === dsn ? before.facts : null };
    set({ reading: { ...known, kind: "reading" } });
    const mine = startJob("pool.read", { dsn }, () => {});
    job = mine;
    const end = await mine.end;
    if (job !== mine) return;
    job = null;
    if (end.kind === "done" && end.value.ok) {
      set({ reading: { ...known, kind: "read", facts: end.value.value } });
      return;
    }
    const { message, next } =
      end.kind === "done" && !end.value.ok ? end.value.error : { message: endText(end) ?? "", next: null };
    set({ reading: { ...known, kind: "failed", message, next } });
  },
  cancel: () => job?.cancel(),
}));
