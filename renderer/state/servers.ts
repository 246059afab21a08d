import { create } from "zustand";
import type { PortConflict, Scan, Server, SourceProblem } from "../../shared/domain/server";
import type { ScanEvent, SomewhereElse } from "../../shared/ipc/messages";
import { call, type RunningJob, startJob } from "../api";
import { answered, inWords } from "./answer";
import { useConnection } from "./connection";
import { endText } from "./job";
import { afterScan, withConflict, withProblem, withServer } from "./server-list";

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
  /** Follows what happens on the computer: from now on the list changes by itself. */
  watch(): void;
  cancel(): void;
  select(id: string | null): void;
  /** Takes a pasted string or a host; answers the problem in words, or null when its card is there. */
  addSomewhereElse(text: string): Promise<string | null>;
  /** What is still being looked for somewhere else is not wanted any more. */
  leaveSomewhereElse(): void;
}

let job: RunningJob<Scan> | null = null;
let cancelled = false;
let naming = 0;
let watching = false;
let refreshing = false;
/** Something changed while a scan was on its way. */
let again = false;
/** What the person typed for a server elsewhere, by its id: a new scan asks there again. Memory only. */
const typed = new Map<string, string>();

export const useServers = create<ServersState>((set, get) => {
  function hear(event: ScanEvent): void {
    const { servers, conflicts, problems } = get();
    set({
      phase: { kind: "scanning", done: event.done, total: event.total },
      servers: event.server ? withServer(servers, event.server) : servers,
      conflicts: event.conflict ? withConflict(conflicts, event.conflict) : conflicts,
      problems: event.problem ? withProblem(problems, event.problem) : problems,
    });
  }
  function take(scan: Scan, wasCancelled: boolean): void {
    const before = get();
    const servers = afterScan(before.servers, scan.servers, wasCancelled);
    const kept = servers.find(({ id }) => id === before.selectedId);
    const best = servers.find(({ state }) => state === "running");
    set({
      servers,
      conflicts: wasCancelled ? before.conflicts : scan.conflicts,
      problems: wasCancelled ? before.problems : scan.problems,
      phase: wasCancelled ? { kind: "stopped", message: "Stopped." } : { kind: "done", durationMs: scan.durationMs },
      selectedId: (kept ?? best)?.id ?? null,
    });
  }
  /** Servers elsewhere are in no source of the scan: each is asked again by what was typed for it. */
  async function askElsewhere(): Promise<void> {
    const elsewhere = get().servers.filter(({ origin, id }) => origin === "custom" && typed.has(id));
    await Promise.all(
      elsewhere.map(async ({ id }) => {
        const found = await answered<SomewhereElse>(call("servers.somewhereElse", { text: typed.get(id) ?? "" }));
        if (found.ok) set({ servers: withServer(get().servers, found.value.server) });
      }),
    );
  }
  /** A scan nobody asked for: the list changes, the lead line and its progress do not. */
  async function refresh(): Promise<void> {
    if (get().phase.kind === "scanning" || refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    do {
      again = false;
      const before = job;
      const end = await startJob("servers.scan", undefined, () => undefined).end;
      // A scan that the person started meanwhile knows better.
      if (job === before && end.kind === "done") take(end.value, false);
    } while (again);
    refreshing = false;
  }
  return {
    phase: { kind: "idle" },
    servers: [],
    conflicts: [],
    problems: [],
    selectedId: null,
    async scan() {
      job?.cancel();
      cancelled = false;
      // What the last scan found stays until the new one is done, so that nothing jumps.
      set({ phase: { kind: "scanning", done: 0, total: 0 } });
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
      take(end.value, cancelled);
      if (!cancelled) await askElsewhere();
    },
    watch() {
      if (watching) return;
      watching = true;
      void startJob("servers.watch", undefined, () => void refresh()).end.then(() => {
        watching = false;
      });
    },
    cancel() {
      cancelled = true;
      job?.cancel();
    },
    select: (selectedId) => set({ selectedId }),
    async addSomewhereElse(text) {
      const mine = ++naming;
      const added = await answered<SomewhereElse>(call("servers.somewhereElse", { text }));
      if (mine !== naming) return null;
      if (!added.ok) return inWords(added.error);
      const { server, dsn } = added.value;
      typed.set(server.id, text);
      set({ servers: withServer(get().servers, server), selectedId: server.id });
      if (dsn) useConnection.getState().setDsn(dsn, { kind: "typed" });
      return null;
    },
    leaveSomewhereElse() {
      naming++;
    },
  };
});

/** The chosen server's card; null while none is chosen. */
export const useSelectedServer = (): Server | null =>
  useServers(({ servers, selectedId }) => servers.find(({ id }) => id === selectedId) ?? null);
