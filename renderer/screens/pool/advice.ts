import { advisePool } from "../../../shared/domain/pool";
import type { PoolAdvice } from "../../../shared/domain/pool-types";
import { useConnection } from "../../state/connection";
import { usePool } from "../../state/pool";
import { countOf, inputProblem } from "./numbers";

/** The advice for what the fields hold; null while one of them is no number. Another server's numbers never count. */
export function usePoolAdvice(): PoolAdvice | null {
  const { preset, inputs, reading } = usePool();
  const dsn = useConnection((state) => state.dsn);
  const instances = countOf(inputs.instances, 1);
  const workers = countOf(inputs.workers, 1);
  if (instances === null || workers === null || inputProblem("min", inputs) || inputProblem("max", inputs)) return null;
  return advisePool({
    facts: reading.dsn === dsn ? reading.facts : null,
    instances,
    workers,
    preset,
    min: countOf(inputs.min, 0) ?? undefined,
    max: countOf(inputs.max, 1) ?? undefined,
  });
}
