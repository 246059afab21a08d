import type { PoolFacts } from "../../../shared/domain/pool-types";

const WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"] as const;

const counted = (count: number, noun: string): string => `${WORDS[count] ?? count} ${noun}${count === 1 ? "" : "s"}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "Three app instances with two workers each. The server allows 100, keeps 3 for itself, and 11 are in use now." */
export function leadOf(instances: number | null, workers: number | null, facts: PoolFacts | null): string {
  const app =
    instances === null || workers === null
      ? "How many instances and workers does the app have?"
      : `${capital(counted(instances, "app instance"))} with ${counted(workers, "worker")}${instances === 1 ? "" : " each"}.`;
  if (!facts) return `${app} The server’s own numbers are not known yet.`;
  const { maxConnections, superuserReserved, reserved, inUse } = facts;
  const taken = inUse === 0 ? "none is" : inUse === 1 ? "1 is" : `${inUse} are`;
  return `${app} The server allows ${maxConnections}, keeps ${superuserReserved + reserved} for itself, and ${taken} in use now.`;
}
