import type { DiagnoseReport, Rung } from "../diagnosis";

/** True for a climb that somebody stopped: it failed, and there is no verdict why. */
export const isStopped = ({ ok, diagnosis }: Pick<DiagnoseReport, "ok" | "diagnosis">): boolean =>
  !ok && diagnosis === null;

/** The rungs of a stopped climb: the one it was stopped on neither passed nor failed, and proves nothing. */
export const stoppedRungs = ({ rungs }: Pick<DiagnoseReport, "rungs">): readonly Rung[] =>
  rungs.map((rung) =>
    rung.status === "fail" ? { ...rung, status: "skip", summary: "stopped here", evidence: {} } : rung,
  );
