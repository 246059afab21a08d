import { expect, it } from "vitest";
import type { Rung } from "../../../shared/domain/diagnosis";
import { timeLine } from "./time-line";

const rung = (id: Rung["id"], durationMs: number, status: Rung["status"] = "pass"): Rung => ({
  id,
  status,
  durationMs,
  summary: "",
  evidence: {},
});

it("lays the rungs one after the other on the climb's whole time", () => {
  const bars = timeLine([rung("read", 10), rung("resolve", 30), rung("reach", 60)]);
  expect(bars.get("read")).toEqual({ left: 0, width: 10 });
  expect(bars.get("resolve")).toEqual({ left: 10, width: 30 });
  expect(bars.get("reach")).toEqual({ left: 40, width: 60 });
});

it("keeps every bar visible and inside the line", () => {
  const bars = timeLine([rung("read", 1000), rung("resolve", 0.1)]);
  const last = bars.get("resolve");
  expect(last?.width).toBeGreaterThan(2);
  expect((last?.left ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(100);
});

it("gives rungs that were not reached no bar, and survives a climb of no time", () => {
  const bars = timeLine([rung("read", 0), rung("resolve", 0, "skip")]);
  expect([...bars.keys()]).toEqual(["read"]);
  expect(Number.isFinite(bars.get("read")?.left)).toBe(true);
});
