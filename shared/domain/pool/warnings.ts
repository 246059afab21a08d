import type { PoolRecommendation, Preset } from "../pool-types";
import type { Bound, Budget } from "./budget";

interface Judged {
  readonly preset: Preset;
  readonly budget: Budget | null;
  readonly pools: number;
  readonly recommendation: PoolRecommendation;
  readonly typedMax: boolean;
}

/** What PostgreSQL says when the bound is passed (SQLSTATE 53300 each). */
const REFUSALS: Readonly<Record<Bound, string>> = {
  server: "“too many clients already”",
  role: "“too many connections for role”",
  database: "“too many connections for database”",
};

/** What is wrong with these sizes on this server, worst first; one sentence or two each. */
export function poolWarnings({ preset, budget, pools, recommendation, typedMax }: Judged): readonly string[] {
  const { min, max, total, headroom, fits } = recommendation;
  const found: string[] = [];
  if (min > max) found.push(`The minimum, ${min}, is above the maximum, ${max}: the app does not start.`);
  if (budget !== null) {
    const refusal = REFUSALS[budget.bound];
    const free = budget.connections;
    if (free < pools) {
      found.push(
        `${pools} ${pools === 1 ? "pool has" : "pools share"} ${free === 0 ? "no free connection" : `only ${free} free`}. ` +
          "Run fewer workers, or put a pooler such as PgBouncer in front.",
      );
    } else if (!fits) {
      found.push(`${total} connections are needed and ${free} are free: sign-ins fail with ${refusal}.`);
    }
    if (!typedMax && preset.max * pools > free) {
      found.push(`The preset’s ${preset.max} would need ${preset.max * pools} and fail with ${refusal}.`);
    }
    if (fits && headroom === 0) {
      found.push("With every pool full, none is left for aksara migrate or psql.");
    }
  }
  // Aksara() has a minimum of its own, 5, whatever .env says.
  if (max < 5) found.push(`Give Aksara() the minimum too: its own, 5, is above ${max}.`);
  return found;
}
