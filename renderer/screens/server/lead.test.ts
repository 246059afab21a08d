import { expect, it } from "vitest";
import { leadText } from "./lead";

it("counts in words up to nine, in digits above, and knows one from many", () => {
  expect(leadText({ kind: "done", durationMs: 96.4 }, 4)).toBe(
    "Four servers found on this computer in 96 ms. Pick the one your app should use.",
  );
  expect(leadText({ kind: "done", durationMs: 5 }, 1)).toContain("One server found");
  expect(leadText({ kind: "done", durationMs: 5 }, 12)).toContain("12 servers found");
});

it("says what can be done where nothing was found", () => {
  expect(leadText({ kind: "done", durationMs: 20 }, 0)).toContain("Create a private one");
});

it("does not claim an end while it looks or after it was stopped", () => {
  expect(leadText({ kind: "scanning" }, 2)).toBe("Looking on this computer.");
  expect(leadText({ kind: "stopped" }, 2)).toBe("Two servers found before the scan ended.");
});
