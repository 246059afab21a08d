import type { Rung, RungId } from "../diagnosis";

/** Narrowest bar, in per cent, so that a quick rung can still be seen. */
const LEAST = 3;

export interface TimeLine {
  /** When the last rung that was reached ended, in ms since the climb began. */
  readonly endMs: number;
  /** Where each reached rung's bar begins and how wide it is, in per cent of `endMs`. */
  readonly bars: ReadonlyMap<RungId, { readonly left: number; readonly width: number }>;
}

/** Lays the rungs on one line by when they began; what was tried in between leaves a gap. */
export function timeLine(rungs: readonly Rung[]): TimeLine {
  const reached = rungs.filter(({ status }) => status !== "skip");
  const endMs = Math.max(0, ...reached.map(({ startMs, durationMs }) => startMs + durationMs));
  const share = (ms: number): number => (endMs > 0 ? (ms / endMs) * 100 : 0);
  const bars = new Map<RungId, { left: number; width: number }>();
  for (const { id, startMs, durationMs } of reached) {
    const width = Math.max(LEAST, share(durationMs));
    bars.set(id, { left: Math.min(share(startMs), 100 - width), width });
  }
  return { endMs, bars };
}

/** "0.4 ms", "1.2 s". */
export const timeText = (ms: number): string => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(1)} ms`);
