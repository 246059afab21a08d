import { setTimeout as wait } from "node:timers/promises";
import type { Container } from "../../../shared/domain/containers/container";
import { containerId, containerName } from "../../../shared/domain/containers/identity";
import { publishPlan } from "../../../shared/domain/containers/publish";
import { printable } from "../../../shared/domain/containers/raw";
import { isPostgres, privatePortOf } from "../../../shared/domain/containers/recognise";
import { err, ok, type Problem, problem, type Result } from "../../../shared/domain/result";
import type { Server, ServerAction } from "../../../shared/domain/server";
import type { ActionPlan, Finding, ServerControl, TellLine } from "../../use-cases/detection";
import { type Machine, thisMachine } from "../detect/machine";
import { readSurroundings } from "../detect/surroundings";
import { isFree } from "../private-server/free-port";
import { askEngine, clientWords, type Engine, failureLine, inspect } from "./engine";
import { containerFinding, type Looking } from "./finding";
import { followLog, listenForReady } from "./follow-log";
import { enginePlaces } from "./places";
import { portHolder } from "./port-holder";

/** The engine sets up network and volumes before it answers. */
const ACTION_MS = 60_000;
/** Time PostgreSQL gets to answer after its container runs: a first start makes the database. */
const READY_MS = 120_000;
const LOOK_AGAIN_MS = 100;
/** A server that answers still writes that it does; its line comes through the engine. */
const LAST_LINE_MS = 1_000;
const LOOK_MS = 2_000;
/** The ports offered for publishing: PostgreSQL's own, then its neighbours. */
const PORTS = [5432, 5433, 5434, 5435, 5436, 5437, 5438, 5439, 54320, 54321, 54322, 54323];

const cancelled = problem("cancelled", "It was cancelled. A container that was told to start goes on by itself.");
const never = new AbortController().signal;

interface Found {
  readonly engine: Engine;
  readonly container: Container;
}

