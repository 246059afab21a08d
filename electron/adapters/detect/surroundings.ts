import type { DetectContext } from "../../use-cases/detection";
import type { Surroundings } from "./apt-cluster";
import { readListeners } from "./listeners";
import type { Machine } from "./machine";
import { postgresProcesses } from "./processes";

/** Who listens and which postmasters run, read once a scan. */
export const surroundingsOf = (machine: Machine, context: Pick<DetectContext, "once">): Promise<Surroundings> =>
  context.once("surroundings", async () => ({
    listeners: readListeners(machine),
    processes: machine.platform === "linux" ? await postgresProcesses(machine) : [],
  }));
