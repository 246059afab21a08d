import type { Hit } from "./hits";
import type { PossibleCause } from "./recognition";

/** How far an attempt came: of several in one entry the furthest is the cause, the others only led to it. */
const PROGRESS: readonly (readonly [prefix: string, progress: number])[] = [
  ["read.unencoded", 12],
  ["read.", 0],
  ["resolve.temporary", 10],
  ["resolve.", 11],
  ["reach.unreachable", 20],
  ["reach.timeout", 21],
  ["reach.", 22],
  ["speak.", 30],
  ["encrypt.unknown-authority", 40],
  ["encrypt.required", 39],
  ["encrypt.", 41],
  ["server.session-ended", 31],
  ["authenticate.no-hba-entry", 50],
  ["authenticate.hba-rejects", 50],
  ["authenticate.", 52],
  ["server.", 53],
  ["pooler.", 54],
  ["cloud.", 55],
  ["database.", 60],
  ["capacity.", 61],
  ["privileges.", 70],
  ["install.", 80],
];

const progress = ({ id }: PossibleCause): number => PROGRESS.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 0;

const SURENESS = { certain: 2, likely: 1, possible: 0 } as const;

/** What explains something that stands elsewhere in the text: the log knows what the client is not told. */
const EXPLAINS: readonly (readonly [reason: RegExp, seen: RegExp])[] = [
  [/^install\.(?!engine-denied)/, /^(?:reach\.|speak\.closed)/],
  [/^authenticate\.role-missing$/, /^authenticate\.password-rejected$/],
  [/^pooler\.(?:no-such-user|login-failed)$/, /^authenticate\.password-rejected$/],
  [/^pooler\.server-unreachable$/, /^pooler\.wait-timeout$/],
  [/^pooler\.wait-timeout$/, /^(?:speak\.closed|server\.session-ended)$/],
  [/^encrypt\.(?!unknown-authority|required)/, /^encrypt\.unknown-authority$/],
  [/^database\.missing$/, /^pooler\.login-failed$/],
  [/^database\.files-missing$/, /^database\.missing$/],
];

/** The furthest, the surest, the last. */
function best(hits: readonly Hit[]): Hit | null {
  const firm = hits.some(({ lastResort }) => !lastResort) ? hits.filter(({ lastResort }) => !lastResort) : hits;
  return firm.reduce<Hit | null>((chosen, hit) => {
    if (!chosen) return hit;
    const further = progress(hit) - progress(chosen);
    if (further !== 0) return further > 0 ? hit : chosen;
    return SURENESS[hit.confidence] >= SURENESS[chosen.confidence] ? hit : chosen;
  }, null);
}

/** The cause a text is about: that of its last entry, or what explains it; and what else fits, most probable first. */
export function chooseHit(
  hits: readonly Hit[],
): { readonly hit: Hit; readonly others: readonly PossibleCause[] } | null {
  const last = hits[hits.length - 1];
  if (!last) return null;
  let hit = best(hits.filter(({ entry }) => entry === last.entry)) ?? last;
  for (const [reason, seen] of EXPLAINS) {
    if (!seen.test(hit.id)) continue;
    const { who } = hit;
    const reasons = hits.filter(
      (one) =>
        reason.test(one.id) &&
        one.confidence !== "possible" &&
        // Another role's trouble explains nothing.
        (one.who === null || who === null || one.who === who),
    );
    hit = reasons[reasons.length - 1] ?? hit;
  }
  const others = new Map<string, PossibleCause>();
  const offer = (id: string, confidence: PossibleCause["confidence"]): void => {
    if (id !== hit.id && !others.has(id)) others.set(id, { id, confidence });
  };
  for (const id of hit.also) offer(id, "possible");
  for (const other of hits) if (other.entry === last.entry) offer(other.id, "possible");
  return { hit, others: [...others.values()].slice(0, 4) };
}
