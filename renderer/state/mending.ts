import { create } from "zustand";
import type { Remedy } from "../../shared/domain/diagnosis";
import type { PlanStep, StepProgress } from "../../shared/domain/plan";
import { err, ok, type Result } from "../../shared/domain/result";
import type { AdministratorState, RemedyOutcome, RemedyPreview } from "../../shared/ipc/messages";
import { call, type RunningJob, startJob } from "../api";
import { answered, inWords } from "./answer";
import { useConnection } from "./connection";
import { useDiagnose } from "./diagnose";
import { endText } from "./job";
import { withStep } from "./steps";

/** A remedy from its preview to its end; `runId` is the climb it belongs to. */
export type Mending =
  | { readonly kind: "none" }
  | { readonly kind: "asking"; readonly runId: string; readonly remedy: Remedy }
  | { readonly kind: "shown"; readonly runId: string; readonly remedy: Remedy; readonly preview: RemedyPreview }
  | {
      readonly kind: "running";
      readonly runId: string;
      readonly remedy: Remedy;
      readonly preview: RemedyPreview;
      readonly steps: readonly StepProgress[];
    }
  | {
      readonly kind: "failed";
      readonly runId: string;
      readonly remedy: Remedy;
      readonly message: string;
      readonly steps: readonly StepProgress[];
    }
  | ({ readonly kind: "mended"; readonly dsn: string; readonly changed: boolean } & Done)
  | ({ readonly kind: "undoing"; readonly dsn: string; readonly steps: readonly StepProgress[] } & Done)
  | ({ readonly kind: "not-undone"; readonly dsn: string; readonly message: string } & Done)
  | { readonly kind: "undone"; readonly title: string; readonly dsn: string };

/** What a remedy did, and how it is taken back. */
interface Done {
  readonly title: string;
  readonly runId: string;
  readonly remedyId: string;
  /** The string before it. */
  readonly before: string;
  /** What taking it back runs; empty where only the string changed, null where nothing can be taken back. */
  readonly undo: readonly PlanStep[] | null;
}

interface MendingState {
  readonly mending: Mending;
  /** An edit is made and checked at once; what runs is shown first. */
  choose(remedy: Remedy): Promise<void>;
  /** Runs what is shown, then climbs again. */
  run(): Promise<void>;
  signIn(serverId: string, user: string, password: string): Promise<AdministratorState>;
  /** Takes back what the last remedy did, then climbs again. */
  undo(): Promise<void>;
  cancel(): void;
  leave(): void;
}

let job: RunningJob<unknown> | null = null;

/** Runs a remedy or takes it back, step by step. */
async function work(
  name: "remedy.run" | "remedy.undo",
  ids: { readonly runId: string; readonly remedyId: string },
  show: (steps: readonly StepProgress[]) => void,
): Promise<Result<RemedyOutcome, { readonly message: string; readonly steps: readonly StepProgress[] }>> {
  let steps: readonly StepProgress[] = [];
  show(steps);
  const mine = startJob(name, ids, (step) => {
    steps = withStep(steps, step);
    show(steps);
  });
  job = mine;
  const end = await mine.end;
  job = null;
  const value = end.kind === "done" ? end.value : null;
  if (value?.ok) return ok(value);
  return err({ message: value?.problem ? inWords(value.problem) : (endText(end) ?? "It did not work."), steps });
}

/** Climbs again with what the remedy made of the string. Another string than the one being built never takes its place. */
async function climbAgain(before: string, after: string): Promise<void> {
  const connection = useConnection.getState();
  if (after !== before && (connection.dsn === "" || connection.dsn === before)) connection.setDsn(after);
  const diagnose = useDiagnose.getState();
  if (useConnection.getState().dsn === after) diagnose.takeConnection();
  else diagnose.setText(after);
  await diagnose.run();
}

export const useMending = create<MendingState>((set, get) => {
  async function mended(done: Done, after: string): Promise<void> {
    set({ mending: { kind: "mended", ...done, dsn: after, changed: after !== done.before } });
    await climbAgain(done.before, after);
  }
  return {
    mending: { kind: "none" },
    async choose(remedy) {
      const { climb } = useDiagnose.getState();
      if (climb.kind !== "done") return;
      const { runId, edits } = climb.outcome;
      const edited = edits[remedy.id];
      if (remedy.kind === "edit" && edited !== undefined) {
        return mended({ title: remedy.title, runId, remedyId: remedy.id, before: climb.dsn, undo: [] }, edited);
      }
      set({ mending: { kind: "asking", runId, remedy } });
      const preview = await answered(call("remedy.preview", { runId, remedyId: remedy.id }));
      const { mending } = get();
      if (mending.kind !== "asking" || mending.remedy !== remedy) return;
      set({
        mending: preview.ok
          ? { kind: "shown", runId, remedy, preview: preview.value }
          : { kind: "failed", runId, remedy, message: inWords(preview.error), steps: [] },
      });
    },
    async run() {
      const { climb } = useDiagnose.getState();
      const { mending } = get();
      if (climb.kind !== "done" || mending.kind !== "shown") return;
      const { runId, remedy, preview } = mending;
      const { id: remedyId, title } = remedy;
      const done = await work("remedy.run", { runId, remedyId }, (steps) =>
        set({ mending: { kind: "running", runId, remedy, preview, steps } }),
      );
      if (!done.ok) return set({ mending: { kind: "failed", runId, remedy, ...done.error } });
      const undo = done.value.undo.length > 0 ? done.value.undo : null;
      await mended({ title, runId, remedyId, before: climb.dsn, undo }, done.value.dsn ?? climb.dsn);
    },
    async undo() {
      const { mending } = get();
      if (mending.kind !== "mended" && mending.kind !== "not-undone") return;
      const { title, runId, remedyId, before, undo, dsn } = mending;
      const done = { title, runId, remedyId, before, undo, dsn };
      if (undo === null) return;
      if (undo.length > 0) {
        const back = await work("remedy.undo", { runId, remedyId }, (steps) =>
          set({ mending: { kind: "undoing", ...done, steps } }),
        );
        if (!back.ok) return set({ mending: { kind: "not-undone", ...done, message: back.error.message } });
      }
      set({ mending: { kind: "undone", title, dsn: before } });
      await climbAgain(dsn, before);
    },
    async signIn(serverId, user, password) {
      const state = await call("servers.signIn", { serverId, user, password, database: "postgres" });
      const { mending } = get();
      if (state.ready && mending.kind === "shown") await get().choose(mending.remedy);
      return state;
    },
    cancel: () => job?.cancel(),
    leave: () => set({ mending: { kind: "none" } }),
  };
});
