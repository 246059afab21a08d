import { create } from "zustand";
import type { InstallChoice, InstallMachine } from "../../shared/domain/install/guide";
import { guidesFor } from "../../shared/domain/install/guides";
import { call } from "../api";
import { useServers } from "./servers";

interface InstallState {
  /** Null until main has looked. */
  readonly machine: InstallMachine | null;
  readonly guideId: string | null;
  readonly choice: InstallChoice;
  /** Servers that ran when the guide was opened: any other one has appeared since. */
  readonly ranBefore: ReadonlySet<string>;
  /** Looks at the computer; the best guide is chosen unless the person has chosen. */
  open(project: string | null): Promise<void>;
  choose(guideId: string): void;
  change(part: Partial<InstallChoice>): void;
  newPassword(): Promise<void>;
}

/** Whether the person has typed into the choice: then it stays as it is when the screen opens again. */
let touched = false;

const running = (): ReadonlySet<string> =>
  new Set(
    useServers
      .getState()
      .servers.filter(({ state }) => state === "running")
      .map(({ id }) => id),
  );

/** Docker's own characters for names; anything else becomes a dash. */
const containerName = (project: string | null): string =>
  project
    ? `${project.toLowerCase().replace(/[^a-z0-9_.-]+/g, "-")}-postgres`.replace(/^[^a-z0-9]+/, "")
    : "aksara-postgres";

export const useInstall = create<InstallState>((set, get) => ({
  machine: null,
  guideId: null,
  choice: { version: 18, name: "", user: "postgres", password: "", database: "", port: 5432, volume: "" },
  ranBefore: new Set(),
  async open(project) {
    set({ ranBefore: running() });
    const machine = await call("install.machine", undefined);
    const best = guidesFor(machine)[0];
    set({ machine, guideId: get().guideId ?? best?.id ?? null });
    if (touched) return;
    const name = containerName(project);
    const password = get().choice.password || (await call("database.newPassword", undefined));
    set({
      choice: {
        ...get().choice,
        name,
        password,
        database: project ?? "app",
        port: machine.freePort,
        volume: name.replace(/-postgres$/, "-pgdata"),
      },
    });
  },
  choose: (guideId) => set({ guideId }),
  change(part) {
    touched = true;
    set({ choice: { ...get().choice, ...part } });
  },
  async newPassword() {
    get().change({ password: await call("database.newPassword", undefined) });
  },
}));
