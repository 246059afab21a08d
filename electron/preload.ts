import { contextBridge, ipcRenderer } from "electron";
import { CALL_CHANNEL, JOB_CHANNEL, START_CHANNEL } from "../shared/ipc/channels";
import type { Bridge, JobMessage } from "../shared/ipc/contract";

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  start: (name, input) => ipcRenderer.invoke(START_CHANNEL, name, input),
  onJob(listener) {
    const receive = (_event: unknown, message: JobMessage): void => listener(message);
    ipcRenderer.on(JOB_CHANNEL, receive);
    return () => ipcRenderer.removeListener(JOB_CHANNEL, receive);
  },
};

contextBridge.exposeInMainWorld("aksara", Object.freeze(bridge));
