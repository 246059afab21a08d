import { setMaxListeners } from "node:events";
import { isPostgresImage } from "../../../shared/domain/containers/image";
import { isPostgres, mayBePostgres } from "../../../shared/domain/containers/recognise";
import type { SourceProblem } from "../../../shared/domain/server";
import type { DetectContext, Detected, DetectSource } from "../../use-cases/detection";
import type { Machine } from "../detect/machine";
import { surroundingsOf } from "../detect/surroundings";
import { type Engine, failureLine, inspect } from "./engine";
import { engineOnce, placesOnce } from "./engines-once";
import { containerFinding, type Looking, silentFinding } from "./finding";
import { merged } from "./merged";
import { type EnginePlace, SOURCE_ID } from "./places";

/** More PostgreSQL containers than anybody has; the rest is left out and said. */
const MOST = 300;
/** Containers looked at side by side. */
const AT_ONCE = 16;

const complaint = (problem: Omit<SourceProblem, "source">): Detected => ({
  kind: "problem",
  problem: { source: SOURCE_ID, ...problem },
});

async function look(engine: Engine, index: number, looking: Looking): Promise<Detected | null> {
  const listed = engine.containers[index];
  if (!listed) return null;
  const container = await inspect(engine.api, listed.id, looking.signal);
  if (container.ok) {
    if (!isPostgres(container.value)) return null;
    return { kind: "server", finding: await containerFinding(engine, container.value, looking) };
  }
  // Removed since it was listed, or not known to be PostgreSQL: nothing to say.
  if (container.error.status === 404 || !isPostgresImage(listed.image)) return null;
  return { kind: "server", finding: silentFinding(engine, listed) };
}

async function* readEngine(place: EnginePlace, context: DetectContext, looking: Looking): AsyncGenerator<Detected> {
  const asked = await engineOnce(place, context);
  if (!asked.ok) {
    const line = looking.signal.aborted ? null : failureLine(place, asked.error);
    if (line) yield complaint(line);
    return;
  }
  const engine = asked.value;
  try {
    if (engine.unreadable > 0) {
      const message = `${engine.title} lists ${engine.unreadable} containers that cannot be read; they are left out.`;
      yield complaint({ kind: "unreadable", message });
    }
    const candidates = engine.containers.flatMap((listed, index) => (mayBePostgres(listed) ? [index] : []));
    if (candidates.length > MOST) {
      const message = `${engine.title} has ${candidates.length} containers that may be PostgreSQL; ${MOST} are looked at.`;
      yield complaint({ kind: "unreadable", message });
    }
    const waiting = candidates.slice(0, MOST);
    async function* work(): AsyncGenerator<Detected> {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        const seen = await look(engine, index, looking);
        if (seen) yield seen;
      }
    }
    yield* merged(Array.from({ length: AT_ONCE }, work));
  } finally {
    engine.api.close();
  }
}

/** PostgreSQL in containers of Docker, Podman and every engine that speaks Docker's API; starts no `docker`. */
export const containersSource = (machine: Machine): DetectSource => ({
  id: SOURCE_ID,
  title: "Containers",
  timeLimitMs: 4500,
  explains: true,
  async *find(context: DetectContext) {
    const { places, problems } = await placesOnce(machine, context);
    for (const problem of problems) yield { kind: "problem", problem } as const;
    // Every request listens to it; that many listeners are no leak.
    setMaxListeners(0, context.signal);
    const looking = { machine, signal: context.signal, surroundings: () => surroundingsOf(machine, context) };
    yield* merged(places.map((place) => readEngine(place, context, looking)));
  },
});
