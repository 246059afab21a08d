import { expect, it } from "vitest";
import type { Rung } from "../diagnosis";
import { timeLine, timeText } from "./time-line";

const rung = (id: Rung["id"], startMs: number, durationMs: number, status: Rung["status"] = "pass"): Rung => ({
  id,
  status,
  startMs,
  durationMs,
  summary: "",
  evidence: {},
});

it("lays the rungs on the climb's whole time by when they began", () => {
  const { endMs, bars } = timeLine([rung("read", 0, 10), rung("resolve", 10, 30), rung("reach", 40, 60)]);
  expect(endMs).toBe(100);
  expect(bars.get("read")).toEqual({ left: 0, width: 10 });
  expect(bars.get("resolve")).toEqual({ left: 10, width: 30 });
  expect(bars.get("reach")).toEqual({ left: 40, width: 60 });
});

it("leaves a gap where something else was tried in between", () => {
  const { bars } = timeLine([rung("read", 0, 10), rung("resolve", 10, 10), rung("reach", 80, 20)]);
  expect(bars.get("reach")).toEqual({ left: 80, width: 20 });
});

it("keeps every bar visible and inside the line", () => {
  const last = timeLine([rung("read", 0, 1000), rung("resolve", 1000, 0.1)]).bars.get("resolve");
  expect(last?.width).toBeGreaterThan(2);
  expect((last?.left ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(100);
});

it("gives rungs that were not reached no bar, and survives a climb of no time", () => {
  const { endMs, bars } = timeLine([rung("read", 0, 0), rung("resolve", 0, 0, "skip")]);
  expect([endMs, ...bars.keys()]).toEqual([0, "read"]);
  expect(Number.isFinite(bars.get("read")?.left)).toBe(true);
});

it("writes times in ms and, from a second on, in seconds", () => {
  expect([timeText(0.04), timeText(12.34), timeText(1234)]).toEqual(["0.0 ms", "12.3 ms", "1.2 s"]);
});
