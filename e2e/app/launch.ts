import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import { workTree } from "../servers/binaries";
import { type Display, openDisplay } from "./display";
import { createHome, type Home } from "./home";

export interface LaunchOptions {
  /** Opened at the start, as `--project` does. */
  readonly project?: string;
  readonly args?: readonly string[];
  /** Added to an environment without PG* variables, DATABASE_URL and AKSARA_* of the tests' own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Reuses the home of an earlier start, to see what is remembered; the caller removes it. */
  readonly home?: Home;
  /** App folder: the one with package.json. The work tree unless told otherwise. */
  readonly folder?: string;
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly home: Home;
  /** What the main process printed since its window was there. */
  printed(): string;
  /** The next folder dialogs answer with this folder; with null they are closed without a choice. */
  chooseFolder(folder: string | null): Promise<void>;
  /** What the computer itself prefers: the app's theme "system" follows it. */
  preferTheme(theme: "light" | "dark"): Promise<void>;
  /** Writes test-output/screens/<name>.png. */
  screenshot(name: string): Promise<void>;
  /** The same, taken by the window itself: true to its zoom. */
  capture(name: string): Promise<void>;
  /** Closes the window and, unless the home was given, ends its private server and removes it. */
  close(): Promise<void>;
}

interface Runtime {
  readonly executable: string;
  readonly kind: "electron" | "evaluation";
}

let runtime: Promise<Runtime> | null = null;
let display: Promise<Display> | null = null;

function electronRuntime(): Promise<Runtime> {
  const script = path.join(workTree(), "scripts", "electron-runtime.mjs");
  runtime ??= promisify(execFile)(process.execPath, [script]).then(({ stdout }) => JSON.parse(stdout) as Runtime);
  return runtime;
}

const FOREIGN =
  /^(PG|AKSARA_|XDG_|DATABASE_URL$|ELECTRON_|DISPLAY$|WAYLAND_DISPLAY$|DBUS_SESSION_BUS_ADDRESS$|NODE_OPTIONS$)/;

function environment(
  home: Home,
  kind: Runtime["kind"],
  where: Display,
  added: LaunchOptions["env"],
): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name, value]) => value !== undefined && !FOREIGN.test(name));
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    HOME: home.path,
    AKSARA_DATABASE_SETUP_HOME: home.data,
    ...(kind === "evaluation" ? { AKSARA_RUNTIME_KIND: "evaluation" } : {}),
    ...(where.name ? { DISPLAY: where.name } : {}),
    ...added,
  };
}

/** Starts the app once more on the same home and waits until that copy ends by itself; its exit code and what it printed. */
export async function startSecondCopy(home: Home): Promise<{ readonly code: number | null; readonly printed: string }> {
  const { executable, kind } = await electronRuntime();
  display ??= openDisplay();
  const flags = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const env = environment(home, kind, await display, {});
  const copy = spawn(executable, [...flags, workTree()], { env, cwd: home.path, stdio: ["ignore", "pipe", "ignore"] });
  let printed = "";
  copy.stdout.on("data", (part: Buffer) => {
    printed += part.toString();
  });
  const [code] = (await once(copy, "close")) as [number | null];
  return { code, printed };
}

/** Starts the built app in the real Electron, under a virtual display on Linux; answers when its page has loaded. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const { executable, kind } = await electronRuntime();
  display ??= openDisplay();
  const where = await display;
  const home = options.home ?? createHome();
  const flags = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const project = options.project ? ["--project", options.project] : [];
  const app = await _electron.launch({
    executablePath: executable,
    args: [...flags, options.folder ?? workTree(), ...project, ...(options.args ?? [])],
    env: environment(home, kind, where, options.env),
    cwd: home.path,
    timeout: 30_000,
  });
  let text = "";
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on("data", (part: Buffer) => {
      text += part.toString();
    });
  }
  const window = await app.firstWindow();
  await window.waitForLoadState("load");

  return {
    app,
    window,
    home,
    printed: () => text,
    async chooseFolder(folder) {
      await app.evaluate(({ dialog }, chosen) => {
        const answer = { canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] };
        dialog.showOpenDialog = () => Promise.resolve(answer);
      }, folder);
    },
    async preferTheme(theme) {
      await window.emulateMedia({ colorScheme: theme });
    },
    async screenshot(name) {
      const folder = path.join(workTree(), "test-output", "screens");
      mkdirSync(folder, { recursive: true });
      await window.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled" });
    },
    async capture(name) {
      const taken = await app.evaluate(async ({ BrowserWindow }) => {
        const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
        return image?.toPNG().toString("base64") ?? "";
      });
      writeFileSync(path.join(workTree(), "test-output", "screens", `${name}.png`), Buffer.from(taken, "base64"));
    },
    async close() {
      await app.close();
      if (!options.home) home.remove();
    },
  };
}
