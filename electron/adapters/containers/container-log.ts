import type { IncomingMessage } from "node:http";
import { type Container, readContainer } from "../../../shared/domain/containers/container";
import { containerId, containerName } from "../../../shared/domain/containers/identity";
import type { LogTail } from "../../../shared/domain/diagnose/server-log";
import type { Server } from "../../../shared/domain/server";
import type { LogReading, ReadServerLog } from "../../use-cases/diagnose-log";
import { type Machine, thisMachine } from "../detect/machine";
import { type EngineApi, openEngine, within } from "./api";
import { clientWords } from "./engine";
import { createOutputReader } from "./frames";
import { type EnginePlace, enginePlaces } from "./places";

/** Time an engine gets to describe a container and to begin with its log, in ms. */
const ENGINE_MS = 1_000;
/** Time a line gets to come from the server through the engine into its log, in ms: usually it takes less than ten. */
const ARRIVAL_MS = 400;
/** The end of a log that one failure can be found in: lines that are asked for, characters that are kept. */
const LINES = 500;
const TAIL = 64 * 1024;
/** Nothing more is read than this, in bytes: a line of a container can be as long as it likes. */
const MOST = 4 * 1024 * 1024;

async function describe(api: EngineApi, server: Server, name: string, signal: AbortSignal): Promise<Container | null> {
  const target = `/containers/${encodeURIComponent(name)}/json`;
  const answer = await api.json(target, { timeoutMs: ENGINE_MS, signal });
  if (!answer.ok || answer.value.isPodman !== (server.origin === "podman")) return null;
  return readContainer(answer.value.value);
}

/** Reads until it is enough, the time is over, or too much came; what was read till then counts. */
async function endOf(stream: IncomingMessage, terminal: boolean, isEnough: LogReading["isEnough"]): Promise<string> {
  const read = createOutputReader(terminal);
  let size = 0;
  let text = "";
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      size += part.length;
      text = (text + read(part)).slice(-TAIL);
      if (size > MOST || isEnough(text)) break;
    }
  } catch {
    // The signal, or an engine that went away.
  }
  return text;
}

/** What a container has written since its last start; null where the engine gives no log of it. */
async function tailOf(
  api: EngineApi,
  { id, startedAt, terminal }: Container,
  { isEnough, signal }: LogReading,
): Promise<string | null> {
  const since = Math.floor((startedAt ?? 0) / 1000);
  const target = `/containers/${id}/logs?stdout=1&stderr=1&follow=1&tail=${LINES}&since=${since}`;
  const begin = within({ timeoutMs: ENGINE_MS, signal });
  const opened = await api.stream(target, begin.signal);
  if (!opened.ok) {
    begin.done();
    return null;
  }
  const late = setTimeout(() => opened.value.destroy(), ARRIVAL_MS);
  try {
    return await endOf(opened.value, terminal, isEnough);
  } finally {
    clearTimeout(late);
    begin.done();
  }
}

async function readAt(place: EnginePlace, server: Server, name: string, reading: LogReading): Promise<LogTail | null> {
  const api = await openEngine(place);
  try {
    const container = await describe(api, server, name, reading.signal);
    const text = container && (await tailOf(api, container, reading));
    if (!container || text === null) return null;
    const origin = server.origin === "podman" ? "podman" : "docker";
    return { file: [...clientWords({ origin, place }), "logs", container.name].join(" "), text };
  } finally {
    api.close();
  }
}

/**
 * Reads the end of what a server in a container wrote, over its engine's API: what was written since its last start, at
 * most 500 lines and 64 Ki characters. A line that is still on its way is waited for, 0.4 s at most.
 */
export function createReadContainerLog(machine: Machine = thisMachine()): ReadServerLog {
  return async (server, reading) => {
    const name = containerName(server.id);
    if (name === null) return null;
    for (const place of (await enginePlaces(machine)).places) {
      if (containerId(server.origin, name, place.key) !== server.id) continue;
      const tail = await readAt(place, server, name, reading);
      if (tail !== null || reading.signal.aborted) return tail;
    }
    return null;
  };
}