/** Starts and unpauses containers over their engine's API, and writes the lines that publish a port. */
export function createContainerControl(machine: Machine = thisMachine()): ServerControl {
  /** The container as it is now; `use` gets it and the engine, which is closed afterwards. */
  async function withContainer<T>(
    server: Server,
    signal: AbortSignal,
    use: (found: Found) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const name = containerName(server.id);
    const gone = problem("not-found", `${server.label} is not there any more.`, { next: "Scan again." });
    if (name === null) return err(gone);
    let told: Problem = gone;
    for (const place of (await enginePlaces(machine)).places) {
      if (containerId(server.origin, name, place.key) !== server.id) continue;
      const asked = await askEngine(place, signal);
      if (signal.aborted) return err(cancelled);
      if (!asked.ok) {
        const line = failureLine(place, asked.error);
        if (line) told = problem(line.kind === "no-permission" ? "no-permission" : "unreachable", line.message);
        continue;
      }
      const engine = asked.value;
      try {
        if (engine.origin !== server.origin) continue;
        const container = await inspect(engine.api, name, signal);
        if (container.ok && isPostgres(container.value)) return await use({ engine, container: container.value });
      } finally {
        engine.api.close();
      }
    }
    return err(told);
  }

  const looking = (signal: AbortSignal): Looking => ({
    machine,
    signal,
    surroundings: () => readSurroundings(machine),
  });

  async function publish({ engine, container }: Found) {
    const free = await Promise.all(PORTS.map(isFree));
    // A name whose tag was taken away would be looked for on the internet: then the image's id is used.
    const limits = { timeoutMs: LOOK_MS, signal: never };
    const named = await engine.api.ask("GET", `/images/${encodeURIComponent(container.image)}/json`, limits);
    return publishPlan({
      container: named.ok ? container : { ...container, image: container.imageId },
      client: clientWords(engine),
      privatePort: privatePortOf(container),
      port: PORTS.find((_, index) => free[index]) ?? 5432,
      shell: machine.platform === "win32" ? "powershell" : "posix",
    });
  }

  /** Why an engine would not start a container: its port is taken, by whom, else the engine's own words. */
  async function startFailure({ engine, container }: Found, message: string, signal: AbortSignal): Promise<Problem> {
    const holder = await portHolder(machine, container, engine.containers, looking(signal).surroundings);
    const what = `${engine.title} cannot start ${container.name}`;
    if (!holder) return problem("command-failed", `${what}: ${printable(message, 300) || "it does not say why"}.`);
    return problem("command-failed", `${what}: port ${holder.port} is taken by ${holder.who}.`, {
      next: "Stop the other one, then start this one again.",
      code: "EADDRINUSE",
    });
  }

  /** Tells the container's log until its PostgreSQL answers or it ends. */
  async function untilReady(
    { engine, container }: Found,
    tell: TellLine,
    signal: AbortSignal,
  ): Promise<Result<Finding>> {
    const stop = new AbortController();
    const started = await inspect(engine.api, container.id, signal);
    const log = listenForReady(tell);
    if (started.ok) void followLog(engine.api, started.value, log.tell, stop.signal);
    const until = performance.now() + READY_MS;
    try {
      for (;;) {
        if (signal.aborted) return err(cancelled);
        const now = await inspect(engine.api, container.id, signal);
        if (!now.ok)
          return err(signal.aborted ? cancelled : problem("command-failed", `${engine.title} lost ${container.name}.`));
        const finding = await containerFinding(engine, now.value, looking(signal));
        const { state, cause, reason } = finding.server;
        // A port that is not published cannot be knocked on: that the container runs is all that can be known.
        if (state === "running" || cause === "port-not-published") {
          if (started.ok) await log.within(LAST_LINE_MS);
          return ok(finding);
        }
        if (state === "stopped" || state === "broken") {
          return err(
            problem("command-failed", `${container.name} ended again. ${reason ?? ""}`.trim(), {
              next: "Its log says why.",
            }),
          );
        }
        if (performance.now() > until) {
          return err(
            problem("command-failed", `${container.name} runs and is not ready after ${READY_MS / 1000} seconds.`, {
              next: "Its log says why.",
            }),
          );
        }
        await wait(LOOK_AGAIN_MS);
      }
    } finally {
      stop.abort();
    }
  }

  async function act(
    found: Found,
    verb: "start" | "unpause",
    tell: TellLine,
    signal: AbortSignal,
  ): Promise<Result<Finding>> {
    const { engine, container } = found;
    const isDone = container.status === "running" && !container.paused;
    if (!isDone) {
      if (verb === "unpause" ? !container.paused : container.paused) {
        return err(
          problem("changed-meanwhile", `${container.name} is not as it was when it was found.`, {
            next: "Scan again.",
          }),
        );
      }
      const answer = await engine.api.ask("POST", `/containers/${container.id}/${verb}`, {
        timeoutMs: ACTION_MS,
        signal,
      });
      if (signal.aborted) return err(cancelled);
      if (!answer.ok) return err(await startFailure(found, answer.error.message, signal));
      tell(container.name);
    }
    return untilReady(found, tell, signal);
  }

  return {
    origins: ["docker", "podman"],
    plan: (server: Server, action: ServerAction) =>
      withContainer<ActionPlan>(server, never, async (found) => {
        const { engine, container } = found;
        if (action === "publish") {
          const plan = await publish(found);
          if (!plan.ok) return plan;
          const { lines, note } = plan.value;
          return ok({ title: `Publish the port of ${server.label}`, commands: lines, runnable: false, note });
        }
        if (action !== "start" && action !== "unpause") {
          return err(problem("invalid-input", `${server.label} has nothing to ${action}.`));
        }
        const command = [...clientWords(engine), action, container.name].join(" ");
        const title = action === "start" ? `Start ${server.label}` : `Let ${server.label} go on`;
        return ok({ title, commands: [command], runnable: true, note: null });
      }),
    run: (server, action, tell, signal) =>
      withContainer(server, signal, async (found) => {
        if (action !== "start" && action !== "unpause") {
          return err(problem("invalid-input", `${server.label} has nothing to ${action} from here.`));
        }
        return act(found, action, tell, signal);
      }),
  };
}
