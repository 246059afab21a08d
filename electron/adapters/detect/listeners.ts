import { type Listener, parseProcNetTcp } from "../../../shared/domain/detect/proc-net";
import { readProc } from "./files";
import type { Machine } from "./machine";

/** The listening TCP sockets of this computer; null where the system does not tell (anything but Linux). */
export function readListeners(machine: Machine): readonly Listener[] | null {
  if (machine.platform !== "linux") return null;
  const v4 = readProc(`${machine.paths.proc}/net/tcp`);
  const v6 = readProc(`${machine.paths.proc}/net/tcp6`);
  return v4 === null ? null : [...parseProcNetTcp(v4), ...parseProcNetTcp(v6 ?? "")];
}
