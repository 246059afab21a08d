import { printable } from "../../../shared/domain/containers/raw";
import { loopbackOf, loopbacksOf } from "../../../shared/domain/detect/proc-net";
import { type Endpoint, endpointText, isSocket } from "../../../shared/domain/endpoint";
import type { Server } from "../../../shared/domain/server";
import type { Surroundings } from "./cluster";
import type { Machine } from "./machine";
import type { PostgresProcess } from "./processes";
import { readSurroundings } from "./surroundings";

const PROBE_MS = 1000;

interface Holder {
  readonly endpoint: Endpoint;
  /** Where the rights show it. */
  readonly process: PostgresProcess | null;
  readonly isPostgres: boolean;
}

/** Who holds the first of the addresses that another one holds; null where all are free, or the system does not tell. */
async function firstHolder(
  machine: Machine,
  { endpoints, dataDirectory }: Pick<Server, "endpoints" | "dataDirectory">,
  { listeners, processes }: Surroundings,
): Promise<Holder | null> {
  for (const endpoint of endpoints) {
    if (isSocket(endpoint)) continue;
    const { host, port } = endpoint;
    const near = listeners?.filter((one) => one.port === port && loopbacksOf(one.address).includes(host)) ?? [];
    const exact = near.find(({ address }) => loopbackOf(address) === host);
    const listener = exact ?? near[0];
    if (!listener) continue;
    const process = processes.find(({ inodes }) => listener.inode !== null && inodes?.has(listener.inode)) ?? null;
    // PostgreSQL on :: takes IPv6 only.
    if (process && !exact) continue;
    const own = dataDirectory === null ? null : ((await machine.files.realPath(dataDirectory)) ?? dataDirectory);
    if (process && process.dataDirectory === own) continue;
    if (process) return { endpoint, process, isPostgres: true };
    const { kind } = await machine.probe(endpoint, PROBE_MS);
    if (exact || kind !== "refused") return { endpoint, process, isPostgres: kind === "postgresql" };
  }
  return null;
}

/** Who holds an address that a server wants: "127.0.0.1:5432 is held by ..."; null when nobody else does, or the system does not tell. */
export async function holderOf(
  machine: Machine,
  server: Pick<Server, "endpoints" | "dataDirectory">,
): Promise<string | null> {
  const holder = await firstHolder(machine, server, await readSurroundings(machine));
  if (holder === null) return null;
  const held = `${endpointText(holder.endpoint)} is held by another`;
  const { process, isPostgres } = holder;
  if (process === null) return `${held} ${isPostgres ? "PostgreSQL" : "program"}`;
  const where = process.dataDirectory === null ? "" : `, data in ${printable(process.dataDirectory, 300)}`;
  return `${held} PostgreSQL (process ${process.pid}${where})`;
}

/** The address of a stopped server that a program other than PostgreSQL holds; null: none. Another PostgreSQL has a card of its own. */
export async function heldByProgram(
  machine: Machine,
  server: Pick<Server, "endpoints" | "dataDirectory">,
  around: Surroundings,
): Promise<Endpoint | null> {
  const holder = await firstHolder(machine, server, around);
  return holder === null || holder.isPostgres ? null : holder.endpoint;
}
