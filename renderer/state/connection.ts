import { create } from "zustand";
import type { StringSource } from "../../shared/domain/dsn/surroundings";
import { back, forth, type History, NO_HISTORY, type PutIn, recorded, type Version } from "./connection-history";

/** What is known of the string being built, shown by the bottom strip. */
export type Live =
  | { readonly kind: "none" }
  | { readonly kind: "untested" }
  | { readonly kind: "testing" }
  | { readonly kind: "connected"; readonly durationMs: number | null }
  | { readonly kind: "failed"; readonly title: string };

interface ConnectionState {
  /** The connection string being built, password in clear: it never leaves memory except by the person's doing. */
  readonly dsn: string;
  /** The last string that was put in as a whole, and where it came from. */
  readonly put: PutIn;
  readonly live: Live;
  readonly revealed: boolean;
  readonly history: History;
  /**
   * Sets the string by one press; whatever was known about the old one no longer holds. With a `source` it is a
   * whole new string, without one it is the present string changed.
   */
  setDsn(dsn: string, source?: StringSource): void;
  /** Sets the string as it is typed; what is typed in one place without a pause is undone together. */
  type(dsn: string, place: string): void;
  undo(): void;
  redo(): void;
  setLive(live: Live): void;
  setRevealed(revealed: boolean): void;
}

const liveOf = (dsn: string): Live => (dsn === "" ? { kind: "none" } : { kind: "untested" });

export const useConnection = create<ConnectionState>((set, get) => {
  const present = (): Version => ({ dsn: get().dsn, put: get().put });
  const change = (dsn: string, put: PutIn, place: string | null): void => {
    const before = get();
    const history = dsn === before.dsn ? before.history : recorded(before.history, present(), place, performance.now());
    set({ dsn, put, history, live: liveOf(dsn) });
  };
  const go = (to: (Version & { readonly history: History }) | null): void => {
    if (to) set({ dsn: to.dsn, put: to.put, history: to.history, live: liveOf(to.dsn) });
  };
  return {
    dsn: "",
    put: { dsn: "", source: { kind: "typed" } },
    live: { kind: "none" },
    revealed: false,
    history: NO_HISTORY,
    setDsn: (dsn, source) => change(dsn, source ? { dsn, source } : get().put, null),
    type: (dsn, place) => change(dsn, get().put, place),
    undo: () => go(back(get().history, present())),
    redo: () => go(forth(get().history, present())),
    setLive: (live) => set({ live }),
    setRevealed: (revealed) => set({ revealed }),
  };
});
