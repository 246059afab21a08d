import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from "electron";
import { CALL_CHANNEL, JOB_CHANNEL, START_CHANNEL } from "../../shared/ipc/channels";
import { APP_ORIGIN } from "../app-protocol";
import { RefusedCall } from "./refused-call";
import type { Router } from "./router";

/** True for the top frame of our own window showing our own page; nothing else may call. */
function isOurs(event: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    !window.isDestroyed() &&
    event.sender.id === window.webContents.id &&
    frame === window.webContents.mainFrame &&
    frame.url.startsWith(`${APP_ORIGIN}/`)
  );
}

/**
 * Connects the router to a window: sender checked on every call, job messages sent to that window only. The page may
 * call before the router is there; its calls wait.
 */
export function bindRouter(ipcMain: IpcMain, window: BrowserWindow, coming: Promise<Router>): void {
  ipcMain.removeHandler(CALL_CHANNEL);
  ipcMain.removeHandler(START_CHANNEL);
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, input: unknown) => {
    if (!isOurs(event, window)) throw new RefusedCall("sender");
    return (await coming).call(name, input);
  });
  ipcMain.handle(START_CHANNEL, async (event, name: unknown, input: unknown) => {
    if (!isOurs(event, window)) throw new RefusedCall("sender");
    return (await coming).start(name, input, (message) => {
      if (!window.isDestroyed()) window.webContents.send(JOB_CHANNEL, message);
    });
  });
}
