import type { PoolAdvice, PoolFacts, PoolRecommendation, Preset, PresetId } from "../pool-types";
import { type Budget, budgetOf } from "./budget";
import { presetOf } from "./presets";
import { poolWarnings } from "./warnings";

export interface PoolWish {
  /** Null while the server's numbers are unknown. */
  readonly facts: PoolFacts | null;
  readonly instances: number;
  /** Worker processes of each instance; each has a pool of its own. */
  readonly workers: number;
  readonly preset: PresetId;
  /** Sizes the person typed; they are checked, not changed. */
  readonly min?: number;
  readonly max?: number;
}

/** A whole number of at least `least`; what is no number counts as `least`. */
const whole = (value: number, least: number): number =>
  Number.isFinite(value) ? Math.max(least, Math.floor(value)) : least;

/** The largest pool that fits, at least 1, never above the preset's. */
const largestMax = (preset: Preset, budget: Budget | null, pools: number): number =>
  budget === null ? preset.max : Math.min(preset.max, Math.max(1, Math.floor(budget.connections / pools)));

/** The rule with its numbers in it; `min(...)` and `max(...)` stand only where they decide. */
function formulaText(preset: Preset, budget: Budget | null, instances: number, workers: number): string {
  const pools = `(${instances} × ${workers})`;
  if (budget === null) return `floor((max_connections - reserved - in use) ÷ ${pools})`;
  const terms = budget.terms.startsWith("min(") ? budget.terms : `(${budget.terms})`;
  const share = Math.floor(budget.connections / (instances * workers));
  const floor = `floor(${terms} ÷ ${pools})`;
  if (share < 1) return `max(1, ${floor}) = 1`;
  return share > preset.max ? `min(${preset.max}, ${floor}) = ${preset.max}` : `${floor} = ${share}`;
}

/**
 * Says how large each pool may be: floor(budget ÷ (instances × workers)), at least 1 and at most the preset's
 * maximum. Without the server's numbers it is the preset itself.
 */
export function advisePool(wish: PoolWish): PoolAdvice {
  const instances = whole(wish.instances, 1);
  const workers = whole(wish.workers, 1);
  const pools = instances * workers;
  const preset = presetOf(wish.preset);
  const budget = wish.facts ? budgetOf(wish.facts) : null;
  const advised = largestMax(preset, budget, pools);
  const max = wish.max === undefined ? advised : whole(wish.max, 1);
  const min = wish.min === undefined ? Math.min(preset.min, max) : whole(wish.min, 0);
  const total = pools * max;
  const headroom = budget === null ? 0 : budget.connections - total;
  const recommendation: PoolRecommendation = { min, max, total, headroom, fits: headroom >= 0 };
  return {
    server: wish.facts,
    pools,
    preset: preset.id,
    budget: budget?.connections ?? null,
    recommendation,
    formula: formulaText(preset, budget, instances, workers),
    warnings: poolWarnings({ preset, budget, pools, recommendation, typedMax: wish.max !== undefined }),
  };
}
