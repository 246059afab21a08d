import type { DiagnoseReport, Rung, RungId } from "../../../shared/domain/diagnosis";
import type { Climb } from "../../state/diagnose";

const holds = (rungs: readonly Rung[], id: RungId): boolean =>
  rungs.some((rung) => rung.id === id && (rung.status === "pass" || rung.status === "warn"));

const encrypted = (rungs: readonly Rung[]): boolean =>
  rungs.some(({ id, evidence }) => id === "encrypt" && evidence.encrypted === true);

/** How far it came, and what stopped it: two short sentences that hold whatever the cause turns out to be. */
function stoppedAt(rungs: readonly Rung[], failed: RungId): string {
  switch (failed) {
    case "read":
      return "The string cannot be read as it is.";
    case "resolve":
      return "The string can be read. Its host has no address.";
    case "reach":
      return holds(rungs, "resolve") ? "The host is known. Its port cannot be reached." : "The port cannot be reached.";
    case "speak":
      return "The port is open. What is there does not speak PostgreSQL to this string.";
    case "encrypt":
      return "The server is up. It and the string do not agree on encryption.";
    case "authenticate":
      return `The server is up${encrypted(rungs) ? " and speaks TLS" : ""}. It refuses this sign-in.`;
    case "database":
      return "The server is up and knows the role. It does not open the database.";
    case "privileges":
      return "The string connects. The role may not do what Aksara needs.";
    case "capacity":
      return "The string connects. The server has no room for a pool.";
  }
}

function leadOfReport({ ok, rungs, durationMs }: DiagnoseReport): string {
  if (!ok) {
    const failed = rungs.find(({ status }) => status === "fail");
    return failed ? stoppedAt(rungs, failed.id) : "It does not connect.";
  }
  const version = rungs.find(({ id }) => id === "privileges")?.evidence.version;
  const noted = rungs.some(({ status }) => status === "warn");
  const held = noted ? "Every rung holds, with something to know." : "Every rung holds.";
  return `${held} ${typeof version === "string" ? `${version}, ` : ""}${Math.round(durationMs)} ms.`;
}

/** The line below the title. */
export function leadOf(climb: Climb): string {
  switch (climb.kind) {
    case "idle":
      return "Climbs from the string to the pool, one rung at a time, and stops at the cause.";
    case "running":
      return "Climbing, one rung at a time.";
    case "stopped":
      return climb.message === null
        ? "Stopped before the end: whether it connects is not known."
        : "The check itself did not work. That says nothing about the string.";
    case "done":
      return leadOfReport(climb.outcome.report);
  }
}
