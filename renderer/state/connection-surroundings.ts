import { create } from "zustand";
import type { Surroundings } from "../../shared/domain/dsn/surroundings";
import { call } from "../api";

interface SurroundingsState {
  /** Null until main has looked. */
  readonly surroundings: Surroundings | null;
  /** Looks at PG* variables, password file and service files; they may change while the app is open. */
  look(): Promise<void>;
}

export const useSurroundings = create<SurroundingsState>((set) => ({
  surroundings: null,
  async look() {
    try {
      set({ surroundings: await call("connection.surroundings", undefined) });
    } catch {
      // What was seen before stays: without an answer there is nothing better to say.
    }
  },
}));
