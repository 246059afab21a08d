import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PoolFacts } from "../pool-types";
import { advisePool } from "./advise";
import { PRESETS } from "./presets";

const facts = (over: Partial<PoolFacts> = {}): PoolFacts => ({
  version: "18.4",
  maxConnections: 100,
  superuserReserved: 3,
  reserved: 0,
  inUse: 11,
  roleLimit: null,
  databaseLimit: null,
  ...over,
});

describe("the size of each pool", () => {
  it("is what is free, shared by all workers of all instances", () => {
    const advice = advisePool({ facts: facts(), instances: 3, workers: 2, preset: "small" });
    expect(advice.recommendation).toEqual({ min: 5, max: 14, total: 84, headroom: 2, fits: true });
    expect(advice).toMatchObject({ budget: 86, pools: 6, formula: "floor((100 - 3 - 11) ÷ (3 × 2)) = 14" });
    expect(advice.warnings).toEqual(["The preset’s 20 would need 120 and fail with “too many clients already”."]);
  });

  it("is never above the preset's", () => {
    const advice = advisePool({ facts: facts(), instances: 1, workers: 1, preset: "small" });
    expect(advice.recommendation.max).toBe(20);
    expect(advice.formula).toBe("min(20, floor((100 - 3 - 11) ÷ (1 × 1))) = 20");
    expect(advice.warnings).toEqual([]);
  });

  it("is at least 1, and a pooler is advised where even that does not fit", () => {
    const advice = advisePool({ facts: facts({ inUse: 95 }), instances: 2, workers: 2, preset: "small" });
    expect(advice.recommendation).toMatchObject({ min: 1, max: 1, total: 4, headroom: -2, fits: false });
    expect(advice.formula).toBe("max(1, floor((100 - 3 - 95) ÷ (2 × 2))) = 1");
    expect(advice.warnings[0]).toBe(
      "4 pools share only 2 free. Run fewer workers, or put a pooler such as PgBouncer in front.",
    );
  });

  it("keeps to reserved_connections and to the limits of role and database", () => {
    const reserved = advisePool({ facts: facts({ reserved: 2 }), instances: 1, workers: 6, preset: "small" });
    expect(reserved.formula).toBe("floor((100 - 3 - 2 - 11) ÷ (1 × 6)) = 14");
    const role = advisePool({ facts: facts({ roleLimit: 20 }), instances: 3, workers: 2, preset: "small" });
    expect(role.formula).toBe("floor(min(100 - 3 - 11, 20) ÷ (3 × 2)) = 3");
    expect(role.warnings[0]).toContain("“too many connections for role”");
    const database = advisePool({ facts: facts({ databaseLimit: 8 }), instances: 1, workers: 1, preset: "small" });
    expect(database.recommendation.max).toBe(8);
  });

  it("is the preset's while the server is unknown", () => {
    const advice = advisePool({ facts: null, instances: 3, workers: 2, preset: "medium" });
    expect(advice).toMatchObject({
      server: null,
      budget: null,
      recommendation: { min: 10, max: 50, total: 300, fits: true },
    });
    expect(advice.formula).toBe("floor((max_connections - reserved - in use) ÷ (3 × 2))");
  });
});

describe("typed sizes", () => {
  it("are checked against the server, not changed", () => {
    const advice = advisePool({ facts: facts(), instances: 3, workers: 2, preset: "small", min: 5, max: 20 });
    expect(advice.recommendation).toEqual({ min: 5, max: 20, total: 120, headroom: -34, fits: false });
    expect(advice.warnings).toEqual([
      "120 connections are needed and 86 are free: sign-ins fail with “too many clients already”.",
    ]);
  });

  it("are told when the minimum is above the maximum, or Aksara's own minimum is", () => {
    const { warnings } = advisePool({ facts: null, instances: 1, workers: 1, preset: "small", min: 9, max: 4 });
    expect(warnings).toEqual([
      "The minimum, 9, is above the maximum, 4: the app does not start.",
      "Give Aksara() the minimum too: its own, 5, is above 4.",
    ]);
  });

  it("that are no numbers count as the least", () => {
    const advice = advisePool({ facts: null, instances: Number.NaN, workers: 0, preset: "small", max: -3 });
    expect(advice).toMatchObject({ pools: 1, recommendation: { min: 1, max: 1 } });
  });
});

it("fits or says that it does not, for any server and any app", () => {
  const count = fc.integer({ min: 1, max: 200 });
  const limit = fc.option(fc.integer({ min: 0, max: 500 }));
  fc.assert(
    fc.property(
      fc.record({
        maxConnections: fc.nat(1000),
        superuserReserved: fc.nat(10),
        reserved: fc.nat(10),
        inUse: fc.nat(1000),
      }),
      limit,
      limit,
      count,
      count,
      fc.constantFrom(...PRESETS),
      (server, roleLimit, databaseLimit, instances, workers, preset) => {
        const known = facts({ ...server, roleLimit, databaseLimit });
        const { recommendation, budget, pools, warnings } = advisePool({
          facts: known,
          instances,
          workers,
          preset: preset.id,
        });
        const { min, max, total, headroom, fits } = recommendation;
        expect(total).toBe(pools * max);
        expect(headroom).toBe((budget ?? 0) - total);
        expect(fits).toBe(total <= (budget ?? 0));
        expect(min >= 1 && min <= max && max <= preset.max).toBe(true);
        // The next larger pool would not fit, unless the preset holds it back.
        expect(max === preset.max || pools * (max + 1) > (budget ?? 0)).toBe(true);
        if (!fits) expect(warnings.length).toBeGreaterThan(0);
      },
    ),
  );
});
