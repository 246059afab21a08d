import type { Rung, RungId } from "../../../shared/domain/diagnosis";

/** Narrowest bar, in per cent, so that a quick rung can still be seen. */
const LEAST = 3;

/** Where each reached rung's bar begins and how wide it is, in per cent of the climb's whole time. */
export function timeLine(
  rungs: readonly Rung[],
): ReadonlyMap<RungId, { readonly left: number; readonly width: number }> {
  const reached = rungs.filter(({ status }) => status !== "skip");
  const total = reached.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const bars = new Map<RungId, { left: number; width: number }>();
  let begun = 0;
  for (const { id, durationMs } of reached) {
    const width = total > 0 ? Math.max(LEAST, (durationMs / total) * 100) : LEAST;
    const left = total > 0 ? Math.min((begun / total) * 100, 100 - width) : 0;
    bars.set(id, { left, width });
    begun += durationMs;
  }
  return bars;
}
