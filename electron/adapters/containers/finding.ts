import type { Container, ListedContainer, PublishedPort } from "../../../shared/domain/containers/container";
import { type ContainerCredentials, readCredentials } from "../../../shared/domain/containers/credentials";
import { type Reach, reachOf } from "../../../shared/domain/containers/endpoints";
import {
  composeOf,
  containerId,
  containerLabel,
  isPlainName,
  versionOf,
} from "../../../shared/domain/containers/identity";
import { type ContainerEvidence, judgeContainer, type Knock } from "../../../shared/domain/containers/judge";
import { lastLines } from "../../../shared/domain/containers/log";
import { printable } from "../../../shared/domain/containers/raw";
import { privatePortOf } from "../../../shared/domain/containers/recognise";
import { loopbackOf } from "../../../shared/domain/detect/proc-net";
import { isSocket, type TcpEndpoint } from "../../../shared/domain/endpoint";
import { looksSecret } from "../../../shared/domain/env/mask";
import type { ServerAction, ServerEvidence } from "../../../shared/domain/server";
import type { Finding } from "../../use-cases/detection";
import type { Access } from "../../use-cases/ports";
import type { Surroundings } from "../detect/cluster";
import { readProc } from "../detect/files";
import type { Machine } from "../detect/machine";
import { clientWords, type Engine, readLog } from "./engine";
import { portHolder } from "./port-holder";

/** Time PostgreSQL in a container gets to answer; the engine's proxy accepts before it does. */
const PROBE_MS = 1000;
const LOG_TAIL = 40;
const LOG_LINES = 6;

/** What a look at a container needs besides the engine. */
export interface Looking {
  readonly machine: Machine;
  readonly surroundings: () => Promise<Surroundings>;
  readonly signal: AbortSignal;
}

/** The postmaster of a container among this computer's processes: its cgroup bears the container's id. Linux only. */
function postmasterOf(machine: Machine, id: string, around: Surroundings): number | null {
  const inside = around.processes.filter(({ pid }) => readProc(`${machine.paths.proc}/${pid}/cgroup`)?.includes(id));
  return inside[0]?.pid ?? null;
}

/** With the computer's own network nothing is published: PostgreSQL listens for itself. */
function hostReach(port: number, pid: number | null, around: Surroundings): Reach {
  const inodes = around.processes.find((process) => process.pid === pid)?.inodes;
  const hosts = (around.listeners ?? [])
    .filter((listener) => listener.port === port && listener.inode !== null && inodes?.has(listener.inode))
    .map(({ address }) => loopbackOf(address))
    .filter((host) => host !== null);
  const held: TcpEndpoint[] = [...new Set(hosts)].sort().map((host) => ({ host, port }));
  const endpoints = held.length > 0 ? held : [{ host: "127.0.0.1", port }];
  return { endpoints, reaches: endpoints };
}

async function knock({ machine }: Looking, { endpoints }: Reach): Promise<Knock> {
  const answers = await Promise.all(endpoints.map((endpoint) => machine.probe(endpoint, PROBE_MS)));
  if (answers.some(({ kind }) => kind === "postgresql")) return "answers";
  if (answers.length === 0) return null;
  return answers.some(({ kind }) => kind === "timeout") ? "timed-out" : "refused";
}

/** Every value of the environment that must not stand in a log shown. */
const secretsOf = ({ environment }: Container): readonly string[] =>
  [...environment].filter(([name, value]) => looksSecret(name) && value !== "").map(([, value]) => value);

export const cleanLog = (text: string, container: Container, count: number): readonly string[] =>
  lastLines(text, secretsOf(container), count);

function evidenceOf(container: Container, log: readonly string[], engine: Engine): readonly ServerEvidence[] {
  const compose = composeOf(container);
  const data = container.mounts.find(({ destination }) => /postgres|pgdata/i.test(destination));
  const seen: (ServerEvidence | null)[] = [
    { kind: "container", label: "Container", text: `${printable(container.name)} (${container.id.slice(0, 12)})` },
    { kind: "container", label: "Image", text: printable(container.image) },
    compose && {
      kind: "container",
      label: "Compose",
      text: `${compose.project}/${compose.service}${compose.folder === "" ? "" : ` in ${compose.folder}`}`,
    },
    data
      ? { kind: "path", label: "Data", text: `${printable(data.source, 200)} at ${printable(data.destination, 200)}` }
      : null,
    container.error === ""
      ? null
      : { kind: "log", label: `What ${engine.title} said`, text: printable(container.error, 400) },
    container.health === "unhealthy" && container.healthOutput !== ""
      ? { kind: "log", label: "Health check", text: cleanLog(container.healthOutput, container, 3).join("\n") }
      : null,
    log.length === 0 ? null : { kind: "log", label: "End of its log", text: log.join("\n") },
  ];
  return seen.filter((one): one is ServerEvidence => one !== null);
}

