import { create } from "zustand";
import { isStopped, stoppedRungs } from "../../shared/domain/diagnose/stopped";
import type { Rung } from "../../shared/domain/diagnosis";
import type { DiagnoseOutcome } from "../../shared/ipc/messages";
import { type RunningJob, startJob } from "../api";
import { type Live, useConnection } from "./connection";
import { endText } from "./job";
import { shortFailure } from "./short-failure";

/** One climb of the ladder; `dsn` is the string it is about, "" the project's own. */
export type Climb =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly dsn: string; readonly rungs: readonly Rung[] }
  | { readonly kind: "done"; readonly dsn: string; readonly outcome: DiagnoseOutcome }
  /** Ended without a verdict; `message` says why, null: somebody stopped it. */
  | {
      readonly kind: "stopped";
      readonly dsn: string;
      readonly rungs: readonly Rung[];
      readonly message: string | null;
    };

interface DiagnoseState {
  /** The string in question as typed; "" means the project's own. */
  readonly text: string;
  /** The connection's string as it was taken over last: as long as nobody types, the field follows the connection. */
  readonly taken: string;
  readonly climb: Climb;
  setText(text: string): void;
  /** Takes the connection's string over, unless the person is asking about another one. */
  followConnection(): void;
  /** Takes the connection's string over in any case. */
  takeConnection(): void;
  /** Climbs with `text`; answers whether every rung passed. */
  run(): Promise<boolean>;
  cancel(): void;
}

let job: RunningJob<unknown> | null = null;

/** What the strip says; only about the string it shows. */
function tellStrip(dsn: string, live: Live): void {
  const connection = useConnection.getState();
  if (dsn !== "" && connection.dsn === dsn) connection.setLive(live);
}

export const useDiagnose = create<DiagnoseState>((set, get) => ({
  text: "",
  taken: "",
  climb: { kind: "idle" },
  setText: (text) => set({ text }),
  followConnection() {
    const { text, taken, climb } = get();
    const { dsn } = useConnection.getState();
    if (dsn === "" || dsn === text || text !== taken || climb.kind === "running") return;
    get().takeConnection();
  },
  takeConnection() {
    const { dsn } = useConnection.getState();
    const { climb } = get();
    const about = climb.kind !== "idle" && climb.dsn === dsn;
    set({ text: dsn, taken: dsn, ...(about ? {} : { climb: { kind: "idle" } }) });
  },
  async run() {
    job?.cancel();
    const dsn = get().text;
    let rungs: readonly Rung[] = [];
    set({ climb: { kind: "running", dsn, rungs } });
    tellStrip(dsn, { kind: "testing" });
    const mine = startJob("diagnose.run", { dsn }, ({ rung }) => {
      if (job !== mine) return;
      // A second attempt (sslmode=prefer, a second host) says the same rung again, better.
      rungs = [...rungs.filter(({ id }) => id !== rung.id), rung];
      set({ climb: { kind: "running", dsn, rungs } });
    });
    job = mine;
    const end = await mine.end;
    if (job !== mine) return false;
    job = null;
    const stop = (at: readonly Rung[], message: string | null): false => {
      set({ climb: { kind: "stopped", dsn, rungs: at, message } });
      tellStrip(dsn, { kind: "untested" });
      return false;
    };
    if (end.kind !== "done") return stop(rungs, end.kind === "cancelled" ? null : endText(end));
    const { report } = end.value;
    if (isStopped(report)) return stop(stoppedRungs(report), null);
    set({ climb: { kind: "done", dsn, outcome: end.value } });
    tellStrip(
      dsn,
      report.ok
        ? { kind: "connected", durationMs: report.durationMs }
        : { kind: "failed", title: shortFailure(report) },
    );
    return report.ok;
  },
  cancel: () => job?.cancel(),
}));
