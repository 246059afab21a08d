import { create } from "zustand";
import { byReadiness, type PortConflict, type Server, type SourceProblem } from "../../shared/domain/server";
import type { ScanEvent } from "../../shared/ipc/messages";
import { call, type RunningJob, startJob } from "../api";
import { useConnection } from "./connection";
import { endText } from "./job";

type Phase =
  | { readonly kind: "idle" }
  | { readonly kind: "scanning"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly durationMs: number }
  | { readonly kind: "stopped"; readonly message: string };

interface ServersState {
  readonly phase: Phase;
  readonly servers: readonly Server[];
  readonly conflicts: readonly PortConflict[];
  readonly problems: readonly SourceProblem[];
  readonly selectedId: string | null;
  scan(): Promise<void>;
  cancel(): void;
  select(id: string | null): void;
  /** Takes a pasted string or a host; answers the problem in words, or null when its card is there. */
  addSomewhereElse(text: string): Promise<string | null>;
}

let job: RunningJob<unknown> | null = null;

/** The list with one card replaced or added, readiest first. */
export const withServer = (servers: readonly Server[], server: Server): readonly Server[] =>
  [...servers.filter(({ id }) => id !== server.id), server].sort(byReadiness);

export const useServers = create<ServersState>((set, get) => {
  function hear(event: ScanEvent): void {
    const { servers, conflicts, problems } = get();
    set({
      phase: { kind: "scanning", done: event.done, total: event.total },
      servers: event.server ? withServer(servers, event.server) : servers,
      conflicts: event.conflict ? [...conflicts, event.conflict] : conflicts,
      problems: event.problem ? [...problems, event.problem] : problems,
    });
  }
  return {
    phase: { kind: "idle" },
    servers: [],
    conflicts: [],
    problems: [],
    selectedId: null,
    async scan() {
      job?.cancel();
      // Cards of the last scan stay until the new one is done, so that nothing jumps.
      set({ phase: { kind: "scanning", done: 0, total: 0 }, conflicts: [], problems: [] });
      const mine = startJob("servers.scan", undefined, (event) => {
        if (job === mine) hear(event);
      });
      job = mine;
      const end = await mine.end;
      if (job !== mine) return;
      if (end.kind !== "done") {
        set({ phase: { kind: "stopped", message: endText(end) ?? "" } });
        return;
      }
      const { servers, conflicts, problems, durationMs } = end.value;
      const custom = get().servers.filter(
        ({ origin, id }) => origin === "custom" && !servers.some((one) => one.id === id),
      );
      const all = [...servers, ...custom].sort(byReadiness);
      const kept = all.some(({ id }) => id === get().selectedId) ? get().selectedId : null;
      const best = all.find(({ state }) => state === "running");
      set({
        servers: all,
        conflicts,
        problems,
        phase: { kind: "done", durationMs },
        selectedId: kept ?? best?.id ?? null,
      });
    },
    cancel: () => job?.cancel(),
    select: (selectedId) => set({ selectedId }),
    async addSomewhereElse(text) {
      const added = await call("servers.somewhereElse", { text });
      if (!added.ok) return [added.error.message, added.error.next].filter(Boolean).join(" ");
      const { server, dsn } = added.value;
      set({ servers: withServer(get().servers, server), selectedId: server.id });
      if (dsn) useConnection.getState().setDsn(dsn);
      return null;
    },
  };
});

/** The chosen server's card; null while none is chosen. */
export const useSelectedServer = (): Server | null =>
  useServers(({ servers, selectedId }) => servers.find(({ id }) => id === selectedId) ?? null);
