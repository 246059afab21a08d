import { create } from "zustand";
import { checkName } from "../../shared/domain/names";
import type { StepProgress } from "../../shared/domain/plan";
import type { AdministratorState, DatabaseChoice, DatabaseOutcome, DatabasePlan } from "../../shared/ipc/messages";
import { call, type RunningJob, startJob } from "../api";
import { useApp } from "./app";
import { withStep } from "./auto";
import { useConnection } from "./connection";
import { endText } from "./job";

type Run =
  | { readonly kind: "none" }
  | { readonly kind: "running" }
  | { readonly kind: "undoing" }
  | { readonly kind: "undone" }
  | { readonly kind: "ended"; readonly outcome: DatabaseOutcome }
  | { readonly kind: "broken"; readonly message: string };

export type ChoiceField = "database" | "role" | "password" | "locale" | "onRole" | "onDatabase";

interface DatabaseState {
  readonly serverId: string | null;
  /** Null while it is being asked. */
  readonly administrator: AdministratorState | null;
  readonly choice: DatabaseChoice | null;
  readonly encodings: readonly string[];
  readonly plan: DatabasePlan | null;
  /** Why there is no plan, in words. */
  readonly planProblem: string | null;
  readonly progress: readonly StepProgress[];
  readonly run: Run;
  /** Begins on a server; what was entered for the same server is kept. */
  begin(serverId: string): Promise<void>;
  signIn(user: string, password: string, database: string): Promise<void>;
  change(field: ChoiceField, value: string | null): void;
  newPassword(): Promise<void>;
  create(): Promise<void>;
  undo(): Promise<void>;
  cancel(): void;
}

let job: RunningJob<unknown> | null = null;
let planning = 0;
let later: ReturnType<typeof setTimeout> | null = null;

const inWords = ({ message, next }: { readonly message: string; readonly next: string | null }): string =>
  [message, next].filter(Boolean).join(" ");

export const useDatabase = create<DatabaseState>((set, get) => {
  async function plan(): Promise<void> {
    const { choice } = get();
    const mine = ++planning;
    if (!choice || checkName(choice.database, "database") || checkName(choice.role, "role")) {
      set({ plan: null, planProblem: null });
      return;
    }
    const planned = await call("database.plan", choice);
    if (mine !== planning) return;
    if (planned.ok) set({ plan: planned.value, planProblem: null, progress: [], run: { kind: "none" } });
    else set({ plan: null, planProblem: inWords(planned.error) });
  }
  async function propose(serverId: string): Promise<void> {
    const proposed = await call("database.propose", { serverId });
    if (get().serverId !== serverId) return;
    if (!proposed.ok) {
      set({ planProblem: inWords(proposed.error) });
      return;
    }
    const { database, role, password, encodings } = proposed.value;
    set({
      encodings,
      choice: { serverId, database, role, password, onRole: "create", onDatabase: "create", locale: null },
    });
    await plan();
  }
  return {
    serverId: null,
    administrator: null,
    choice: null,
    encodings: [],
    plan: null,
    planProblem: null,
    progress: [],
    run: { kind: "none" },
    async begin(serverId) {
      const same = get().serverId === serverId && get().administrator?.ready === true;
      if (same || get().run.kind === "running") return;
      planning++;
      set({
        serverId,
        administrator: null,
        choice: null,
        plan: null,
        planProblem: null,
        progress: [],
        run: { kind: "none" },
      });
      const administrator = await call("servers.administrator", { serverId });
      if (get().serverId !== serverId) return;
      set({ administrator });
      if (administrator.ready) await propose(serverId);
    },
    async signIn(user, password, database) {
      const { serverId } = get();
      if (!serverId) return;
      const administrator = await call("servers.signIn", { serverId, user, password, database });
      if (get().serverId !== serverId) return;
      set({ administrator });
      if (administrator.ready) await propose(serverId);
    },
    change(field, value) {
      const { choice, run } = get();
      if (!choice || run.kind === "running" || run.kind === "undoing") return;
      set({ choice: { ...choice, [field]: value } as DatabaseChoice, plan: null });
      if (later) clearTimeout(later);
      later = setTimeout(() => void plan(), 200);
    },
    async newPassword() {
      get().change("password", await call("database.newPassword", undefined));
    },
    async create() {
      const { plan: current } = get();
      if (!current) return;
      set({ run: { kind: "running" }, progress: [] });
      const mine = startJob("database.run", { planId: current.id }, (step) =>
        set({ progress: withStep(get().progress, step) }),
      );
      job = mine;
      const end = await mine.end;
      job = null;
      if (end.kind !== "done") {
        set({ run: { kind: "broken", message: endText(end) ?? "" } });
        return;
      }
      set({ run: { kind: "ended", outcome: end.value } });
      if (!end.value.ok || !end.value.dsn) return;
      useConnection.getState().setDsn(end.value.dsn);
      useConnection.getState().setLive({ kind: "connected", durationMs: end.value.durationMs });
      useApp.getState().markDone("server");
      useApp.getState().markDone("database");
    },
    async undo() {
      const { plan: current } = get();
      if (!current) return;
      set({ run: { kind: "undoing" } });
      const mine = startJob("database.undo", { planId: current.id }, (step) =>
        set({ progress: withStep(get().progress, step) }),
      );
      const end = await mine.end;
      const problem = end.kind === "done" && !end.value.ok ? inWords(end.value.error) : endText(end);
      set({ run: problem === null ? { kind: "undone" } : { kind: "broken", message: problem } });
    },
    cancel: () => job?.cancel(),
  };
});
