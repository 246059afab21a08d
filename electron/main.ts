import os from "node:os";
import path from "node:path";
import { BrowserWindow, clipboard, dialog, app as electronApp, ipcMain, Menu, nativeTheme, shell } from "electron";
import type { Theme } from "../shared/ipc/messages";
import { openSettings } from "./adapters/settings-file";
import { declareAppScheme, pageHasScript, serveApp } from "./app-protocol";
import type { Backend } from "./backend";
import { dataFolderOf } from "./data-folder";
import { bindRouter } from "./ipc/bind";
import type { Desktop } from "./ipc/handlers";
import { menuTemplate } from "./menu";
import { DEFAULT_BOUNDS, lockDown, openWindow } from "./window";

declare const __APP_VERSION__: string;

const dataFolder = dataFolderOf(process.env, process.platform, os.homedir());

/** The folder named by `--project DIR` or `--project=DIR` on a command line. */
function projectOf(argv: readonly string[], workingFolder: string): string | null {
  const at = argv.findIndex((word) => word === "--project" || word.startsWith("--project="));
  const word = argv[at];
  if (word === undefined) return null;
  const folder = word === "--project" ? argv[at + 1] : word.slice("--project=".length);
  return folder ? path.resolve(workingFolder, folder) : null;
}

const desktop: Desktop = {
  async pickFolder(startIn) {
    const window = BrowserWindow.getAllWindows()[0];
    const options = {
      title: "Choose your project's folder",
      ...(startIn ? { defaultPath: startIn } : {}),
      properties: ["openDirectory" as const, "createDirectory" as const],
    };
    const { canceled, filePaths } = window
      ? await dialog.showOpenDialog(window, options)
      : await dialog.showOpenDialog(options);
    return canceled ? null : (filePaths[0] ?? null);
  },
  async pickSaveFile(fileName) {
    const window = BrowserWindow.getAllWindows()[0];
    const options = { title: "Save the report", defaultPath: fileName };
    const { canceled, filePath } = window
      ? await dialog.showSaveDialog(window, options)
      : await dialog.showSaveDialog(options);
    return canceled || !filePath ? null : filePath;
  },
  copy: async (text) => clipboard.writeText(text),
  // Newer Electron answers with a promise, older with the text.
  paste: async () => clipboard.readText(),
  openLink: (address) => shell.openExternal(address),
  applyTheme(theme: Theme) {
    nativeTheme.themeSource = theme;
  },
};

async function start(): Promise<void> {
  const settings = openSettings(dataFolder);
  const info = {
    version: __APP_VERSION__,
    platform: process.platform,
    runtime: {
      kind: process.env.AKSARA_RUNTIME_KIND === "evaluation" ? ("evaluation" as const) : ("electron" as const),
      version: process.versions.electron ?? "",
    },
    home: os.homedir(),
    dataFolder,
  };
  const openProject = async (backend: Backend, folder: string): Promise<boolean> => {
    const opened = await backend.openProject(folder);
    if (opened !== null) settings.update({ lastProject: opened });
    return opened !== null;
  };
  /** Takes main's whole attention for a while: not before the page has what it needs of main. */
  async function load(): Promise<Backend> {
    const { startBackend } = await import("./backend");
    const backend = await startBackend(process.env, { settings, desktop, info });
    const project = projectOf(process.argv, process.cwd()) ?? settings.get().lastProject;
    if (project) await openProject(backend, project);
    backend.beginScan();
    return backend;
  }

  desktop.applyTheme(settings.get().theme);
  lockDown();
  serveApp(path.join(__dirname, "renderer"));
  const scripted = pageHasScript();
  let backend: Promise<Backend> | null = null;
  const open = (): void => {
    const bounds = settings.get().window ?? DEFAULT_BOUNDS;
    const window = openWindow(bounds, nativeTheme.shouldUseDarkColors, (place) => settings.update({ window: place }));
    backend ??= scripted.then(load);
    const router = backend.then((ready) => ready.router);
    bindRouter(ipcMain, window, router);
    window.on("closed", () => void router.then((ready) => ready.cancelAll()));
  };
  open();

  electronApp.on("activate", () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  electronApp.on("second-instance", async (_event, argv, workingFolder) => {
    const named = projectOf(argv, workingFolder);
    const changed = named !== null && backend !== null && (await openProject(await backend, named));
    const window = BrowserWindow.getAllWindows()[0];
    if (!window) return open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (changed) window.webContents.reload();
  });
}

electronApp.setPath("userData", path.join(dataFolder, "electron"));
declareAppScheme();
if (electronApp.requestSingleInstanceLock()) {
  electronApp.on("window-all-closed", () => electronApp.quit());
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)));
  electronApp.whenReady().then(start, () => electronApp.exit(1));
} else {
  console.log("Aksara Database Setup is open already; its window comes to the front.");
  electronApp.quit();
}
