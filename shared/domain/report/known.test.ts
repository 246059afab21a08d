import { expect, it } from "vitest";
import type { Rung } from "../diagnosis";
import type { Server } from "../server";
import { knownOfRun, knownOfServer } from "./known";
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

it.each([
  ["compose:payroll/secrets-db", "compose", "Compose · payroll/secrets-db", "the service secrets-db of payroll"],
  ["pgdata:/home/ann/pg", "pgdata", "PGDATA · /home/ann/pg", "data in /home/ann/pg"],
  ["docker:payroll-db", "docker", "Docker · payroll-db", "the container payroll-db"],
] as const)("takes out what %s is called by", (id, origin, label, reason) => {
  const server: Server = {
    ...{ id, origin, label, reason, version: "17", state: "stopped", endpoints: [], dataDirectory: null },
    ...{ actions: [], startCommand: null, canStart: false, credentialsKnown: false },
  };
  const told = JSON.stringify(createRedactor(knownOfServer(server)).data(server));
  expect(told).not.toMatch(/payroll|secrets|ann/);
  expect(told).toContain(origin);
});
