import { type Fields, fieldsOf, listOf, numberOf, portOf, textOf, textsOf } from "./raw";

/** A port of a container as the engine publishes it now, or would when the container starts. */
export interface PublishedPort {
  readonly privatePort: number;
  /** The computer's address; "" where the engine names none, which means all of them. */
  readonly ip: string;
  /** Null: the engine chooses one at the start. */
  readonly publicPort: number | null;
}

/** One entry of /containers/json. */
export interface ListedContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly command: string;
  readonly state: string;
  readonly ports: readonly PublishedPort[];
  /** Private TCP ports, published or not. */
  readonly exposed: readonly number[];
  /** "project/service" by Compose's labels; null for what Compose did not make, and for its one-off commands. */
  readonly compose: string | null;
}

export interface ContainerMount {
  readonly kind: "volume" | "bind" | "other";
  /** The volume's name, or the folder outside. */
  readonly source: string;
  readonly destination: string;
  readonly writable: boolean;
}

/** What /containers/<id>/json tells, as far as a PostgreSQL server goes. */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** As it was typed at `run`; may be an id. */
  readonly image: string;
  readonly imageId: string;
  readonly status: string;
  readonly running: boolean;
  readonly paused: boolean;
  readonly restarting: boolean;
  readonly outOfMemory: boolean;
  readonly exitCode: number;
  /** The engine's words about a start that failed; "" when there are none. */
  readonly error: string;
  /** Milliseconds since 1970; null when it never started or never ended. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly restartCount: number;
  readonly restartPolicy: string;
  /** "healthy", "unhealthy", "starting"; null without a health check. */
  readonly health: string | null;
  readonly healthOutput: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly command: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly networkMode: string;
  /** What is published now. */
  readonly ports: readonly PublishedPort[];
  /** What it asks for; an engine may not have given it. */
  readonly wanted: readonly PublishedPort[];
  readonly mounts: readonly ContainerMount[];
  /** Its output comes as plain text, not in frames. */
  readonly terminal: boolean;
}

const ID = /^[0-9a-f]{12,64}$/;

function timeOf(value: unknown): number | null {
  const time = Date.parse(textOf(value));
  // "0001-01-01T00:00:00Z" is how Go writes "never".
  return Number.isNaN(time) || time <= 0 ? null : time;
}

function listedPort(value: unknown): PublishedPort | null {
  const entry = fieldsOf(value);
  const privatePort = portOf(entry.PrivatePort);
  const publicPort = portOf(entry.PublicPort);
  if (privatePort === null || publicPort === null || entry.Type !== "tcp") return null;
  return { privatePort, publicPort, ip: textOf(entry.IP) };
}

/** One entry of the list; null when it is none or its id is no id. */
export function readListed(value: unknown): ListedContainer | null {
  const entry = fieldsOf(value);
  const id = textOf(entry.Id);
  if (!ID.test(id)) return null;
  const ports = listOf(entry.Ports);
  const exposed = ports.filter((one) => fieldsOf(one).Type === "tcp").map((one) => portOf(fieldsOf(one).PrivatePort));
  return {
    id,
    name: (textsOf(entry.Names)[0] ?? "").replace(/^\//, "") || id.slice(0, 12),
    image: textOf(entry.Image),
    command: textOf(entry.Command),
    state: textOf(entry.State),
    ports: ports.map(listedPort).filter((port) => port !== null),
    exposed: exposed.filter((port) => port !== null),
    compose: composeName(fieldsOf(entry.Labels)),
  };
}

function composeName(labels: Fields): string | null {
  const [project, service, oneOff] = ["project", "service", "oneoff"].map((name) =>
    textOf(labels[`com.docker.compose.${name}`]),
  );
  return project && service && oneOff?.toLowerCase() !== "true" ? `${project}/${service}` : null;
}

/** Port maps of inspect: `{"5432/tcp": [{"HostIp": "127.0.0.1", "HostPort": "55432"}]}`; null lists publish nothing. */
function portMap(value: unknown): readonly PublishedPort[] {
  return Object.entries(fieldsOf(value)).flatMap(([key, bindings]) => {
    const [digits, protocol] = key.split("/");
    const privatePort = portOf(digits);
    if (privatePort === null || (protocol ?? "tcp") !== "tcp") return [];
    return listOf(bindings).map((one) => ({
      privatePort,
      ip: textOf(fieldsOf(one).HostIp),
      publicPort: portOf(fieldsOf(one).HostPort),
    }));
  });
}

/** "NAME=value" lines; what follows the first "=" is the value as it is. */
function pairs(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    lines.map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

function mountOf(value: unknown): ContainerMount {
  const mount = fieldsOf(value);
  const kind = mount.Type === "volume" || mount.Type === "bind" ? mount.Type : "other";
  return {
    kind,
    source: textOf(kind === "volume" ? mount.Name : mount.Source),
    destination: textOf(mount.Destination),
    writable: mount.RW !== false,
  };
}

function labelsOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(fieldsOf(value)).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}

/** A container as inspect describes it; null when the answer is no container. */
export function readContainer(value: unknown): Container | null {
  const answer = fieldsOf(value);
  const state = fieldsOf(answer.State);
  const config = fieldsOf(answer.Config);
  const host = fieldsOf(answer.HostConfig);
  const policy = fieldsOf(host.RestartPolicy);
  const health = fieldsOf(state.Health);
  const id = textOf(answer.Id);
  if (!ID.test(id) || textOf(state.Status) === "") return null;
  return {
    id,
    name: textOf(answer.Name).replace(/^\//, "") || id.slice(0, 12),
    image: textOf(config.Image),
    imageId: textOf(answer.Image),
    status: textOf(state.Status),
    running: state.Running === true,
    paused: state.Paused === true || state.Status === "paused",
    restarting: state.Restarting === true || state.Status === "restarting",
    outOfMemory: state.OOMKilled === true,
    exitCode: numberOf(state.ExitCode) ?? 0,
    error: textOf(state.Error),
    startedAt: timeOf(state.StartedAt),
    finishedAt: timeOf(state.FinishedAt),
    restartCount: numberOf(answer.RestartCount) ?? 0,
    restartPolicy: textOf(policy.Name) || "no",
    health: textOf(health.Status) === "none" ? null : textOf(health.Status) || null,
    healthOutput: textOf(fieldsOf(listOf(health.Log).at(-1)).Output),
    environment: pairs(textsOf(config.Env)),
    command: textsOf(config.Cmd),
    labels: labelsOf(config.Labels),
    networkMode: textOf(host.NetworkMode),
    ports: portMap(fieldsOf(answer.NetworkSettings).Ports).filter((port) => port.publicPort !== null),
    wanted: portMap(host.PortBindings),
    mounts: listOf(answer.Mounts).map(mountOf),
    terminal: config.Tty === true,
  };
}
