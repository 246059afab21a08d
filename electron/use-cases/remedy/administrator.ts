import { err, ok, problem, type Result } from "../../../shared/domain/result";
import type { DiagnoseParts, KeptRun } from "../diagnose";
import { serverAt } from "../diagnose-surroundings";
import type { SqlSession } from "../ports";
import type { Lack } from "./work";

const NO_SERVER = problem("not-found", "The server is not in the list, so nobody can sign in as its administrator.", {
  next: "Copy the SQL and run it there, or add the server on the Server screen.",
});

/** A session of the administrator, on the server of detection that a run's string leads to. */
export async function atServer(
  parts: DiagnoseParts,
  run: KeptRun,
  database: string,
): Promise<Result<{ readonly serverId: string; readonly session: SqlSession }, Lack>> {
  const { climbed } = run;
  const endpoint = climbed?.kind === "ended" ? climbed.request.endpoint : run.credentials?.target.hosts[0];
  const serverId = endpoint ? (serverAt(parts.registry, endpoint, "running")?.server.id ?? null) : null;
  if (serverId === null) return err({ problem: NO_SERVER, serverId });
  const opened = await parts.openAdministrator(serverId, database);
  return opened.ok ? ok({ serverId, session: opened.value }) : err({ problem: opened.error, serverId });
}
