import { chmodSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { workTree } from "../servers/binaries";
import { CANARIES } from "./canaries";

type Fields = Readonly<Record<string, unknown>>;

interface Recorded {
  readonly listed: Fields;
  readonly details: Fields;
}

/** A container as Docker 20.10 was recorded to list and to describe it. */
function recordedContainer(name: string): Recorded {
  const file = path.join(workTree(), "e2e", "containers", "recorded", "docker-20.10.ndjson");
  const [list, ...inspections] = readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [(JSON.parse(line) as { readonly body: unknown }).body]));
  const listed = (list as readonly Fields[]).find(({ Names }) => String(Names) === `/${name}`);
  const details = inspections.map((one) => one as Fields).find(({ Name }) => Name === `/${name}`);
  if (!listed || !details) throw new Error(`${name} was not recorded`);
  return { listed, details };
}

const VARIABLES = [
  `POSTGRES_PASSWORD=${CANARIES.containerPassword}`,
  `POSTGRES_DB=${CANARIES.containerDatabase}`,
  `POSTGRES_USER=${CANARIES.variableUser}`,
  `BACKUP_TOKEN=${CANARIES.containerToken}`,
];
const LABELS = {
  "com.docker.compose.project": CANARIES.containerLabel,
  "com.docker.compose.service": "db",
  "com.docker.compose.project.working_dir": `/srv/${CANARIES.containerLabel}`,
};

/** The same container by a planted name, with a planted environment. */
function renamed({ listed, details }: Recorded, name: string, more: Fields = {}, labels: Fields = {}): Recorded {
  const config = { ...(details.Config as Fields), Env: VARIABLES, Labels: labels };
  return {
    listed: { ...listed, Names: [`/${name}`], Labels: labels, ...(more.Ports ? { Ports: more.Ports } : {}) },
    details: { ...details, ...more, Name: `/${name}`, Config: config },
  };
}

/** A container that runs and publishes `port`. */
function running(port: number): Recorded {
  const recorded = recordedContainer("run-p");
  const published = { "5432/tcp": [{ HostIp: "127.0.0.1", HostPort: String(port) }] };
  const more = {
    Ports: [{ IP: "127.0.0.1", PrivatePort: 5432, PublicPort: port, Type: "tcp" }],
    NetworkSettings: { ...(recorded.details.NetworkSettings as Fields), Ports: published },
  };
  return renamed(recorded, `${CANARIES.containerName}-1`, more, LABELS);
}

/** A container that its engine cannot start, and says why in its own words. */
function failed(): Recorded {
  const recorded = recordedContainer("st-conflict");
  const error = `error while mounting volume "${CANARIES.engineFolder}" for ${CANARIES.containerName}-2: ${CANARIES.engineFolder} (host ${CANARIES.serviceHost}) is not there`;
  const state = { ...(recorded.details.State as Fields), Error: error };
  return renamed(recorded, `${CANARIES.containerName}-2`, { State: state });
}

/** What a server may write: a refusal as PostgreSQL words it, with everything there is in the lines around it. */
function log(): Buffer {
  const everything = Object.values(CANARIES).join(" ");
  const time = new Date().toISOString().replace("T", " ").replace("Z", " UTC");
  const lines = [
    `${time} [70] LOG:  statement: ALTER ROLE ${CANARIES.stringUser} PASSWORD '${CANARIES.stringPassword}'; -- ${everything}`,
    `${time} [71] FATAL:  password authentication failed for user "${CANARIES.stringUser}"`,
    `${time} [71] DETAIL:  Password does not match for user "${CANARIES.stringUser}".`,
    `\tConnection matched pg_hba.conf line 7: "host ${CANARIES.stringDatabase} ${CANARIES.stringUser} ${CANARIES.address}/32 md5"`,
    `${time} [72] FATAL:  ${everything}`,
  ];
  const text = Buffer.from(`${lines.join("\n")}\n`);
  const head = Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(text.length, 4);
  return Buffer.concat([head, text]);
}

/** An engine whose containers' environments, names, labels, errors and logs hold canaries; one publishes `port`. */
export async function startEngine(
  folder: string,
  port: number,
): Promise<{ readonly socket: string; close(): Promise<unknown> }> {
  const stopped = renamed(recordedContainer("st-exited"), CANARIES.containerName);
  const containers = [stopped, running(port), failed()];
  const server = createServer(({ url = "" }, response) => {
    if (url.startsWith("/containers/json"))
      return void response.end(JSON.stringify(containers.map((one) => one.listed)));
    if (url.includes("/logs?")) return void response.end(log());
    const wanted = decodeURIComponent(/^\/containers\/([^/]+)\/json/.exec(url)?.[1] ?? "");
    const found = containers.find(({ details }) => details.Id === wanted || details.Name === `/${wanted}`);
    response.statusCode = found ? 200 : 404;
    response.end(JSON.stringify(found?.details ?? { message: `No such container: ${wanted}` }));
  });
  const socket = path.join(folder, "engine.sock");
  await new Promise<void>((resolve) => void server.listen(socket, resolve));
  chmodSync(socket, 0o777);
  return {
    socket,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
