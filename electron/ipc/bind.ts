import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from "electron";
import { CALL_CHANNEL, JOB_CHANNEL, START_CHANNEL } from "../../shared/ipc/channels";
import { APP_ORIGIN } from "../app-protocol";
import { RefusedCall, type Router } from "./router";

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

/** Connects the router to a window: sender checked on every call, job messages sent to that window only. */
export function bindRouter(ipcMain: IpcMain, window: BrowserWindow, router: Router): void {
  ipcMain.removeHandler(CALL_CHANNEL);
  ipcMain.removeHandler(START_CHANNEL);
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) => {
    if (!isOurs(event, window)) throw new RefusedCall("sender");
    return router.call(name, input);
  });
  ipcMain.handle(START_CHANNEL, (event, name: unknown, input: unknown) => {
    if (!isOurs(event, window)) throw new RefusedCall("sender");
    return router.start(name, input, (message) => {
      if (!window.isDestroyed()) window.webContents.send(JOB_CHANNEL, message);
    });
  });
}
