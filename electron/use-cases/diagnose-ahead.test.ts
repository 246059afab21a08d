import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type LookNear, lookAhead } from "./diagnose-ahead";
import type { WireRequest } from "./wire";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const request = (more: Partial<WireRequest> = {}): WireRequest => ({
  endpoint: { host: "127.0.0.1", port: 5432 },
  user: "app",
  password: null,
  database: "app",
  sslmode: "prefer",
  parameters: {},
  timeoutMs: 5_000,
  ...more,
});

const nothing = { elsewhere: null, otherLoopback: null, overTcp: null, heard: "" };

/** A look that never ends by itself, and the signals it was given. */
function waiting(): { readonly look: LookNear; readonly signals: AbortSignal[] } {
  const signals: AbortSignal[] = [];
  const look: LookNear = (_request, signal) => {
    signals.push(signal);
    return new Promise((resolve) => signal.addEventListener("abort", () => resolve(nothing)));
  };
  return { look, signals };
}

describe("a look ahead", () => {
  it.each([
    ["a second before an address's time is over", request(), 4_000],
    ["a second before all addresses' time is over", request({ totalMs: 3_000 }), 2_000],
    ["half-way where there is little time", request({ timeoutMs: 600 }), 300],
  ])("begins %s", (_when, one, atMs) => {
    const { look, signals } = waiting();
    const ahead = lookAhead(look, one);
    vi.advanceTimersByTime(atMs - 1);
    expect(signals).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(signals).toHaveLength(1);
    expect(ahead.near()).not.toBeNull();
  });

  it("does not begin once the endpoint has answered, and leaves no timer", () => {
    const { look, signals } = waiting();
    const ahead = lookAhead(look, request());
    ahead.leave();
    expect(vi.getTimerCount()).toBe(0);
    vi.runAllTimers();
    expect(signals).toEqual([]);
    expect(ahead.near()).toBeNull();
  });

  it("ends when the endpoint answers late, and when somebody presses Cancel", () => {
    const { look, signals } = waiting();
    const late = lookAhead(look, request());
    vi.advanceTimersByTime(4_500);
    late.leave();
    expect(signals[0]?.aborted).toBe(true);
    const cancel = new AbortController();
    lookAhead(look, request({ signal: cancel.signal }));
    vi.advanceTimersByTime(4_500);
    cancel.abort();
    expect(signals[1]?.aborted).toBe(true);
  });
});
