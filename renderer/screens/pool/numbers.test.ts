import { expect, it } from "vitest";
import { countOf, inputProblem } from "./numbers";

const inputs = { instances: "1", workers: "1", min: "", max: "" };

it("takes whole numbers within the bounds and nothing else", () => {
  expect(countOf("3", 1)).toBe(3);
  for (const text of ["", "0", "-1", "1.5", "1e3", "10001", "x"]) expect(countOf(text, 1)).toBeNull();
  expect(countOf("0", 0)).toBe(0);
});

it("lets minimum and maximum be empty, but not the counts", () => {
  expect(inputProblem("min", inputs)).toBeNull();
  expect(inputProblem("max", inputs)).toBeNull();
  expect(inputProblem("instances", { ...inputs, instances: "" })).toContain("whole number");
});

it("says at the maximum that it is below the minimum", () => {
  expect(inputProblem("max", { ...inputs, min: "5", max: "4" })).toBe("Smaller than the minimum.");
  expect(inputProblem("max", { ...inputs, min: "5", max: "5" })).toBeNull();
});
