import { create } from "zustand";
import type { ServerAction } from "../../shared/domain/server";
import type { CommandPreview } from "../../shared/ipc/messages";
import { call, type RunningJob, startJob } from "../api";
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
  run(): Promise<void>;
  cancel(): void;
  close(): void;
}

let job: RunningJob<unknown> | null = null;

export const useCommands = create<CommandsState>((set, get) => ({
  command: { kind: "closed" },
  async show(serverId, action) {
    const preview = await call("servers.preview", { serverId, action });
    if (preview.ok) set({ command: { kind: "shown", preview: preview.value, danger: action === "delete" } });
    else
      set({
        command: { kind: "refused", message: [preview.error.message, preview.error.next].filter(Boolean).join(" ") },
      });
  },
  async showPrivate() {
    const preview = await call("private.preview", undefined);
    if (preview.ok) set({ command: { kind: "shown", preview: preview.value, danger: false } });
    else
      set({
        command: { kind: "refused", message: [preview.error.message, preview.error.next].filter(Boolean).join(" ") },
      });
  },
  async run() {
    const { command } = get();
    if (command.kind !== "shown" && command.kind !== "failed") return;
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
    const message = problem ? [problem.message, problem.next].filter(Boolean).join(" ") : endText(end);
    if (message !== null) {
      set({ command: { kind: "failed", preview, lines, message } });
    } else {
      set({ command: { kind: "closed" } });
      if (end.kind === "done" && end.value.ok) useServers.getState().select(end.value.value.serverId);
    }
    await useServers.getState().scan();
  },
  cancel: () => job?.cancel(),
  close: () => set({ command: { kind: "closed" } }),
}));
