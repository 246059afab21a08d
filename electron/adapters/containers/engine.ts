import {
  type Container,
  type ListedContainer,
  readContainer,
  readListed,
} from "../../../shared/domain/containers/container";
import { engineHostText } from "../../../shared/domain/containers/engine-host";
import { printable } from "../../../shared/domain/containers/raw";
import { isLoopback } from "../../../shared/domain/endpoint";
import { err, ok, type Result } from "../../../shared/domain/result";
import { type EngineApi, type EngineFailure, openEngine } from "./api";
import { createOutputReader } from "./frames";
import type { EnginePlace } from "./places";

/** An engine that answered, with what it says to everybody who asks. */
export interface Engine {
  readonly place: EnginePlace;
  readonly api: EngineApi;
  readonly origin: "docker" | "podman";
  /** "Docker" or "Podman". */
  readonly title: string;
  /** Null: this computer. */
  readonly host: string | null;
  /** All containers, running or not. */
  readonly containers: readonly ListedContainer[];
  /** Entries of the list that are no containers. */
  readonly unreadable: number;
}

/** Time an engine gets to list its containers and to describe one, in ms. */
const ENGINE_MS = 2000;
const LOG_MS = 1000;

/** Opens the engine at a place and lists its containers; `close` its api when done. */
export async function askEngine(place: EnginePlace, signal: AbortSignal): Promise<Result<Engine, EngineFailure>> {
  const api = await openEngine(place);
  const listed = await api.json("/containers/json?all=1", { timeoutMs: ENGINE_MS, signal });
  if (!listed.ok || !Array.isArray(listed.value.value)) {
    api.close();
    return listed.ok ? err({ kind: "garbled", status: null, message: "" }) : listed;
  }
  const entries: readonly unknown[] = listed.value.value;
  const containers = entries.map(readListed).filter((one) => one !== null);
  const { isPodman } = listed.value;
  const { address } = place;
  return ok({
    place,
    api,
    origin: isPodman ? "podman" : "docker",
    title: isPodman ? "Podman" : "Docker",
    host: address.kind === "tcp" && !isLoopback(address.host) ? address.host : null,
    containers,
    unreadable: entries.length - containers.length,
  });
}

/** Everything about one container, its environment included. `which` is an id or a plain name. */
export async function inspect(
  api: EngineApi,
  which: string,
  signal: AbortSignal,
): Promise<Result<Container, EngineFailure>> {
  const answer = await api.json(`/containers/${encodeURIComponent(which)}/json`, { timeoutMs: ENGINE_MS, signal });
  if (!answer.ok) return answer;
  const container = readContainer(answer.value.value);
  return container ? ok(container) : err({ kind: "garbled", status: null, message: "" });
}

/** The end of a container's output as text; "" when the engine keeps none. */
export async function readLog(
  api: EngineApi,
  { id, terminal }: Container,
  tail: number,
  signal: AbortSignal,
): Promise<string> {
  const target = `/containers/${id}/logs?stdout=1&stderr=1&tail=${tail}`;
  const answer = await api.ask("GET", target, { timeoutMs: LOG_MS, signal });
  return answer.ok ? createOutputReader(terminal)(answer.value.body) : "";
}

/** The client's words that lead to this engine: "docker", or with the address of an engine it does not ask by itself. */
export function clientWords({ origin, place }: Pick<Engine, "origin" | "place">): readonly string[] {
  if (place.key === null) return [origin];
  return [origin, origin === "podman" ? "--url" : "-H", engineHostText(place.address)];
}

const where = ({ address }: EnginePlace): string =>
  printable(address.kind === "local" ? address.path : engineHostText(address));

/** One line about an engine that gave no list, and what to do; null when there simply is none. */
export function failureLine(
  place: EnginePlace,
  { kind, status, message }: EngineFailure,
): { readonly kind: "no-permission" | "timed-out" | "unreadable" | "failed"; readonly message: string } | null {
  const { title, namedBy, address } = place;
  const at = where(place);
  switch (kind) {
    case "denied":
      return {
        kind: "no-permission",
        message:
          address.kind === "local" && address.path.endsWith("docker.sock")
            ? `Your user may not ask ${title} (${at}): it is not in the docker group. Run "sudo usermod -aG docker $USER", then sign in to this computer anew.`
            : `Your user may not ask ${title} (${at}).`,
      };
    case "refused":
      return { kind: "failed", message: `${title} does not run: nothing listens on ${at}. Start it, then scan again.` };
    case "missing":
      return namedBy ? { kind: "failed", message: `${namedBy} leads to ${at}, and nothing is there.` } : null;
    case "timed-out":
      return {
        kind: "timed-out",
        message: `${title} (${at}) does not answer within ${ENGINE_MS / 1000} s. Restarting it usually helps.`,
      };
    case "garbled":
      return {
        kind: "unreadable",
        message: `What answers on ${at} is no container engine${message === "" ? "" : ` (${printable(message, 60)})`}.`,
      };
    case "too-large":
      return { kind: "unreadable", message: `The list of containers of ${title} (${at}) is too long to read.` };
    case "status": {
      const words = message === "" ? "" : `: ${printable(message, 160)}`;
      return { kind: "failed", message: `${title} (${at}) does not list its containers (status ${status})${words}.` };
    }
  }
}
