import { create } from "zustand";
import type { EnvPreview, EnvWritten } from "../../shared/domain/project-types";
import type { Problem } from "../../shared/domain/result";
import { call } from "../api";
import { answered, inWords } from "./answer";
import { useApp } from "./app";

export interface ExportChoice {
  readonly dsn: string;
  readonly pool: { readonly min: number; readonly max: number } | null;
  readonly file: ".env" | ".env.example";
  readonly ignore: boolean;
}

/** A preview belongs to one choice; `fresh` until another one is asked for, and only a fresh one may be written. */
type Preview =
  | { readonly kind: "none" }
  | { readonly kind: "asking" }
  | {
      readonly kind: "shown";
      readonly file: ExportChoice["file"];
      readonly preview: EnvPreview;
      readonly fresh: boolean;
    }
  | { readonly kind: "failed"; readonly message: string };

interface ExportState {
  readonly preview: Preview;
  /** The last file written, until something else is previewed. */
  readonly written: EnvWritten | null;
  readonly writing: boolean;
  /** Why the last write did not happen; the preview beside it is new. */
  readonly writeProblem: Problem | null;
  readonly withPool: boolean;
  readonly ignore: boolean;
  setWithPool(withPool: boolean): void;
  setIgnore(ignore: boolean): void;
  show(choice: ExportChoice): Promise<void>;
  /** Writes what is shown for this choice, then shows the file as it is now. */
  write(choice: ExportChoice): Promise<void>;
}

let asked = 0;

export const useExport = create<ExportState>((set, get) => {
  async function ask(choice: ExportChoice): Promise<void> {
    const mine = ++asked;
    const { preview } = get();
    // The one before stays in sight, but cannot be written: it says something else.
    const stays = preview.kind === "shown" && preview.file === choice.file;
    set({ preview: stays ? { ...preview, fresh: false } : { kind: "asking" } });
    const answer = await answered(call("export.preview", choice));
    if (mine !== asked) return;
    set({
      preview: answer.ok
        ? { kind: "shown", file: choice.file, preview: answer.value, fresh: true }
        : { kind: "failed", message: inWords(answer.error) },
    });
  }
  return {
    preview: { kind: "none" },
    written: null,
    writing: false,
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
      const { preview, writing } = get();
      if (writing || preview.kind !== "shown" || !preview.fresh || preview.file !== choice.file) return;
      set({ writing: true, written: null, writeProblem: null });
      const written = await answered(call("export.write", { previewId: preview.preview.id }));
      set({ writing: false });
      if (written.ok) {
        set({ written: written.value });
        useApp.getState().markDone("export");
        await useApp.getState().refreshProject();
      } else set({ writeProblem: written.error });
      await ask(choice);
    },
  };
});
