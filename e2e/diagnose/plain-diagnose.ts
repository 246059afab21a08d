import { answersPostgres, hearLine, speaksTls } from "../../electron/adapters/postgres/probe";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { createDiagnose, type Diagnose, type DiagnoseParts } from "../../electron/use-cases/diagnose";
import { createServerRegistry } from "../../electron/use-cases/server-registry";
import type { DiagnoseReport } from "../../shared/domain/diagnosis";
import { err, problem } from "../../shared/domain/result";

/** The ladder on the real wire that knows of no server and has no administrator. */
export const plainDiagnose = (more: Partial<DiagnoseParts> = {}): Diagnose =>
  createDiagnose({
    registry: createServerRegistry(),
    openWire: createOpenWire({ home: "/nowhere" }),
    answersPostgres,
    hearLine,
    speaksTls,
    openAdministrator: async () => err(problem("no-permission", "Nobody is signed in.")),
    prepareServer: async () => err(problem("no-permission", "No.")),
    secrets: { newPassword: () => "unused", verifier: () => null },
    env: {},
    osUser: "nobody-here",
    ...more,
  });

/** One climb nobody listens to and nobody stops. */
export async function climbed(dsn: string, more: Partial<DiagnoseParts> = {}): Promise<DiagnoseReport> {
  const outcome = await plainDiagnose(more).run(dsn, { emit: () => {}, signal: new AbortController().signal });
  return outcome.report;
}
