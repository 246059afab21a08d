import { expect, it } from "vitest";
import type { StepProgress } from "../../shared/domain/plan";
import { signInTime, withStep } from "./steps";

const step = (stepId: string, status: StepProgress["status"], durationMs: number | null = null): StepProgress => ({
  stepId,
  title: stepId,
  sql: null,
  command: null,
  status,
  durationMs,
  message: null,
});

it("puts the newest word in the step's own place, and new steps at the end", () => {
  const steps = [step("a", "waiting"), step("b", "waiting")].reduce(withStep, []);
  expect([step("a", "done", 3), step("c", "running")].reduce(withStep, steps)).toEqual([
    step("a", "done", 3),
    step("b", "waiting"),
    step("c", "running"),
  ]);
});

it("takes the sign-in's own time, not the whole set-up's", () => {
  expect(signInTime([step("create-role", "done", 9), step("sign-in", "done", 4)])).toBe(4);
});

it("knows no time where nothing signed in, or the sign-in failed", () => {
  expect(signInTime([])).toBeNull();
  expect(signInTime([step("sign-in", "failed", 4)])).toBeNull();
});
