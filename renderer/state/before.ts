import { create } from "zustand";

interface BeforeState {
  /** The string that the present one took the place of by one press; null when there is nothing to go back to. */
  readonly before: string | null;
  remember(dsn: string): void;
  forget(): void;
}

/** Keeps what a press replaced, also while other screens are looked at. */
export const useBefore = create<BeforeState>((set) => ({
  before: null,
  remember: (dsn) => set({ before: dsn }),
  forget: () => set({ before: null }),
}));
