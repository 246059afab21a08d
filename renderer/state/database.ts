import { create } from "zustand";
import type { PlanStep, StepProgress } from "../../shared/domain/plan";
import type { AdministratorState, DatabaseChoice, DatabaseOutcome, DatabasePlan } from "../../shared/ipc/messages";
import { call, type RunningJob, startJob } from "../api";
import { answered, broken, inWords } from "./answer";
import { useApp } from "./app";
import { useConnection } from "./connection";
import { sourceOn } from "./connection-source";
import {
  canPlan,
  firstChoice,
  isUntouched,
  type NameField,
  type Proposed,
  withExisting,
  withName,
} from "./database-choice";
import { endText } from "./job";
import { useServers } from "./servers";
import { signInTime, withStep } from "./steps";

type Run =
  | { readonly kind: "none" }
  | { readonly kind: "running" }
  | { readonly kind: "undoing" }
  | { readonly kind: "undone" }
  | { readonly kind: "ended"; readonly outcome: DatabaseOutcome }
  | { readonly kind: "broken"; readonly message: string };

interface DatabaseState {
  readonly serverId: string | null;
  /** Null while it is being asked. */
  readonly administrator: AdministratorState | null;
  readonly signingIn: boolean;
  readonly choice: DatabaseChoice | null;
  readonly encodings: readonly string[];
  /** The last plan; it is for the present choice only while `planFresh`. */
  readonly plan: DatabasePlan | null;
  readonly planFresh: boolean;
  /** Why there is no plan, in words. */
  readonly planProblem: string | null;
  readonly progress: readonly StepProgress[];
  readonly run: Run;
  /** What a plan that failed made and has not taken back; it outlives edits of the form. */
  readonly made: { readonly planId: string; readonly undo: readonly PlanStep[] } | null;
  /** Begins on a server; what was entered for the same server is kept, unless only proposals of another project. */
  begin(serverId: string, projectPath: string | null): Promise<void>;
  signIn(user: string, password: string, database: string): Promise<void>;
  edit(change: Partial<Pick<DatabaseChoice, "password" | "locale">>): void;
  name(field: NameField, name: string): void;
  takeExisting(field: NameField): void;
  newPassword(): Promise<void>;
  /** Looks again after something went wrong before there was a plan. */
  retry(): Promise<void>;
  create(): Promise<void>;
  /** Takes back what the last plan made; answers whether nothing of it is left. */
  undo(): Promise<boolean>;
  cancel(): void;
  /** After a success: another database on the same server. */
  startOver(): Promise<void>;
}

const NOTHING = {
  signingIn: false,
  choice: null,
  encodings: [],
  plan: null,
  planFresh: false,
  planProblem: null,
  progress: [],
  run: { kind: "none" },
} as const;

const REPLAN_MS = 200;

let job: RunningJob<unknown> | null = null;
let planning = 0;
let asking: string | null = null;
let later: ReturnType<typeof setTimeout> | null = null;
let proposed: Proposed | null = null;

const notReady = (found: AdministratorState["problem"]): AdministratorState => ({
  ready: false,
  as: null,
  user: null,
  version: null,
  lacks: [],
  problem: found,
});

