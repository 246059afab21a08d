import { expect, it } from "vitest";
import type { Rung } from "../diagnosis";
import { knownOfRun } from "./known";
import { createRedactor } from "./redact";

const rung = (evidence: Rung["evidence"]): Rung => ({
  id: "capacity",
  status: "warn",
  startMs: 0,
  durationMs: 1,
  summary: "",
  evidence,
});

it("takes out who else is connected, and where an extension lies", () => {
  const rungs = [
    rung({ holders: [{ role: "payroll", application: "Ann's laptop", state: "idle", sessions: 3 }] }),
    rung({ pgvector: { version: "0.8.0", schema: "hr_vectors" } }),
  ];
  const redactor = createRedactor(knownOfRun({ rungs }));
  expect(redactor.text("Held: 3 by payroll (Ann's laptop, idle).")).toBe("Held: 3 by role-1 (name-1, idle).");
  expect(JSON.stringify(redactor.data(rungs))).not.toMatch(/payroll|Ann|hr_vectors/);
});
