import { type Endpoint, endpointText } from "../endpoint";
import type { ServerAction, ServerState, StateCause } from "../server";
import type { Container } from "./container";
import type { ContainerCredentials } from "./credentials";
import { printable } from "./raw";

/** What a knock on the published port brought; null when there was nothing to knock on. */
export type Knock = "answers" | "refused" | "timed-out" | null;

/** What stands in the way of a port that a container asks for. */
export interface PortHolder {
  readonly port: number;
  /** "the container db", "PostgreSQL in /var/lib/postgresql/15/main", "another program". */
  readonly who: string;
  /** A container or a PostgreSQL: it has a card of its own. */
  readonly isServer: boolean;
}

export interface ContainerEvidence {
  readonly container: Container;
  /** "Docker" or "Podman". */
  readonly engine: string;
  readonly privatePort: number;
  readonly endpoints: readonly Endpoint[];
  readonly credentials: ContainerCredentials;
  readonly knock: Knock;
  /** Who holds a port that it asks for while it does not run; null: nobody. */
  readonly portHolder: PortHolder | null;
  /** The end of its log, cleaned. */
  readonly log: readonly string[];
  /** True when this app itself runs in a container: there, loopback is not the computer's. */
  readonly isInside: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface ContainerJudgement {
  readonly state: ServerState;
  readonly cause: StateCause | null;
  readonly reason: string | null;
  readonly remedy: string | null;
  readonly actions: readonly ServerAction[];
}

/** The official image makes the first database in seconds; bigger ones with scripts take up to about a minute. */
const STARTING_MS = 60_000;
/** A server that ends this soon after its start never really ran. */
const AT_ONCE_MS = 10_000;
/** 128 + SIGINT, SIGKILL, SIGTERM: somebody ended it. */
const ENDED_BY_SIGNAL = [130, 137, 143];

const judged = (
  state: ServerState,
  reason: string | null,
  more: Partial<Omit<ContainerJudgement, "state" | "reason">> = {},
): ContainerJudgement => ({ state, reason, cause: null, remedy: null, actions: [], ...more });

function judgeRestarting({ container, engine }: ContainerEvidence): ContainerJudgement {
  const reason = `${engine} starts it again and again: it ends each time with exit code ${container.exitCode}.`;
  return judged("broken", reason, { cause: "restarting", remedy: "The end of its log says why it ends." });
}

function judgeUnpublished({ container, privatePort }: ContainerEvidence): ContainerJudgement {
  const reason =
    container.networkMode === "none"
      ? "It runs without a network: nothing outside the container can reach it."
      : `It runs, but its port ${privatePort} is not published on this computer.`;
  return judged("unreachable", reason, { cause: "port-not-published", actions: ["publish"] });
}

function judgeRunning(evidence: ContainerEvidence): ContainerJudgement {
  const { container, endpoints, knock, credentials, now } = evidence;
  if (endpoints.length === 0) return judgeUnpublished(evidence);
  if (knock === "answers") {
    if (container.health === "unhealthy") return judged("running", "It answers, but its health check fails.");
    if (credentials.kind === "file") {
      return judged("running", `Its password is in a file inside the container (${credentials.variable}).`);
    }
    return judged("running", null);
  }
  const age = now - (container.startedAt ?? 0);
  if (container.restartCount > 0 && container.restartPolicy !== "no" && age < AT_ONCE_MS) {
    return judgeRestarting(evidence);
  }
  if (container.health === "starting" || age < STARTING_MS) {
    return judged("starting", "The container runs; PostgreSQL in it does not answer yet.");
  }
  const where = endpoints.map(endpointText).join(" and ");
  return judged("unreachable", `The container runs, but PostgreSQL does not answer on ${where}.`, {
    cause: knock === "timed-out" ? "timed-out" : "refused",
    remedy: evidence.isInside
      ? "This app runs in a container itself: from here, published ports are on host.docker.internal."
      : "The end of its log says what it does.",
  });
}

/** PostgreSQL's start-up check (miscinit.c, ValidatePgVersion); images write their log in English. */
function incompatible(log: readonly string[]): ContainerJudgement | null {
  for (const line of log) {
    const found =
      /initialized by PostgreSQL version (\d+(?:\.\d+)?), which is not compatible with this version (\d+)/.exec(line);
    if (!found) continue;
    return judged("broken", `Its data was made by PostgreSQL ${found[1]}, the image is version ${found[2]}.`, {
      cause: "incompatible-data",
      remedy: `Run it with an image of version ${found[1]}, dump its databases there, and restore them in the new version.`,
    });
  }
  return null;
}

function judgeExited(evidence: ContainerEvidence): ContainerJudgement {
  const { container, credentials, log } = evidence;
  const { exitCode, startedAt, finishedAt } = container;
  const atOnce = startedAt !== null && finishedAt !== null && finishedAt - startedAt < AT_ONCE_MS;
  if (container.outOfMemory) {
    return judged("stopped", "It ended because its memory ran out.", { actions: ["start"] });
  }
  if (exitCode === 0) return judged("stopped", "It was stopped.", { actions: ["start"] });
  if (ENDED_BY_SIGNAL.includes(exitCode)) {
    const reason = exitCode === 137 ? "It was killed (exit code 137)." : "It was stopped.";
    return judged("stopped", reason, { actions: ["start"] });
  }
  const data = incompatible(log);
  if (data) return data;
  if (credentials.kind === "missing" && exitCode === 1 && atOnce) {
    return judged("broken", "It ended at once: the image makes no database without POSTGRES_PASSWORD.", {
      cause: "failed-start",
      remedy: "Remove the container and run it again with -e POSTGRES_PASSWORD=, a password behind it.",
    });
  }
  const reason = atOnce
    ? `It ended right after its start with exit code ${exitCode}.`
    : `It ended with exit code ${exitCode}.`;
  return judged(atOnce ? "broken" : "stopped", reason, {
    cause: atOnce ? "failed-start" : null,
    remedy: "The end of its log says why it ended.",
    actions: ["start"],
  });
}

const PORT_TAKEN = {
  cause: "port-taken",
  remedy: "Stop the other one, or publish this one on another port.",
  actions: ["start", "publish"],
} as const;

function judgeStopped(evidence: ContainerEvidence): ContainerJudgement {
  const { container, portHolder } = evidence;
  if (container.error === "") {
    const ended =
      container.status === "created"
        ? judged("stopped", "Made, never started.", { actions: ["start"] })
        : judgeExited(evidence);
    if (ended.state !== "stopped" || portHolder === null || portHolder.isServer) return ended;
    return {
      ...ended,
      reason: `Port ${portHolder.port} is taken by ${portHolder.who}. ${ended.reason}`,
      ...PORT_TAKEN,
    };
  }
  // The engine keeps its words until a start goes well: exit code and times are then of the one before.
  if (portHolder)
    return judged(
      "stopped",
      `Its last start failed: port ${portHolder.port} is taken by ${portHolder.who}.`,
      PORT_TAKEN,
    );
  const reason = `Its last start failed: ${printable(container.error, 200)}`;
  return judged("stopped", reason, { cause: "failed-start", actions: ["start"] });
}

/** Names the state of a container's PostgreSQL and why: by the engine's state, then by who answers on the published port. */
export function judgeContainer(evidence: ContainerEvidence): ContainerJudgement {
  const { container } = evidence;
  switch (container.status) {
    case "removing":
    case "dead":
      return judged("broken", "It is being removed.");
    case "restarting":
      return judgeRestarting(evidence);
    case "paused":
      return judged("paused", "It is paused: it holds its port and answers nothing.", { actions: ["unpause"] });
    case "running":
      if (container.restarting) return judgeRestarting(evidence);
      if (container.paused)
        return judged("paused", "It is paused: it holds its port and answers nothing.", { actions: ["unpause"] });
      return judgeRunning(evidence);
    default:
      return judgeStopped(evidence);
  }
}
