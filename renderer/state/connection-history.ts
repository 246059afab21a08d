import type { StringSource } from "../../shared/domain/dsn/surroundings";

/** The string as it was at one moment, and the last whole string that was put in before it. */
export interface Version {
  readonly dsn: string;
  readonly put: PutIn;
}

/** A string that was put in as a whole; what is edited in it afterwards is typed. */
export interface PutIn {
  readonly dsn: string;
  readonly source: StringSource;
}

/** What can be gone back to, oldest first, and what was gone back from, next one first. */
export interface History {
  readonly past: readonly Version[];
  readonly future: readonly Version[];
  /** The place that was typed in last and when, in milliseconds; null when the next edit is a step of its own. */
  readonly typing: { readonly place: string; readonly at: number } | null;
}

export const NO_HISTORY: History = { past: [], future: [], typing: null };

/** Steps that are kept. */
const MOST = 100;
/** Typing in one place is one step as long as no pause is longer. */
const PAUSE_MS = 1000;

/** Remembers `before` as something to go back to; typing on in one place joins the step that has begun. */
export function recorded(history: History, before: Version, place: string | null, now: number): History {
  const { typing, past } = history;
  const next = place === null ? null : { place, at: now };
  const joins = place !== null && typing?.place === place && now - typing.at <= PAUSE_MS && past.length > 0;
  return { past: joins ? past : [...past, before].slice(-MOST), future: [], typing: next };
}

/** One step back from `present`; null when there is none. */
export function back(history: History, present: Version): (Version & { readonly history: History }) | null {
  const to = history.past[history.past.length - 1];
  if (!to) return null;
  const { past, future } = history;
  return { ...to, history: { past: past.slice(0, -1), future: [present, ...future], typing: null } };
}

/** One step forth again from `present`; null when there is none. */
export function forth(history: History, present: Version): (Version & { readonly history: History }) | null {
  const [to, ...future] = history.future;
  if (!to) return null;
  return { ...to, history: { past: [...history.past, present], future, typing: null } };
}
