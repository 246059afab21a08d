import { expect, it } from "vitest";
import type { DiagnoseReport, Rung } from "../../../shared/domain/diagnosis";
import { RUNG_IDS } from "../../../shared/domain/diagnosis";
import { leadOf } from "./lead";

const rung = (id: Rung["id"], status: Rung["status"], evidence: Rung["evidence"] = {}): Rung => ({
  id,
  status,
  startMs: 0,
  durationMs: 1,
  summary: "",
  evidence,
});

const lead = (ok: boolean, rungs: readonly Rung[]): string => {
  const report: DiagnoseReport = {
    ok,
    target: null,
    rungs,
    diagnosis: null,
    alternatives: [],
    warnings: [],
    durationMs: 21.4,
  };
  return leadOf({ kind: "done", dsn: "d", outcome: { runId: "r", report, edits: {} } });
};

it("says how far a refused sign-in came, with TLS only where there was TLS", () => {
  const refused = rung("authenticate", "fail");
  expect(lead(false, [rung("encrypt", "pass", { encrypted: true }), refused])).toBe(
    "The server is up and speaks TLS. It refuses this sign-in.",
  );
  expect(lead(false, [rung("encrypt", "pass", { encrypted: false }), refused])).toBe(
    "The server is up. It refuses this sign-in.",
  );
});

it("has words for a stop at every rung", () => {
  const words = RUNG_IDS.map((id) => lead(false, [rung(id, "fail")]));
  expect(new Set(words).size).toBe(RUNG_IDS.length);
  for (const text of words) expect(text).toMatch(/^[A-Z].*\.$/);
});

it("names version and time when all is well, and says when there is something to know", () => {
  const version = { version: "PostgreSQL 16.14" };
  expect(lead(true, [rung("privileges", "pass", version)])).toBe("Every rung holds. PostgreSQL 16.14, 21 ms.");
  expect(lead(true, [rung("privileges", "warn", version)])).toContain("something to know");
  expect(lead(true, [rung("read", "pass")])).toBe("Every rung holds. 21 ms.");
});

it("says nothing about the string where the check was stopped or did not work", () => {
  const ended = (message: string | null): string => leadOf({ kind: "stopped", dsn: "d", rungs: [], message });
  expect(ended(null)).toBe("Stopped before the end: whether it connects is not known.");
  expect(ended("It broke.")).toBe("The check itself did not work. That says nothing about the string.");
});
