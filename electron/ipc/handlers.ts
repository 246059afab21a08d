import { randomBytes } from "node:crypto";
import path from "node:path";
import { passwordFrom } from "../../shared/domain/password";
import type { Project } from "../../shared/domain/project-types";
import { ok, problem, type Result } from "../../shared/domain/result";
import type { AppInfo, Theme } from "../../shared/ipc/messages";
import type { SettingsFile } from "../adapters/settings-file";
import type { App } from "../compose";
import type { ScanUseCase } from "../use-cases/scan";
import type { Handlers } from "./router";

/** What only the desktop can do; the real one is made of Electron's dialog, clipboard, shell and nativeTheme. */
export interface Desktop {
  /** Path of the folder the person chose; null when the dialog was closed. */
  pickFolder(startIn: string | null): Promise<string | null>;
  /** Path the person chose for a new file of that name; null when the dialog was closed. */
  pickSaveFile(fileName: string): Promise<string | null>;
  copy(text: string): Promise<void>;
  paste(): Promise<string>;
  openLink(address: string): Promise<void>;
  applyTheme(theme: Theme): void;
}

const LINKS = {
  "postgresql-install": "https://www.postgresql.org/download/",
  "postgresql-ssl": "https://www.postgresql.org/docs/current/libpq-ssl.html",
  "pg-hba": "https://www.postgresql.org/docs/current/auth-pg-hba-conf.html",
  "aksara-docs": "https://pypi.org/project/aksara-framework/",
  "postgres-app": "https://postgresapp.com/",
  "postgresql-windows": "https://www.postgresql.org/download/windows/",
  "docker-install": "https://docs.docker.com/get-started/get-docker/",
  "wsl-install": "https://learn.microsoft.com/windows/wsl/install",
  homebrew: "https://brew.sh/",
} as const;

export interface HandlerParts {
  readonly app: App;
  /** The app's scan, which may have begun before the page asks for it. */
  readonly scan: ScanUseCase["run"];
  readonly settings: SettingsFile;
  readonly desktop: Desktop;
  readonly info: Omit<AppInfo, "theme" | "storageProblem">;
  /** Ends what the router runs; known only once the router is made. */
  readonly cancelJob: (jobId: string) => void;
}

/** Answers the contract with the app's use cases. */
export function createHandlers({ app, scan, settings, desktop, info, cancelJob }: HandlerParts): Handlers {
  async function pickProject(): Promise<Result<Project | null>> {
    const folder = await desktop.pickFolder(settings.get().lastProject);
    if (folder === null) return ok(null);
    const opened = await app.projects.open(folder);
    if (opened.ok) settings.update({ lastProject: opened.value.path });
    return opened;
  }
  async function saveReport(previewId: string): Promise<Result<string | null>> {
    const file = await desktop.pickSaveFile(app.reports.fileName(previewId) ?? "aksara-report.md");
    if (file === null) return ok(null);
    const saved = await app.reports.save(previewId, file);
    return saved.ok ? ok(path.basename(file)) : saved;
  }
  return {
    calls: {
      "app.info": async () => ({ ...info, theme: settings.get().theme, storageProblem: settings.problem }),
      "settings.setTheme": async ({ theme }) => {
        desktop.applyTheme(theme);
        return settings.update({ theme });
      },
      "settings.forget": async () => {
        desktop.applyTheme("system");
        return settings.forget();
      },
      "project.current": () => app.projects.refresh(),
      "project.pick": pickProject,
      "project.databaseUrl": async () => app.projects.rawDatabaseUrl(),
      "servers.somewhereElse": ({ text }) => app.scan.somewhereElse(text),
      "servers.administrator": ({ serverId }) => app.administrator.state(serverId),
      "servers.signIn": (input) => app.administrator.signIn(input),
      "servers.preview": ({ serverId, action }) => app.commands.preview(serverId, action),
      "private.preview": () => app.commands.previewPrivate(),
      "install.machine": () => app.installs.machine(),
      "install.preview": ({ guideId, step, choice }) => app.installs.preview(guideId, step, choice),
      "database.propose": ({ serverId }) => app.databases.propose(serverId),
      "database.newPassword": async () => passwordFrom((count) => randomBytes(count)),
      "database.plan": (choice) => app.databases.plan(choice),
      "database.list": ({ serverId }) => app.databases.list(serverId),
      "connection.surroundings": () => app.surroundings.shown(),
      "python.preview": () => app.python.preview(),
      "export.preview": (choice) => app.exports.preview(choice),
      "export.write": ({ previewId }) => app.exports.write(previewId),
      // Its words in twenty languages are loaded when somebody pastes.
      "error.explain": async ({ text }) => (await import("../../shared/domain/paste-error")).explainError(text),
      "remedy.preview": ({ runId, remedyId }) => app.diagnose.previewRemedy(runId, remedyId),
      "report.preview": ({ runId, format }) => app.reports.preview(runId, format),
      "report.save": ({ previewId }) => saveReport(previewId),
      "clipboard.copy": async ({ text }) => {
        await desktop.copy(text);
        return ok(null);
      },
      "clipboard.paste": async () => (await desktop.paste()).slice(0, 100_000),
      "link.open": async ({ link }) => {
        try {
          await desktop.openLink(LINKS[link]);
          return ok(null);
        } catch {
          return { ok: false, error: problem("command-failed", `The browser does not open ${LINKS[link]}.`) };
        }
      },
      "jobs.cancel": async ({ jobId }) => {
        cancelJob(jobId);
        return null;
      },
    },
    jobs: {
      "servers.scan": (_input, ctx) => scan(ctx),
      "servers.watch": (_input, ctx) => app.watch.run(ctx),
      "command.run": ({ previewId }, ctx) => app.commands.run(previewId, ctx),
      "database.run": ({ planId }, ctx) => app.databases.run(planId, ctx),
      "database.undo": ({ planId }, ctx) => app.databases.undo(planId, ctx),
      "diagnose.run": ({ dsn }, ctx) => app.diagnose.run(dsn === "" ? (app.projects.rawDatabaseUrl() ?? "") : dsn, ctx),
      "remedy.run": ({ runId, remedyId }, ctx) => app.diagnose.runRemedy(runId, remedyId, ctx),
      "remedy.undo": ({ runId, remedyId }, ctx) => app.diagnose.undoRemedy(runId, remedyId, ctx),
      "python.check": ({ dsn, previewId }, ctx) => app.python.check(dsn, previewId, ctx.signal),
      "pool.read": ({ dsn }, ctx) => app.readPool(dsn, ctx.signal),
      "setup.auto": (_input, ctx) => app.autoSetup.run(ctx),
    },
  };
}
