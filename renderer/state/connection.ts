import { create } from "zustand";

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
  readonly live: Live;
  readonly revealed: boolean;
  /** Sets the string; whatever was known about the old one no longer holds. */
  setDsn(dsn: string): void;
  setLive(live: Live): void;
  setRevealed(revealed: boolean): void;
}

export const useConnection = create<ConnectionState>((set) => ({
  dsn: "",
  live: { kind: "none" },
  revealed: false,
  setDsn: (dsn) => set({ dsn, live: dsn === "" ? { kind: "none" } : { kind: "untested" } }),
  setLive: (live) => set({ live }),
  setRevealed: (revealed) => set({ revealed }),
}));
