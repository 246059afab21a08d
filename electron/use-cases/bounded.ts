/** A signal with an end of its own. */
export interface Bound {
  readonly signal: AbortSignal;
  /** Sets the time that is left, in ms. */
  within(ms: number): void;
  release(): void;
}

/** A signal that follows `signal` and fires by itself after a while, so that a server that falls silent ends no later. */
export function bounded(signal: AbortSignal, timeoutMs: number): Bound {
  const own = new AbortController();
  const follow = (): void => own.abort();
  if (signal.aborted) follow();
  signal.addEventListener("abort", follow, { once: true });
  const late = Object.assign(new Error("The server fell silent."), { code: "ETIMEDOUT" });
  let timer = setTimeout(() => own.abort(late), timeoutMs);
  return {
    signal: own.signal,
    within(ms) {
      clearTimeout(timer);
      timer = setTimeout(() => own.abort(late), ms);
    },
    release: () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", follow);
    },
  };
}
