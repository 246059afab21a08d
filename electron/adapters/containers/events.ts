import { once, setMaxListeners } from "node:events";
import { fieldsOf, textOf } from "../../../shared/domain/containers/raw";
import { type Machine, thisMachine } from "../detect/machine";
import { openEngine } from "./api";
import { type EnginePlace, enginePlaces } from "./places";

/** Pauses before an engine that went away is asked again, in ms: quick after a restart, then seldom. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** How often the places are looked at for an engine that was not there: a few `stat` calls. */
const LOOK_MS = 5_000;
/** One event is a few hundred bytes; a line longer than this is none. */
const LONGEST_LINE = 1024 * 1024;

const FILTER = encodeURIComponent(JSON.stringify({ type: ["container"] }));

/** What concerns a server's card; health checks run a command every few seconds, which is not news. */
function isNews(line: string): boolean {
  try {
    const event = fieldsOf(JSON.parse(line));
    return !textOf(event.Action || event.status).startsWith("exec_");
  } catch {
    return false;
  }
}

/** Waits, or less long when the signal says stop; keeps no process alive. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(), ms);
  timer.unref();
  if (!signal.aborted) {
    const stop = (): void => own.abort();
    signal.addEventListener("abort", stop, { once: true });
    await once(own.signal, "abort");
    signal.removeEventListener("abort", stop);
  }
  clearTimeout(timer);
}

/** Tells each event of one engine until it goes away; false when it never answered. */
async function follow(place: EnginePlace, tell: () => void, signal: AbortSignal): Promise<boolean> {
  const api = await openEngine(place);
  const opened = await api.stream(`/events?filters=${FILTER}`, signal);
  if (!opened.ok) {
    api.close();
    return false;
  }
  // From here on nothing is missed; what happened before is for a look to find.
  tell();
  try {
    let rest = "";
    for await (const part of opened.value.setEncoding("utf8") as AsyncIterable<string>) {
      const lines = (rest + part).split("\n");
      rest = (lines.pop() ?? "").slice(0, LONGEST_LINE);
      if (lines.some(isNews)) tell();
    }
  } catch {
    // A connection that breaks is an engine that went away, as one that ends is.
  }
  api.close();
  tell();
  return true;
}

const keyOf = ({ address }: EnginePlace): string => JSON.stringify(address);

/**
 * Yields whenever a container of any engine on this computer is made, starts, stops, pauses or goes, and when an engine
 * comes or goes; several changes at once are one. It listens to /events, asks nothing in between, and ends with the signal.
 */
export async function* watchEngines(signal: AbortSignal, machine: Machine = thisMachine()): AsyncGenerator<void> {
  const own = new AbortController();
  // Every engine followed listens to it; that many listeners are no leak.
  setMaxListeners(0, own.signal);
  let isNew = false;
  let wake: (() => void) | null = null;
  const tell = (): void => {
    isNew = true;
    wake?.();
  };
  const stop = (): void => {
    own.abort();
    tell();
  };
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  const followed = new Set<string>();

  const isThere = async (place: EnginePlace): Promise<boolean> =>
    (await enginePlaces(machine)).places.some((one) => keyOf(one) === keyOf(place));

  async function keepFollowing(place: EnginePlace): Promise<void> {
    let wait = FIRST_PAUSE_MS;
    while (!own.signal.aborted && (await isThere(place))) {
      const answered = await follow(place, tell, own.signal);
      wait = answered ? FIRST_PAUSE_MS : Math.min(wait * 2, LONGEST_PAUSE_MS);
      await pause(wait, own.signal);
    }
    followed.delete(keyOf(place));
  }

  async function lookForEngines(): Promise<void> {
    while (!own.signal.aborted) {
      for (const place of (await enginePlaces(machine)).places) {
        if (followed.has(keyOf(place))) continue;
        followed.add(keyOf(place));
        void keepFollowing(place);
      }
      await pause(LOOK_MS, own.signal);
    }
  }

  try {
    void lookForEngines();
    while (!own.signal.aborted) {
      if (!isNew) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
      if (own.signal.aborted) return;
      isNew = false;
      yield;
    }
  } finally {
    own.abort();
    signal.removeEventListener("abort", stop);
  }
}
