import { readlink, realpath } from "node:fs/promises";
import path from "node:path";
import { type PostmasterPid, parsePostmasterPid } from "../../../shared/domain/detect/postmaster-pid";
import { lookAt, readText } from "../detect/files";
import type { Machine } from "../detect/machine";
import { inside } from "./layout";
import { isOurs, readPort } from "./record";

/** What the private server's folder shows. */
export type Observed =
  | { readonly kind: "absent" }
  | { readonly kind: "foreign" }
  | { readonly kind: "broken"; readonly reason: string }
  | { readonly kind: "no-permission"; readonly reason: string }
  | { readonly kind: "stopped"; readonly port: number | null }
  | { readonly kind: "starting" | "running"; readonly port: number; readonly pid: number; readonly socket: boolean };

/** True when the process is the postmaster of this very data directory, not one that got its number after a restart. */
async function isOurPostmaster(machine: Machine, file: PostmasterPid, data: string): Promise<boolean> {
  const state = machine.processState(file.pid);
  if (state === "dead" || state === "other") return false;
  if (machine.platform === "linux") {
    const cwd = await readlink(`${machine.paths.proc}/${file.pid}/cwd`).catch(() => null);
    if (cwd !== null) return cwd === (await realpath(data).catch(() => data));
  }
  if (file.port === null) return state === "postgres";
  return (await machine.probe({ host: "127.0.0.1", port: file.port }, 1000)).kind === "postgresql";
}

/** Looks at the folder, its pid file and the process; changes nothing. */
export async function observe(machine: Machine, folder: string): Promise<Observed> {
  const self = await lookAt(folder);
  if (self.kind === "missing") return { kind: "absent" };
  if (self.kind === "denied") return { kind: "no-permission", reason: `Your user may not look into ${folder}.` };
  if (!(await isOurs(folder))) return { kind: "foreign" };
  const { data } = inside(folder);
  const seen = await lookAt(data);
  if (seen.kind === "denied") return { kind: "no-permission", reason: `Your user may not look into ${data}.` };
  if (seen.kind !== "folder") return { kind: "broken", reason: `Its data directory ${data} is missing.` };
  const pidFile = await readText(path.join(data, "postmaster.pid"));
  if (pidFile.kind === "denied") return { kind: "no-permission", reason: `Your user may not look into ${data}.` };
  if (pidFile.kind === "unreadable") {
    return { kind: "broken", reason: `${data}/postmaster.pid cannot be read: ${pidFile.why}.` };
  }
  const port = await readPort(folder);
  const file = pidFile.kind === "text" ? parsePostmasterPid(pidFile.text) : null;
  if (!file || !(await isOurPostmaster(machine, file, data))) return { kind: "stopped", port };
  const ready = file.status === "ready" || file.status === "standby";
  return {
    kind: ready ? "running" : "starting",
    port: file.port ?? port ?? 0,
    pid: file.pid,
    socket: file.socketDirectory !== null,
  };
}
