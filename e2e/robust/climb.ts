import { answersPostgres, hearLine } from "../../electron/adapters/postgres/probe";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { createSecrets } from "../../electron/adapters/secrets";
import { createDiagnose, type Diagnose } from "../../electron/use-cases/diagnose";
import { createServerRegistry } from "../../electron/use-cases/server-registry";
import type { DiagnoseReport, RungId } from "../../shared/domain/diagnosis";
import { err, problem } from "../../shared/domain/result";
import type { DiagnoseEvent } from "../../shared/ipc/messages";

/** The ladder on the real wire, for servers that nobody knows and nobody administers. */
export const climber = (timeoutMs = 5_000): Diagnose =>
  createDiagnose({
    registry: createServerRegistry(),
    openWire: createOpenWire({ home: "/nowhere" }),
    answersPostgres,
    hearLine,
    openAdministrator: async () => err(problem("no-permission", "Nobody is signed in.")),
    prepareServer: async () => err(problem("no-permission", "No.")),
    secrets: createSecrets(),
    env: {},
    osUser: "somebody",
    timeoutMs,
  });

/** One run; `onRung` hears each rung as it is told. */
export async function climb(
  diagnose: Diagnose,
  dsn: string,
  {
    onRung = () => {},
    signal = new AbortController().signal,
  }: {
    readonly onRung?: (id: RungId) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<DiagnoseReport> {
  const emit = ({ rung }: DiagnoseEvent): void => onRung(rung.id);
  return (await diagnose.run(dsn, { emit, signal })).report;
}

/**
 * What is not true about a report, whatever happened: a success has no failed rung and no cause; a failure has exactly
 * one failed rung, nothing climbed above it, and a cause unless somebody stopped it.
 */
export function untruths(report: DiagnoseReport, stopped = false): readonly string[] {
  const { ok, rungs, diagnosis } = report;
  const failed = rungs.filter(({ status }) => status === "fail");
  const at = rungs.findIndex(({ status }) => status === "fail");
  const above = at < 0 ? [] : rungs.slice(at + 1).filter(({ status }) => status !== "skip");
  return [
    ...(rungs.length === 9 ? [] : [`${rungs.length} rungs`]),
    ...(ok && failed.length > 0 ? ["a success with a failed rung"] : []),
    ...(ok && diagnosis ? ["a success with a cause"] : []),
    ...(!ok && failed.length !== 1 ? [`a failure with ${failed.length} failed rungs`] : []),
    ...(!ok && !stopped && diagnosis === null ? ["a failure without a cause"] : []),
    ...(stopped && diagnosis !== null ? ["a verdict after Cancel"] : []),
    ...(above.length > 0 ? [`climbed on after failing: ${above.map(({ id }) => id)}`] : []),
  ];
}
