import { expect } from "vitest";
import type { DiagnoseReport } from "../../shared/domain/diagnosis";
import { untruths } from "../robust/climb";

/** What one way to fail must be called. */
export interface Expected {
  readonly name: string;
  /** Null where it must connect. */
  readonly expected: string | null;
  /** Other causes that must be offered after it. */
  readonly also?: readonly string[];
  readonly warns?: readonly string[];
}

/** Collects right and wrong for the table in the test output. */
export interface Verdicts {
  /** Fails the test at a wrong id; either way the table has a line more. */
  judge(on: string, one: Expected, report: DiagnoseReport): void;
  print(title: string): void;
}

/** One table for one test file: id × where × right or wrong. */
export function createVerdicts(): Verdicts {
  const lines = new Map<string, string[]>();
  let right = 0;
  let wrong = 0;
  return {
    judge(on, one, report) {
      const got = report.diagnosis?.id ?? null;
      const also = report.alternatives.map(({ id }) => id);
      const warned = report.warnings.map(({ id }) => id);
      const faults = untruths(report);
      const isRight =
        got === one.expected &&
        (one.also ?? []).every((id) => also.includes(id)) &&
        (one.warns ?? []).every((id) => warned.includes(id)) &&
        faults.length === 0;
      if (isRight) right += 1;
      else wrong += 1;
      const key = `${(one.expected ?? one.warns?.join(" ") ?? "(connects)").padEnd(38)} ${one.name.padEnd(58)}`;
      lines.set(key, [
        ...(lines.get(key) ?? []),
        isRight ? on : `${on}: WRONG, ${got ?? "connects"} ${also.join(" ")} ${warned.join(" ")}`,
      ]);
      const failed = report.rungs.find((rung) => rung.status === "fail")?.summary;
      expect({ id: got, also, failed }, one.name).toMatchObject({ id: one.expected });
      expect(also).toEqual(expect.arrayContaining([...(one.also ?? [])]));
      expect(faults).toEqual([]);
      expect(report.ok).toBe(one.expected === null);
      if (one.warns) expect(warned).toEqual(expect.arrayContaining([...one.warns]));
      else if (one.expected === null) expect(warned).toEqual([]);
    },
    print(title) {
      const table = [...lines].sort().map(([key, ons]) => `${key} ${ons.join(" ")}`);
      process.stdout.write(`\n${title}: ${right} right, ${wrong} wrong\n${table.join("\n")}\n`);
    },
  };
}
