import type { PoolInputs } from "../../state/pool";

const MOST = 10_000;

/** A whole number from `least` to 10,000 as typed; null when it is none. */
export function countOf(text: string, least: number): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null;
  const number = Number(text);
  return number >= least && number <= MOST ? number : null;
}

/** What is wrong with an input, in words; null when it is fine. Empty minimum and maximum follow the recommendation. */
export function inputProblem(name: keyof PoolInputs, inputs: PoolInputs): string | null {
  const value = inputs[name];
  if ((name === "min" || name === "max") && value === "") return null;
  const least = name === "min" ? 0 : 1;
  if (countOf(value, least) === null) return `A whole number from ${least} to 10,000.`;
  const min = countOf(inputs.min, 0);
  const max = countOf(inputs.max, 1);
  if (name === "max" && min !== null && max !== null && max < min) return "Smaller than the minimum.";
  return null;
}
