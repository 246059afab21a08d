import { type Listener, parseProcNetTcp } from "../../../shared/domain/detect/proc-net";
import type { Machine } from "./machine";
import { readProcList } from "./proc-list";

/** The listening TCP sockets of this computer; null where the system does not tell (anything but Linux). */
export async function readListeners(machine: Machine): Promise<readonly Listener[] | null> {
  if (machine.platform !== "linux") return null;
  const [v4, v6] = await Promise.all(["tcp", "tcp6"].map((name) => readProcList(`${machine.paths.proc}/net/${name}`)));
  return v4 === null || v4 === undefined ? null : [...parseProcNetTcp(v4), ...parseProcNetTcp(v6 ?? "")];
}
