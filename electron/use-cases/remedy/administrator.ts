import { err, ok, problem, type Result } from "../../../shared/domain/result";
import type { DiagnoseParts, KeptRun } from "../diagnose";
import { serverAt } from "../diagnose-surroundings";
import type { Access, SqlSession } from "../ports";
import { customServer } from "../somewhere-else";
import type { Lack } from "./work";

const NO_SERVER = problem("not-found", "It is not known which server this is about.", {
  next: "Copy the SQL and run it there as its administrator.",
});

/** A session of the administrator, on the server that a run's string leads to. */
export async function atServer(
  parts: DiagnoseParts,
  run: KeptRun,
  database: string,
): Promise<Result<{ readonly serverId: string; readonly session: SqlSession }, Lack>> {
  const serverId = serverOf(parts, run);
  if (serverId === null) return err({ problem: NO_SERVER, serverId });
  const opened = await parts.openAdministrator(serverId, database);
  return opened.ok ? ok({ serverId, session: opened.value }) : err({ problem: opened.error, serverId });
}

/** The server of detection; one that it does not know (on another computer, say) is kept as one that was named. */
function serverOf({ registry }: DiagnoseParts, { climbed, password }: KeptRun): string | null {
  if (!climbed) return null;
  const { endpoint, user, sslmode, parameters } = climbed.request;
  const known = serverAt(registry, endpoint, "running");
  if (known) return known.server.id;
  // A password that was refused is not tried again; the way there (TLS, certificates) is the string's.
  const accepted = climbed.kind === "open" ? password : null;
  const access: Access = { kind: "wire", endpoint, user, password: accepted, sslmode, parameters };
  const server = customServer(endpoint, access);
  registry.put({ server, accesses: [access] });
  return server.id;
}
