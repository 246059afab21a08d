import { readFile } from "node:fs/promises";
import { type Listener, parseProcNetTcp } from "../../../shared/domain/detect/proc-net";
import type { Machine } from "./machine";

/**
 * The listening TCP sockets of this computer; null where the system does not tell (anything but Linux). The kernel
 * takes some milliseconds for each of the two lists: they are read side by side, off the main thread.
 */
export async function readListeners(machine: Machine): Promise<readonly Listener[] | null> {
  if (machine.platform !== "linux") return null;
  const read = (name: string): Promise<string | null> =>
    readFile(`${machine.paths.proc}/net/${name}`, "utf8").catch(() => null);
  const [v4, v6] = await Promise.all([read("tcp"), read("tcp6")]);
  return v4 === null ? null : [...parseProcNetTcp(v4), ...parseProcNetTcp(v6 ?? "")];
}
