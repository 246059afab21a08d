import { create } from "zustand";
import type { Remedy, Rung } from "../../shared/domain/diagnosis";
import type { StepProgress } from "../../shared/domain/plan";
import type { AdministratorState, DiagnoseOutcome, RemedyPreview } from "../../shared/ipc/messages";
import { call, type RunningJob, startJob } from "../api";
import { withStep } from "./auto";
import { useConnection } from "./connection";
import { endText } from "./job";
import { shortFailure } from "./short-failure";

export type Climb =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly rungs: readonly Rung[] }
  | { readonly kind: "done"; readonly outcome: DiagnoseOutcome }
  | { readonly kind: "stopped"; readonly rungs: readonly Rung[]; readonly message: string };

/** A remedy from its preview to its end. */
export type Mending =
  | { readonly kind: "none" }
  | { readonly kind: "asking"; readonly remedy: Remedy }
  | { readonly kind: "shown"; readonly remedy: Remedy; readonly preview: RemedyPreview }
  | {
      readonly kind: "running";
      readonly remedy: Remedy;
      readonly preview: RemedyPreview;
      readonly steps: readonly StepProgress[];
    }
  | {
      readonly kind: "failed";
      readonly remedy: Remedy;
      readonly message: string;
      readonly steps: readonly StepProgress[];
    }
  | { readonly kind: "mended"; readonly title: string };

interface DiagnoseState {
  /** The string in question; "" means the project's own. */
  readonly text: string;
  readonly climb: Climb;
  readonly mending: Mending;
  setText(text: string): void;
  /** Climbs with `text`; answers whether every rung passed. */
  run(): Promise<boolean>;
  cancel(): void;
  choose(remedy: Remedy): Promise<void>;
  applyRemedy(): Promise<void>;
  signIn(serverId: string, user: string, password: string, database: string): Promise<AdministratorState>;
  leaveRemedy(): void;
}

let job: RunningJob<unknown> | null = null;

const inWords = ({ message, next }: { readonly message: string; readonly next: string | null }): string =>
  [message, next].filter(Boolean).join(" ");

export const useDiagnose = create<DiagnoseState>((set, get) => {
  /** What the strip says; only about the string it shows. */
  function tellStrip(text: string, live: ReturnType<typeof useConnection.getState>["live"]): void {
    if (useConnection.getState().dsn === text) useConnection.getState().setLive(live);
  }
  async function follow(dsn: string): Promise<void> {
    set({ text: dsn });
    useConnection.getState().setDsn(dsn);
    await get().run();
  }
  return {
    text: "",
    climb: { kind: "idle" },
    mending: { kind: "none" },
    setText: (text) => set({ text }),
    async run() {
      job?.cancel();
      const { text, mending } = get();
      let rungs: readonly Rung[] = [];
      set({ climb: { kind: "running", rungs }, mending: mending.kind === "mended" ? mending : { kind: "none" } });
      tellStrip(text, { kind: "testing" });
      const mine = startJob("diagnose.run", { dsn: text }, ({ rung }) => {
        if (job !== mine) return;
        // A second attempt (sslmode=prefer, a second host) says the same rung again, better.
        rungs = [...rungs.filter(({ id }) => id !== rung.id), rung];
        set({ climb: { kind: "running", rungs } });
      });
      job = mine;
      const end = await mine.end;
      if (job !== mine) return false;
      job = null;
      if (end.kind !== "done") {
        set({ climb: { kind: "stopped", rungs, message: endText(end) ?? "" } });
        tellStrip(text, { kind: "untested" });
        return false;
      }
      const { report } = end.value;
      set({ climb: { kind: "done", outcome: end.value } });
      tellStrip(
        text,
        report.ok
          ? { kind: "connected", durationMs: report.durationMs }
          : { kind: "failed", title: shortFailure(report) },
      );
      return report.ok;
    },
    cancel: () => job?.cancel(),
    async choose(remedy) {
      const { climb } = get();
      if (climb.kind !== "done") return;
      const { runId, edits } = climb.outcome;
      const edited = edits[remedy.id];
      if (remedy.kind === "edit" && edited !== undefined) return follow(edited);
      set({ mending: { kind: "asking", remedy } });
      const preview = await call("remedy.preview", { runId, remedyId: remedy.id });
      if (preview.ok) set({ mending: { kind: "shown", remedy, preview: preview.value } });
      else set({ mending: { kind: "failed", remedy, message: inWords(preview.error), steps: [] } });
    },
    async applyRemedy() {
      const { climb, mending, text } = get();
      if (climb.kind !== "done" || mending.kind !== "shown") return;
      const { remedy, preview } = mending;
      let steps: readonly StepProgress[] = [];
      set({ mending: { kind: "running", remedy, preview, steps } });
      const mine = startJob("remedy.run", { runId: climb.outcome.runId, remedyId: remedy.id }, (step) => {
        steps = withStep(steps, step);
        set({ mending: { kind: "running", remedy, preview, steps } });
      });
      job = mine;
      const end = await mine.end;
      job = null;
      const problem = end.kind === "done" && !end.value.ok ? end.value.problem : null;
      const message = problem ? inWords(problem) : endText(end);
      if (message !== null) {
        set({ mending: { kind: "failed", remedy, message, steps } });
        return;
      }
      set({ mending: { kind: "mended", title: remedy.title } });
      const changed = end.kind === "done" ? end.value.dsn : null;
      await (changed ? follow(changed) : text === "" ? get().run() : follow(text));
    },
    async signIn(serverId, user, password, database) {
      const state = await call("servers.signIn", { serverId, user, password, database });
      const { mending } = get();
      if (state.ready && mending.kind === "shown") await get().choose(mending.remedy);
      return state;
    },
    leaveRemedy: () => set({ mending: { kind: "none" } }),
  };
});
