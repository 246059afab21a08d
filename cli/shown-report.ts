import type { DiagnoseReport, Diagnosis } from "../shared/domain/diagnosis";
import { maskUri } from "../shared/domain/dsn";
import type { DiagnoseOutcome } from "../shared/ipc/messages";

/** A password as a terminal may show it: itself where secrets were asked for. */
export interface Shown {
  readonly showSecrets: boolean;
  /** The password that was used; null where there is none. */
  readonly password: string | null;
}

/** The report with what its edits lead to: the string to use in place of this one, which the window has buttons for. */
export function shownReport(
  { report, edits }: Pick<DiagnoseOutcome, "report" | "edits">,
  { showSecrets, password }: Shown,
): DiagnoseReport {
  const withStrings = (diagnosis: Diagnosis): Diagnosis => ({
    ...diagnosis,
    remedies: diagnosis.remedies.map((remedy) => {
      const edited = edits[remedy.id];
      return edited === undefined ? remedy : { ...remedy, commands: [showSecrets ? edited : maskUri(edited)] };
    }),
  });
  const { target, diagnosis, alternatives } = report;
  return {
    ...report,
    target: target && showSecrets && target.password !== null ? { ...target, password } : target,
    diagnosis: diagnosis && withStrings(diagnosis),
    alternatives: alternatives.map(withStrings),
  };
}
