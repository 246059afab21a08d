import type { JobContext } from "./job";

/** Something on the computer changed that a scan may see differently. */
export interface WatchEvent {
  readonly kind: "changed";
}

interface Options {
  /** Marks that change when a server starts, stops, appears or goes: cheap to read, equal while nothing happens. */
  readonly signs: () => Promise<string>;
  /** Container engines tell by themselves; each yield is one change. It ends with the signal. */
  readonly engines: (signal: AbortSignal) => AsyncIterable<void>;
  /** Time between two looks at the signs, in ms. */
  readonly everyMs: number;
  /** A start brings several changes within this time, in ms; they are told once. */
  readonly settleMs: number;
}

export interface WatchUseCase {
  /** Tells of every change until the signal says stop. It scans nothing itself. */
  run(context: JobContext<WatchEvent>): Promise<null>;
}

/** Waits, or ends at once when the signal says stop. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal.aborted) done();
    else signal.addEventListener("abort", done, { once: true });
  });
}

/** Follows what happens on the computer between two scans. */
export function createWatch({ signs, engines, everyMs, settleMs }: Options): WatchUseCase {
  return {
    async run({ emit, signal }) {
      let waiting = false;
      const tell = async (): Promise<void> => {
        if (waiting) return;
        waiting = true;
        await pause(settleMs, signal);
        waiting = false;
        if (!signal.aborted) emit({ kind: "changed" });
      };
      const told: Promise<void>[] = [];
      const hear = async (): Promise<void> => {
        for await (const _ of engines(signal)) told.push(tell());
      };
      const look = async (): Promise<void> => {
        let before = await signs();
        while (!signal.aborted) {
          await pause(everyMs, signal);
          if (signal.aborted) return;
          const now = await signs();
          if (now !== before) told.push(tell());
          before = now;
        }
      };
      await Promise.all([hear(), look()]);
      await Promise.all(told);
      return null;
    },
  };
}