function accessesOf({ kind, user, password }: ContainerCredentials, { endpoints }: Reach): readonly Access[] {
  if (kind !== "password" && kind !== "trust") return [];
  return endpoints
    .filter((endpoint) => !isSocket(endpoint))
    .map((endpoint) => ({ kind: "wire", endpoint, user, password, sslmode: "prefer", parameters: {} }));
}

const isUp = ({ status, paused }: Container): boolean => status === "running" || paused;

/** Ports it holds now; for one that does not run, those it asks for. Podman keeps telling ports of containers that ended. */
function portsOf(container: Container): readonly PublishedPort[] {
  return isUp(container) ? container.ports : container.wanted;
}

/** The card of a container: its state by the engine and by a knock, where it answers, and how its environment signs in. */
export async function containerFinding(engine: Engine, container: Container, looking: Looking): Promise<Finding> {
  const { machine, signal } = looking;
  const privatePort = privatePortOf(container);
  const runs = container.status === "running" && !container.paused && !container.restarting;
  const around = isUp(container) && engine.host === null ? await looking.surroundings() : null;
  const pid = around ? postmasterOf(machine, container.id, around) : null;
  const reach =
    container.networkMode === "host"
      ? hostReach(privatePort, pid, around ?? { listeners: null, processes: [] })
      : reachOf(portsOf(container), privatePort, engine.host);
  const knocked = runs ? await knock(looking, reach) : null;
  const wantsLog = runs ? knocked !== "answers" && knocked !== null : container.exitCode !== 0 || container.restarting;
  const text = wantsLog ? await readLog(engine.api, container, LOG_TAIL, signal) : "";
  const allLines = cleanLog(text, container, LOG_TAIL);
  const credentials = readCredentials(container);
  const evidence: ContainerEvidence = {
    container,
    engine: engine.title,
    privatePort,
    endpoints: reach.endpoints,
    credentials,
    knock: knocked,
    portHolder: isUp(container) ? null : await portHolder(machine, container, engine.containers, looking.surroundings),
    log: allLines,
    isInside: knocked !== "answers" && (await machine.files.lookAt("/.dockerenv")).kind === "file",
    now: Date.now(),
  };
  const judgement = judgeContainer(evidence);
  // A name no engine gives goes into no command.
  const actions: readonly ServerAction[] = isPlainName(container.name) ? judgement.actions : [];
  const canStart = actions.includes("start");
  const accesses = accessesOf(credentials, reach);
  return {
    pid,
    uid: null,
    containerId: container.id,
    reaches: reach.reaches,
    accesses: judgement.state === "running" ? accesses : [],
    server: {
      id: containerId(engine.origin, container.name, engine.place.key),
      origin: engine.origin,
      label: containerLabel(engine.title, container, engine.place.key),
      version: versionOf(container),
      state: judgement.state,
      endpoints: reach.endpoints,
      dataDirectory: null,
      reason: judgement.reason,
      actions,
      startCommand: canStart ? [...clientWords(engine), "start", container.name].join(" ") : null,
      canStart,
      credentialsKnown: credentials.kind === "password" || credentials.kind === "trust",
      cause: judgement.cause,
      evidence: evidenceOf(container, allLines.slice(-LOG_LINES), engine),
      remedy: judgement.remedy,
    },
  };
}

/** The card of a container that the engine lists and does not describe in time. */
export function silentFinding(engine: Engine, listed: ListedContainer): Finding {
  const reach = reachOf(listed.ports, 5432, engine.host);
  const shown = { name: listed.name, labels: new Map<string, string>() };
  return {
    pid: null,
    uid: null,
    containerId: listed.id,
    reaches: reach.reaches,
    accesses: [],
    server: {
      id: containerId(engine.origin, listed.name, engine.place.key),
      origin: engine.origin,
      label: containerLabel(engine.title, shown, engine.place.key),
      version: versionOf({ environment: new Map(), image: listed.image }),
      state: "unreachable",
      endpoints: reach.endpoints,
      dataDirectory: null,
      reason: `${engine.title} lists it and does not describe it.`,
      actions: [],
      startCommand: null,
      canStart: false,
      credentialsKnown: false,
      cause: "timed-out",
      evidence: [{ kind: "container", label: "Image", text: printable(listed.image) }],
      remedy: null,
    },
  };
}
