import { printable } from "../../../shared/domain/containers/raw";
import { loopbackOf } from "../../../shared/domain/detect/proc-net";
import { isSocket } from "../../../shared/domain/endpoint";
import type { Server } from "../../../shared/domain/server";
import type { Machine } from "./machine";
import { readSurroundings } from "./surroundings";

const PROBE_MS = 1000;

/** Who holds an address that a server wants: "127.0.0.1:5432 is held by ..."; null when nobody else does, or the system does not tell. */
export async function holderOf(
  machine: Machine,
  { endpoints, dataDirectory }: Pick<Server, "endpoints" | "dataDirectory">,
): Promise<string | null> {
  const { listeners, processes } = await readSurroundings(machine);
  const own = dataDirectory === null ? null : ((await machine.files.realPath(dataDirectory)) ?? dataDirectory);
  for (const endpoint of endpoints) {
    if (isSocket(endpoint)) continue;
    const { host, port } = endpoint;
    const listener = listeners?.find((one) => one.port === port && loopbackOf(one.address) === host);
    if (!listener) continue;
    const process = processes.find(({ inodes }) => listener.inode !== null && inodes?.has(listener.inode));
    if (process && process.dataDirectory === own) continue;
    const where = process?.dataDirectory ? `, data in ${printable(process.dataDirectory, 300)}` : "";
    if (process) return `${host}:${port} is held by another PostgreSQL (process ${process.pid}${where})`;
    const { kind } = await machine.probe(endpoint, PROBE_MS);
    return `${host}:${port} is held by another ${kind === "postgresql" ? "PostgreSQL" : "program"}`;
  }
  return null;
}
