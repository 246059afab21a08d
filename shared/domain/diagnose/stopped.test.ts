import { expect, it } from "vitest";
import type { Diagnosis, Rung } from "../diagnosis";
import { isStopped, stoppedRungs } from "./stopped";

const rung = (id: Rung["id"], status: Rung["status"]): Rung => ({
  id,
  status,
  startMs: 0,
  durationMs: 1,
  summary: "said",
  evidence: { errno: "ECANCELED" },
});

it("takes a failure without a verdict for a climb that was stopped, and nothing else", () => {
  expect(isStopped({ ok: false, diagnosis: null })).toBe(true);
  expect(isStopped({ ok: true, diagnosis: null })).toBe(false);
  expect(isStopped({ ok: false, diagnosis: { id: "reach.refused" } as Diagnosis })).toBe(false);
});

it("has no failed rung in a stopped climb, and nothing that would look like proof", () => {
  const [reach, speak] = stoppedRungs({ rungs: [rung("reach", "pass"), rung("speak", "fail")] });
  expect(reach).toEqual(rung("reach", "pass"));
  expect(speak).toMatchObject({ status: "skip", summary: "stopped here", evidence: {} });
});
