import path from "node:path";
import { app, BrowserWindow, screen, session } from "electron";
import { APP_ORIGIN } from "./app-protocol";

export interface WindowBounds {
  readonly x: number | null;
  readonly y: number | null;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export const DEFAULT_BOUNDS: WindowBounds = { x: null, y: null, width: 1120, height: 740, maximized: false };

/** The remembered place, unless no screen shows it any more. */
function placeOf(bounds: WindowBounds): { x?: number; y?: number } {
  const { x, y } = bounds;
  if (x === null || y === null) return {};
  const visible = screen.getAllDisplays().some(({ workArea }) => {
    const right = workArea.x + workArea.width;
    const bottom = workArea.y + workArea.height;
    return x + 100 > workArea.x && x + 100 < right && y >= workArea.y && y + 40 < bottom;
  });
  return visible ? { x, y } : {};
}

/** Denies what this app never needs: other pages, other windows, permissions, the network. */
export function lockDown(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !details.url.startsWith(`${APP_ORIGIN}/`) && !details.url.startsWith("devtools://") });
  });
  app.on("web-contents-created", (_event, contents) => {
    contents.on("will-navigate", (event) => event.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
  });
}

/** Opens the one window; `remember` hears its size and place whenever they settle. */
export function openWindow(
  bounds: WindowBounds,
  dark: boolean,
  remember: (bounds: WindowBounds) => void,
): BrowserWindow {
  const window = new BrowserWindow({
    ...placeOf(bounds),
    width: bounds.width,
    height: bounds.height,
    minWidth: 480,
    minHeight: 400,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: dark ? "#101513" : "#F5F6F3",
    title: "Aksara Database Setup",
    webPreferences: {
      preload: path.join(__dirname, "preload.cjs"),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  if (bounds.maximized) window.maximize();
  window.once("ready-to-show", () => window.show());

  const keep = (): void => {
    const { x, y, width, height } = window.getNormalBounds();
    remember({ x, y, width, height, maximized: window.isMaximized() });
  };
  let settled: NodeJS.Timeout | null = null;
  const later = (): void => {
    if (settled) clearTimeout(settled);
    settled = setTimeout(keep, 400);
  };
  window.on("resize", later);
  window.on("move", later);
  window.on("close", () => {
    if (settled) clearTimeout(settled);
    keep();
  });
  window.webContents.on("render-process-gone", (_event, details) => {
    if (details.reason !== "clean-exit" && !window.isDestroyed()) window.webContents.reload();
  });
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}
