import type { JobContext } from "./job";

type Work<Event, Outcome> = (context: JobContext<Event>) => Promise<Outcome>;

export interface BegunEarly<Event, Outcome> {
  /** Begins the work before anybody asks for it. */
  begin(): void;
  /** The first who asks takes over what was begun: hears all it told, then the rest, and may cancel it. Others run it anew. */
  readonly run: Work<Event, Outcome>;
}

/** Work that may begin before it is asked for, so that its answer is on its way when somebody is there to hear it. */
export function begunEarly<Event, Outcome>(work: Work<Event, Outcome>): BegunEarly<Event, Outcome> {
  let begun: Work<Event, Outcome> | null = null;
  return {
    begin() {
      const stop = new AbortController();
      const told: Event[] = [];
      let hear = (event: Event): void => void told.push(event);
      const outcome = work({ signal: stop.signal, emit: (event) => hear(event) });
      // Whoever takes it over hears of a failure; until then nobody does.
      outcome.catch(() => undefined);
      begun = async ({ emit, signal }) => {
        for (const event of told) emit(event);
        hear = emit;
        const cancel = (): void => stop.abort();
        if (signal.aborted) cancel();
        signal.addEventListener("abort", cancel, { once: true });
        try {
          return await outcome;
        } finally {
          signal.removeEventListener("abort", cancel);
        }
      };
    },
    run(context) {
      const mine = begun ?? work;
      begun = null;
      return mine(context);
    },
  };
}
