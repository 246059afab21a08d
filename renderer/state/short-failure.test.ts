import { expect, it } from "vitest";
import type { Rung } from "../../shared/domain/diagnosis";
import { shortFailure } from "./short-failure";

const rung = (id: Rung["id"], status: Rung["status"]): Rung => ({
  id,
  status,
  startMs: 0,
  durationMs: 1,
  summary: "",
  evidence: {},
});

it("names the first rung that failed, not one that only warns", () => {
  expect(shortFailure({ rungs: [rung("read", "pass"), rung("encrypt", "warn"), rung("authenticate", "fail")] })).toBe(
    "Sign-in refused",
  );
});

it("has words for a climb that failed on no rung", () => {
  expect(shortFailure({ rungs: [rung("read", "pass")] })).toBe("Does not connect");
});
