import { inodesOfSocket, loopbackOf } from "../../../shared/domain/detect/proc-net";
import { type Endpoint, endpointText, isSocket, socketPath } from "../../../shared/domain/endpoint";
import type { DetectContext } from "../../use-cases/detection";
import type { Surroundings } from "./cluster";
import { readListeners } from "./listeners";
import type { Machine } from "./machine";
import { readProcList } from "./proc-list";
import { postgresProcesses } from "./processes";

/** Who listens and which postmasters run, now. */
export async function readSurroundings(machine: Machine): Promise<Surroundings> {
  const [listeners, processes] = await Promise.all([
    readListeners(machine),
    machine.platform === "linux" ? postgresProcesses(machine) : [],
  ]);
  return { listeners, processes };
}

/** The same, read once a scan. */
export const surroundingsOf = (machine: Machine, context: Pick<DetectContext, "once">): Promise<Surroundings> =>
  context.once("surroundings", () => readSurroundings(machine));

/** The kernel's list of Unix sockets, read once a scan. */
export const unixSocketsOf = ({ paths, platform }: Machine, context: Pick<DetectContext, "once">): Promise<string> =>
  context.once("unix sockets", async () =>
    platform === "linux" ? ((await readProcList(`${paths.proc}/net/unix`)) ?? "") : "",
  );

/** The process that holds an address of its own, where the rights show whose socket it is; null where nobody can tell. */
async function holderOf(machine: Machine, context: Pick<DetectContext, "once">, endpoint: Endpoint) {
  const { listeners, processes } = await surroundingsOf(machine, context);
  if (processes.length === 0) return null;
  const inodes = isSocket(endpoint)
    ? inodesOfSocket(await unixSocketsOf(machine, context), socketPath(endpoint))
    : (listeners ?? [])
        .filter(({ port, address }) => port === endpoint.port && loopbackOf(address) === endpoint.host)
        .map(({ inode }) => inode);
  return processes.find((one) => inodes.some((inode) => inode !== null && one.inodes?.has(inode)))?.pid ?? null;
}

/**
 * The machine as the sources of one scan share it: each of its own addresses is knocked on once, whoever asks, and a server that
 * is known to hold several of them is asked at one. A knock makes PostgreSQL start a process.
 */
export const knockingOnce = (machine: Machine, context: Pick<DetectContext, "once">): Machine => ({
  ...machine,
  async probe(endpoint, timeoutMs) {
    // Only Linux tells whose socket is whose.
    const holder = machine.platform === "linux" ? await holderOf(machine, context, endpoint) : null;
    const door = holder === null ? endpointText(endpoint) : `process ${holder}`;
    return context.once(`knock ${door}`, () => machine.probe(endpoint, timeoutMs));
  },
});
