import { create } from "zustand";
import type { EnvPreview, EnvWritten } from "../../shared/domain/project-types";
import { call } from "../api";
import { useApp } from "./app";

type Preview =
  | { readonly kind: "none" }
  | { readonly kind: "asking" }
  | { readonly kind: "shown"; readonly preview: EnvPreview }
  | { readonly kind: "failed"; readonly message: string };

export interface ExportChoice {
  readonly dsn: string;
  readonly pool: { readonly min: number; readonly max: number } | null;
  readonly file: ".env" | ".env.example";
  readonly ignore: boolean;
}

interface ExportState {
  readonly preview: Preview;
  /** The last file written, until something else is previewed. */
  readonly written: EnvWritten | null;
  /** Why the last write did not happen; the preview beside it is new. */
  readonly writeProblem: string | null;
  readonly withPool: boolean;
  readonly ignore: boolean;
  setWithPool(withPool: boolean): void;
  setIgnore(ignore: boolean): void;
  show(choice: ExportChoice): Promise<void>;
  write(choice: ExportChoice): Promise<void>;
}

let asked = 0;

const inWords = ({ message, next }: { readonly message: string; readonly next: string | null }): string =>
  [message, next].filter(Boolean).join(" ");

export const useExport = create<ExportState>((set, get) => {
  async function ask(choice: ExportChoice): Promise<void> {
    const mine = ++asked;
    if (get().preview.kind !== "shown") set({ preview: { kind: "asking" } });
    const preview = await call("export.preview", choice);
    if (mine !== asked) return;
    set({
      preview: preview.ok
        ? { kind: "shown", preview: preview.value }
        : { kind: "failed", message: inWords(preview.error) },
    });
  }
  return {
    preview: { kind: "none" },
    written: null,
    writeProblem: null,
    withPool: true,
    ignore: true,
    setWithPool: (withPool) => set({ withPool }),
    setIgnore: (ignore) => set({ ignore }),
    async show(choice) {
      set({ written: null, writeProblem: null });
      await ask(choice);
    },
    async write(choice) {
      const { preview } = get();
      if (preview.kind !== "shown") return;
      const written = await call("export.write", { previewId: preview.preview.id });
      if (written.ok) {
        set({ written: written.value, writeProblem: null });
        useApp.getState().markDone("export");
        await useApp.getState().refreshProject();
      } else set({ writeProblem: inWords(written.error) });
      await ask(choice);
    },
  };
});
