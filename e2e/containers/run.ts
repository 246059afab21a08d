import { setTimeout as wait } from "node:timers/promises";
import { probePostgres } from "../../electron/adapters/postgres/probe";
import type { TestEngine } from "./engine";
import { IMAGE, type Situation } from "./situations";

const READY_MS = 60_000;

/** Containers made side by side: initdb keeps a core busy. */
const AT_ONCE = 3;

function wordsOf({ name, args, image = IMAGE, command = [], create }: Situation, imageId: string): readonly string[] {
  const verb = create ? ["create", "--pull=never"] : ["run", "--pull=never", "-d"];
  const signal = ["--stop-signal", "SIGINT"];
  return [...verb, ...signal, "--name", name, ...args, image === "ID" ? imageId : image, ...command];
}

/** Makes the containers of situations as their `docker run` lines say; a start that fails is part of some. */
export async function makeContainers(engine: TestEngine, situations: readonly Situation[]): Promise<void> {
  const imageId = await engine.docker("image", "inspect", "-f", "{{.Id}}", IMAGE);
  const waiting = [...situations];
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      await engine.docker(...wordsOf(one, imageId)).catch(async (error: Error) => {
        // It stays, made and not started, when only its port is taken.
        if ((await engine.docker("ps", "-aq", "-f", `name=^${one.name}$`)) === "") throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Waits until PostgreSQL answers at "host:port". */
export async function untilAnswers(place: string): Promise<void> {
  const at = /^\[?([^\]]+)\]?:(\d+)$/.exec(place);
  const endpoint = { host: at?.[1] as string, port: Number(at?.[2]) };
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    if ((await probePostgres(endpoint, 1000)).kind === "postgresql") return;
    await wait(100);
  }
  throw new Error(`PostgreSQL does not answer on ${place}`);
}
