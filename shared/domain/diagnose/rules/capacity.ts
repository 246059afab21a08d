import type { DiagnosisWarning } from "../../diagnosis";
import { type CatalogueFacts, freeConnections } from "../catalogue";

/** Aksara's own pool where the project says nothing else (`Aksara(min_pool_size=5, max_pool_size=20)`). */
const AKSARA_MAX = 20;
/** Fewer than this many connections left, or less than a tenth, is tight: Aksara's smallest pool takes 5. */
const FEW = 5;

/** The largest pool main.py asks for by a number, or Aksara's own. */
export function poolMaxOf(main: string | null): number {
  const code = (main ?? "").replace(/(^|\s)#.*$/gm, "$1");
  const found = /\bmax_pool_size\s*=\s*(\d+)/.exec(code);
  return found ? Math.max(1, Number(found[1])) : AKSARA_MAX;
}

/** True when hardly any connection is left for an ordinary role. */
export function isNearlyFull(facts: CatalogueFacts): boolean {
  const usable = facts.maxConnections - facts.superuserReserved - facts.reserved;
  return freeConnections(facts) < Math.max(FEW, Math.floor(usable / 10));
}

/** What the app's pool needs against what is left, for one instance with one worker. */
export function capacityWarnings(facts: CatalogueFacts, poolMax: number): readonly DiagnosisWarning[] {
  const free = freeConnections(facts);
  const warnings: DiagnosisWarning[] = [];
  if (isNearlyFull(facts)) {
    warnings.push({
      id: "capacity.nearly-full",
      message: `Only ${free} of ${facts.maxConnections} connections are free; Aksara's pool opens 5 to 20.`,
    });
  }
  if (free < poolMax) {
    const fits = Math.max(1, free);
    warnings.push({
      id: "capacity.pool-too-large",
      message: `The app's pool may open ${poolMax} connections and ${free} fit: give Aksara() max_pool_size=${fits}${fits < FEW ? ` and min_pool_size=${fits}` : ""}. Every worker process and instance has a pool of its own; they share these ${free}.`,
    });
  }
  return warnings;
}
