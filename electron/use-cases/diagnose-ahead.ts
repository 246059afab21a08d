import type { Near } from "./diagnose-surroundings";
import type { WireRequest } from "./wire";

/** What stands around an endpoint, asked while its own answer is still waited for. */
export type LookNear = (request: WireRequest, signal: AbortSignal) => Promise<Near>;

/** A look that begins before a silent endpoint's time is over, so that the cause is told when it is. */
export interface Ahead {
  /** It has answered: no look is needed, and one that has begun is ended. */
  leave(): void;
  /** What was looked at meanwhile; null where nothing was. */
  near(): Promise<Near> | null;
}

/** How long before the end of an endpoint's time the look begins, in ms: as long as it may take. */
const BEFORE_THE_END_MS = 1_000;

/** Waits for an endpoint's silence. `leave` or `near` must be called once the endpoint's time is over. */
export function lookAhead(look: LookNear, request: WireRequest): Ahead {
  const stop = new AbortController();
  const follow = (): void => stop.abort();
  let begun: Promise<Near> | null = null;
  const allMs = request.totalMs ?? request.timeoutMs;
  const timer = setTimeout(
    () => {
      begun = look(request, stop.signal);
    },
    Math.max(allMs / 2, allMs - BEFORE_THE_END_MS),
  );
  request.signal?.addEventListener("abort", follow, { once: true });
  const over = (): void => {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", follow);
  };
  return {
    leave() {
      over();
      stop.abort();
    },
    near() {
      over();
      return begun;
    },
  };
}
