import { create } from "zustand";
import type { PythonAnswer, PythonPreview } from "../../shared/domain/python-answer";
import { call, type RunningJob, startJob } from "../api";
import { broken, inWords } from "./answer";
import { endText } from "./job";

/** A check with the project's own Python; `dsn` is the string it is about. */
export type PythonCheckState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly dsn: string }
  | { readonly kind: "done"; readonly dsn: string; readonly answer: PythonAnswer }
  | { readonly kind: "failed"; readonly dsn: string; readonly message: string };

interface PythonState {
  /** Null until main has looked. */
  readonly preview: PythonPreview | null;
  readonly check: PythonCheckState;
  /** Looks for the project's Python; a check of another Python no longer stands. */
  look(): Promise<void>;
  run(dsn: string): Promise<void>;
  cancel(): void;
}

let job: RunningJob<unknown> | null = null;
let looks = 0;

/** The same interpreter with the same versions: what it answered still holds. */
const isSame = (a: PythonPreview | null, b: PythonPreview): boolean =>
  a?.kind === "found" && b.kind === "found" && a.display === b.display && a.asyncpg === b.asyncpg;

export const usePythonCheck = create<PythonState>((set, get) => ({
  preview: null,
  check: { kind: "idle" },
  async look() {
    looks += 1;
    const mine = looks;
    const preview = await call("python.preview", undefined).catch(
      (reason: unknown): PythonPreview => ({ kind: "none", reason: broken(reason).message, next: null }),
    );
    if (mine !== looks) return;
    const keeps = get().check.kind === "running" || isSame(get().preview, preview);
    set({ preview, ...(keeps ? {} : { check: { kind: "idle" } }) });
  },
  async run(dsn) {
    const { preview } = get();
    if (preview?.kind !== "found" || job !== null) return;
    set({ check: { kind: "running", dsn } });
    const mine = startJob("python.check", { dsn, previewId: preview.id }, () => {});
    job = mine;
    const end = await mine.end;
    job = null;
    if (end.kind === "done" && end.value.ok) set({ check: { kind: "done", dsn, answer: end.value.value } });
    else {
      const message = end.kind === "done" && !end.value.ok ? inWords(end.value.error) : (endText(end) ?? "");
      set({ check: { kind: "failed", dsn, message } });
      await get().look();
    }
  },
  cancel: () => job?.cancel(),
}));
