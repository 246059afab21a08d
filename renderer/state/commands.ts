import { create } from "zustand";
import type { InstallChoice } from "../../shared/domain/install/guide";
import type { Result } from "../../shared/domain/result";
import type { ServerAction } from "../../shared/domain/server";
import type { CommandPreview } from "../../shared/ipc/messages";
import { call, type RunningJob, startJob } from "../api";
import { answered, inWords } from "./answer";
import { endText } from "./job";
import { useServers } from "./servers";

/** A command that is shown, then run: to start, stop or delete a server, or to make the private one. */
export type CommandState =
  | { readonly kind: "closed" }
  | { readonly kind: "shown"; readonly preview: CommandPreview; readonly danger: boolean }
  | { readonly kind: "running"; readonly preview: CommandPreview; readonly lines: readonly string[] }
  | {
      readonly kind: "failed";
      readonly preview: CommandPreview;
      readonly lines: readonly string[];
      readonly message: string;
    }
  | { readonly kind: "refused"; readonly message: string };

interface CommandsState {
  readonly command: CommandState;
  show(serverId: string, action: ServerAction): Promise<void>;
  showPrivate(): Promise<void>;
  /** A step of the install guide. */
  showInstall(guideId: string, step: number, choice: InstallChoice): Promise<void>;
  run(): Promise<void>;
  /** After a failure: looks at the situation anew and shows what would run now. */
  again(): Promise<void>;
  cancel(): void;
  close(): void;
}

interface Asked {
  readonly danger: boolean;
  readonly preview: () => Promise<Result<CommandPreview>>;
}

let job: RunningJob<unknown> | null = null;
/** What was asked for last: main runs a preview once, so trying again needs a new one. */
let asked: Asked | null = null;

export const useCommands = create<CommandsState>((set, get) => {
  async function ask(now: Asked): Promise<void> {
    asked = now;
    const preview = await answered(now.preview());
    if (asked !== now) return;
    set({
      command: preview.ok
        ? { kind: "shown", preview: preview.value, danger: now.danger }
        : { kind: "refused", message: inWords(preview.error) },
    });
  }
  return {
    command: { kind: "closed" },
    show: (serverId, action) =>
      ask({ danger: action === "delete", preview: () => call("servers.preview", { serverId, action }) }),
    showPrivate: () => ask({ danger: false, preview: () => call("private.preview", undefined) }),
    showInstall: (guideId, step, choice) =>
      ask({ danger: false, preview: () => call("install.preview", { guideId, step, choice }) }),
    async again() {
      if (asked && get().command.kind === "failed") await ask(asked);
    },
    async run() {
      const { command } = get();
      if (command.kind !== "shown") return;
      const { preview } = command;
      const lines: string[] = [];
      set({ command: { kind: "running", preview, lines } });
      const mine = startJob("command.run", { previewId: preview.id }, ({ line }) => {
        lines.push(line);
        set({ command: { kind: "running", preview, lines: [...lines] } });
      });
      job = mine;
      const end = await mine.end;
      job = null;
      const problem = end.kind === "done" && !end.value.ok ? end.value.error : null;
      const message = problem ? inWords(problem) : endText(end);
      if (message !== null) {
        set({ command: { kind: "failed", preview, lines, message } });
      } else {
        set({ command: { kind: "closed" } });
        const serverId = end.kind === "done" && end.value.ok ? end.value.value.serverId : "";
        if (serverId !== "") useServers.getState().select(serverId);
      }
      await useServers.getState().scan();
    },
    cancel: () => job?.cancel(),
    close: () => {
      asked = null;
      set({ command: { kind: "closed" } });
    },
  };
});
