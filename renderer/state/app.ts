import { create } from "zustand";
import type { Project } from "../../shared/domain/project-types";
import type { AppInfo, Theme } from "../../shared/ipc/messages";
import { call } from "../api";

export const STEPS = ["server", "database", "connection", "pool", "export"] as const;
export type Step = (typeof STEPS)[number];
export type Screen = Step | "diagnose" | "install" | "settings";

interface AppState {
  readonly info: AppInfo | null;
  readonly theme: Theme;
  readonly screen: Screen;
  /** Steps that ended well; they show a tick and can be revisited. */
  readonly done: ReadonlySet<Step>;
  readonly project: Project | null;
  /** One line about something that went wrong outside any screen (folder dialog, clipboard); dismissed by the person. */
  readonly notice: string | null;
  load(): Promise<void>;
  goTo(screen: Screen): void;
  markDone(step: Step): void;
  setTheme(theme: Theme): Promise<void>;
  pickProject(): Promise<void>;
  /** Reads the project again after its files changed. */
  refreshProject(): Promise<void>;
  setNotice(notice: string | null): void;
}

function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

export const useApp = create<AppState>((set, get) => ({
  info: null,
  theme: "system",
  screen: "server",
  done: new Set(),
  project: null,
  notice: null,
  async load() {
    const [info, project] = await Promise.all([call("app.info", undefined), call("project.current", undefined)]);
    applyTheme(info.theme);
    set({ info, theme: info.theme, project, notice: info.storageProblem });
  },
  goTo: (screen) => set({ screen }),
  markDone: (step) => set({ done: new Set(get().done).add(step) }),
  async setTheme(theme) {
    applyTheme(theme);
    set({ theme });
    const saved = await call("settings.setTheme", { theme });
    if (!saved.ok) set({ notice: saved.error.message });
  },
  async pickProject() {
    const picked = await call("project.pick", undefined);
    if (!picked.ok) set({ notice: [picked.error.message, picked.error.next].filter(Boolean).join(" ") });
    else if (picked.value) set({ project: picked.value });
  },
  async refreshProject() {
    set({ project: await call("project.current", undefined) });
  },
  setNotice: (notice) => set({ notice }),
}));