export const useDatabase = create<DatabaseState>((set, get) => {
  const isBusy = (): boolean => get().run.kind === "running" || get().run.kind === "undoing";

  /** Asks for the plan of the present choice; true when it can run. */
  async function look(): Promise<boolean> {
    if (later) clearTimeout(later);
    const { choice } = get();
    const mine = ++planning;
    set({ planFresh: false, planProblem: null });
    if (!choice || !canPlan(choice)) return false;
    const planned = await answered(call("database.plan", choice));
    if (mine !== planning) return false;
    if (planned.ok) set({ plan: planned.value, planFresh: true });
    else set({ plan: null, planProblem: inWords(planned.error) });
    return planned.ok && planned.value.problems.length === 0;
  }

  async function propose(serverId: string, projectPath: string | null): Promise<void> {
    const answer = await answered(call("database.propose", { serverId }));
    if (get().serverId !== serverId) return;
    if (!answer.ok) {
      set({ planProblem: inWords(answer.error) });
      return;
    }
    proposed = { ...answer.value, projectPath };
    set({ encodings: proposed.encodings, choice: firstChoice(serverId, proposed) });
    await look();
  }

  async function ask(serverId: string, projectPath: string | null): Promise<void> {
    if (asking === serverId) return;
    asking = serverId;
    planning++;
    set({ ...NOTHING, serverId, administrator: null });
    const administrator = await call("servers.administrator", { serverId }).catch((reason: unknown) =>
      notReady(broken(reason)),
    );
    asking = asking === serverId ? null : asking;
    if (get().serverId !== serverId) return;
    set({ administrator });
    if (administrator.ready) await propose(serverId, projectPath);
  }

  function change(choice: DatabaseChoice): void {
    if (isBusy()) return;
    planning++;
    set({ choice, planFresh: false, planProblem: null, progress: [], run: { kind: "none" } });
    if (later) clearTimeout(later);
    later = setTimeout(() => void look(), REPLAN_MS);
  }

  const hear = (step: StepProgress): void => set({ progress: withStep(get().progress, step) });

  function succeed(dsn: string): void {
    const server = useServers.getState().servers.find(({ id }) => id === get().serverId);
    useConnection.getState().setDsn(dsn, sourceOn(server));
    useConnection.getState().setLive({ kind: "connected", durationMs: signInTime(get().progress) });
    useApp.getState().markDone("server");
    useApp.getState().markDone("database");
  }

  return {
    ...NOTHING,
    serverId: null,
    administrator: null,
    made: null,
    async begin(serverId, projectPath) {
      const { serverId: present, administrator, choice, run } = get();
      if (isBusy()) return;
      if (present !== serverId || administrator?.ready !== true) return ask(serverId, projectPath);
      const isOther = proposed !== null && proposed.projectPath !== projectPath;
      if (isOther && proposed && choice && run.kind === "none" && isUntouched(choice, proposed)) {
        await propose(serverId, projectPath);
      }
    },
    async signIn(user, password, database) {
      const { serverId, signingIn } = get();
      if (!serverId || signingIn) return;
      set({ signingIn: true });
      const administrator = await call("servers.signIn", { serverId, user, password, database }).catch(
        (reason: unknown) => notReady(broken(reason)),
      );
      if (get().serverId !== serverId) return;
      set({ administrator, signingIn: false });
      if (administrator.ready) await propose(serverId, useApp.getState().project?.path ?? null);
    },
    edit(part) {
      const { choice } = get();
      if (choice) change({ ...choice, ...part });
    },
    name(field, name) {
      const { choice } = get();
      if (choice) change(withName(choice, field, name, proposed?.password ?? ""));
    },
    takeExisting(field) {
      const { choice } = get();
      if (choice) change(withExisting(choice, field));
    },
    async newPassword() {
      get().edit({ password: await call("database.newPassword", undefined) });
    },
    async retry() {
      const { serverId, administrator, choice } = get();
      const path = useApp.getState().project?.path ?? null;
      if (!serverId) return;
      if (!administrator?.ready) await ask(serverId, path);
      else if (choice) await look();
      else {
        set({ planProblem: null });
        await propose(serverId, path);
      }
    },
    async create() {
      const before = get();
      if (!before.planFresh || !before.plan || isBusy()) return;
      const tried = before.run.kind !== "none";
      if (before.made && !(await get().undo())) return;
      set({ run: { kind: "running" }, progress: [] });
      // A plan is for the server as it was: after a try it is made anew.
      if ((tried || before.made) && !(await look())) {
        set({ run: { kind: "none" } });
        return;
      }
      const { plan } = get();
      if (!plan) return;
      const mine = startJob("database.run", { planId: plan.id }, hear);
      job = mine;
      const end = await mine.end;
      job = null;
      if (end.kind !== "done") {
        set({ run: { kind: "broken", message: endText(end) ?? "" } });
        return;
      }
      const outcome = end.value;
      set({
        run: { kind: "ended", outcome },
        made: outcome.undo.length > 0 && !outcome.ok ? { planId: plan.id, undo: outcome.undo } : null,
      });
      if (outcome.ok && outcome.dsn) succeed(outcome.dsn);
    },
    async undo() {
      const { made } = get();
      if (!made || isBusy()) return made === null;
      set({ run: { kind: "undoing" } });
      const mine = startJob("database.undo", { planId: made.planId }, hear);
      job = mine;
      const end = await mine.end;
      job = null;
      const message = end.kind === "done" && !end.value.ok ? inWords(end.value.error) : endText(end);
      set(message === null ? { run: { kind: "undone" }, made: null } : { run: { kind: "broken", message } });
      return message === null;
    },
    cancel: () => job?.cancel(),
    async startOver() {
      const { serverId } = get();
      if (!serverId || isBusy()) return;
      set({ plan: null, planFresh: false, progress: [], run: { kind: "none" } });
      await propose(serverId, useApp.getState().project?.path ?? null);
    },
  };
});
