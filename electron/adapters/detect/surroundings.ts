import { endpointText } from "../../../shared/domain/endpoint";
import type { DetectContext } from "../../use-cases/detection";
import type { Surroundings } from "./cluster";
import { readListeners } from "./listeners";
import type { Machine } from "./machine";
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

/** The machine as the sources of one scan share it: each of its own addresses is knocked on once, whoever asks. */
export const knockingOnce = (machine: Machine, context: Pick<DetectContext, "once">): Machine => ({
  ...machine,
  probe: (endpoint, timeoutMs) =>
    context.once(`knock ${endpointText(endpoint)}`, () => machine.probe(endpoint, timeoutMs)),
});
