import { create } from "zustand";
import type { ReportFormat, ReportPreview } from "../../shared/ipc/messages";
import { call } from "../api";
import { answered, inWords } from "./answer";

/** The support report on show, exactly as it is copied or saved. */
export type Report =
  | { readonly kind: "closed" }
  | { readonly kind: "asking"; readonly runId: string | null; readonly format: ReportFormat }
  | {
      readonly kind: "shown";
      readonly runId: string | null;
      readonly format: ReportFormat;
      readonly preview: ReportPreview;
      /** Name of the file it was saved to by the last try; null while it was not. */
      readonly saved: string | null;
      /** Why the last try to save it went wrong; null when it did not. */
      readonly problem: string | null;
    }
  | { readonly kind: "failed"; readonly runId: string | null; readonly format: ReportFormat; readonly message: string };

interface ReportState {
  readonly report: Report;
  /** Makes the report of a check, or of what was found alone, and shows it. */
  show(runId: string | null, format: ReportFormat): Promise<void>;
  /** Saves the shown text where the person chooses. */
  save(): Promise<void>;
  close(): void;
}

export const useReport = create<ReportState>((set, get) => ({
  report: { kind: "closed" },
  async show(runId, format) {
    const asking: Report = { kind: "asking", runId, format };
    set({ report: asking });
    const made = await answered(call("report.preview", { runId, format }));
    if (get().report !== asking) return;
    set({
      report: made.ok
        ? { kind: "shown", runId, format, preview: made.value, saved: null, problem: null }
        : { kind: "failed", runId, format, message: inWords(made.error) },
    });
  },
  async save() {
    const { report } = get();
    if (report.kind !== "shown") return;
    const saved = await answered(call("report.save", { previewId: report.preview.id }));
    if (get().report !== report) return;
    if (!saved.ok) set({ report: { ...report, saved: null, problem: inWords(saved.error) } });
    else if (saved.value !== null) set({ report: { ...report, saved: saved.value, problem: null } });
  },
  close: () => set({ report: { kind: "closed" } }),
}));
