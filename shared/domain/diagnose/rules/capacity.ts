import type { DiagnosisWarning } from "../../diagnosis";
import type { AppPool, PoolSize } from "../../project";
import { type CatalogueFacts, freeConnections, type Holder } from "../catalogue";

/** Fewer than this many connections left, or less than a tenth, is tight: Aksara's smallest pool takes 5. */
const FEW = 5;
/** Groups of sessions that a sentence names; the rung's evidence has more. */
const NAMED_HOLDERS = 3;

/** True when hardly any connection is left for an ordinary role. */
export function isNearlyFull(facts: CatalogueFacts): boolean {
  const usable = facts.maxConnections - facts.superuserReserved - facts.reserved;
  return freeConnections(facts) < Math.max(FEW, Math.floor(usable / 10));
}

/** "24 by filler (psql, idle)". */
function holderText({ role, application, state, sessions }: Holder): string {
  const about = [application, state ?? ""].filter((word) => word !== "").join(", ");
  return `${sessions} by ${role}${about === "" ? "" : ` (${about})`}`;
}

function nearlyFull(facts: CatalogueFacts, { min, max }: AppPool): DiagnosisWarning {
  const most = facts.holders.slice(0, NAMED_HOLDERS).map(holderText);
  return {
    id: "capacity.nearly-full",
    message: `Only ${freeConnections(facts)} of ${facts.maxConnections} connections are free; the app's pool opens ${min.value} to ${max.value}.${most.length > 0 ? ` Held: ${most.join(", ")}.` : ""}`,
  };
}

/** "max_pool_size=3 and min_pool_size=3 in Aksara()": what to write where. */
function changes(sizes: readonly PoolSize[], fits: number): string {
  const places = [...new Set(sizes.map(({ setting }) => setting.place))];
  return places
    .map((place) => {
      const here = sizes.filter(({ setting }) => setting.place === place);
      return `${here.map(({ setting }) => `${setting.name}=${fits}`).join(" and ")} in ${place}`;
    })
    .join(", ");
}

function tooLarge(facts: CatalogueFacts, { min, max, workers, unused }: AppPool): DiagnosisWarning | null {
  const free = freeConnections(facts);
  const pools = workers?.count ?? 1;
  if (free >= max.value * pools) return null;
  const fits = Math.max(1, Math.floor(free / pools));
  const who =
    pools === 1
      ? `The app's pool may open ${max.value} connections (${max.from})`
      : `The app's ${pools} pools may open ${max.value * pools} connections (${max.from}; ${workers?.from})`;
  const sizes = fits < min.value ? [max, min] : [max];
  return {
    id: "capacity.pool-too-large",
    message: [
      `${who} and ${free} fit: set ${changes(sizes, fits)}.`,
      ...(unused === null ? [] : [`${unused} changes nothing: main.py does not pass it on.`]),
      `Every worker process and instance has a pool of its own; they share these ${free}.`,
    ].join(" "),
  };
}

/** What the app's pools need against what is left, for one instance. */
export function capacityWarnings(facts: CatalogueFacts, pool: AppPool): readonly DiagnosisWarning[] {
  const large = tooLarge(facts, pool);
  return [...(isNearlyFull(facts) ? [nearlyFull(facts, pool)] : []), ...(large ? [large] : [])];
}
