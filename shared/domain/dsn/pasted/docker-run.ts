import { isClientProgram } from "./commands";
import { type Pieces, type Recogniser, writePieces } from "./recogniser";
import { shellWords, splitEnvironment } from "./shell-words";

/** Options of `docker run` that stand alone; every other one takes a value. */
const FLAGS: ReadonlySet<string> = new Set(
  [
    "detach",
    "interactive",
    "tty",
    "rm",
    "init",
    "privileged",
    "publish-all",
    "read-only",
    "quiet",
    "no-healthcheck",
  ].map((name) => `--${name}`),
);

const SERVER_PORT = "5432";

/** Where a port of the container can be reached from this computer. */
export interface Published {
  readonly host: string;
  readonly port: string;
}

/** `5433:5432`, `127.0.0.1:5433:5432`, `[::1]:5433:5432/tcp`; null for another port, or for one chosen at random. */
export function readPublished(spec: string, inside = SERVER_PORT): Published | null {
  const [, address = "", port = "", target] =
    /^(?:(\[[^\]]*\]|[^:$]*):)?(\d+|\$\{[^}]*\}):(\d+)(?:\/tcp)?$/.exec(spec) ?? [];
  if (target !== inside) return null;
  const host = address.replace(/^\[|\]$/g, "");
  return { host: host === "" || host === "0.0.0.0" || host === "::" ? "localhost" : host, port };
}

/** The names the official image and Bitnami's take user, password and database from. */
export function fromImageVariables(variables: ReadonlyMap<string, string>): Pieces {
  const first = (...names: readonly string[]) => names.map((name) => variables.get(name)).find((value) => value) ?? "";
  const user = first("POSTGRES_USER", "POSTGRESQL_USERNAME", "POSTGRESQL_USER") || "postgres";
  return {
    user,
    password: first("POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD"),
    database: first("POSTGRES_DB", "POSTGRESQL_DATABASE") || user,
  };
}

export const NOT_PUBLISHED = `No port is published: add -p ${SERVER_PORT}:${SERVER_PORT}, or nothing outside the container reaches it.`;

/** Stands for a password that is kept in a file: only a person can put it in. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder
const IN_FILE = "${POSTGRES_PASSWORD}";

interface RunLine {
  readonly variables: ReadonlyMap<string, string>;
  readonly ports: readonly string[];
  readonly network: string;
  /** `-P`: every port gets a number of its own. */
  readonly publishesAll: boolean;
  readonly hasEnvironmentFile: boolean;
  readonly image: string;
  readonly arguments: readonly string[];
}

function readRunLine(words: readonly string[]): RunLine {
  const variables = new Map<string, string>();
  const ports: string[] = [];
  let network = "";
  let publishesAll = false;
  let hasEnvironmentFile = false;
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] as string;
    if (!word.startsWith("-")) break;
    publishesAll ||= word === "--publish-all" || /^-[ditq]*P[ditPq]*$/.test(word);
    hasEnvironmentFile ||= /^--env-file(?:=|$)/.test(word);
    if (FLAGS.has(word) || /^-[ditPq]+$/.test(word)) continue;
    const [, long, joined] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? /^(-[a-zA-Z])(.+)$/s.exec(word) ?? [];
    if (joined === undefined) at += 1;
    const option = long ?? word;
    const value = (joined ?? words[at] ?? "").replace(/^=/, "");
    if (option === "-e" || option === "--env") {
      const equals = value.indexOf("=");
      // Without a value it is taken from the shell that runs the command.
      if (equals < 0) variables.set(value, `\${${value}}`);
      else variables.set(value.slice(0, equals), value.slice(equals + 1));
    } else if (option === "-p" || option === "--publish") ports.push(value);
    else if (option === "--network" || option === "--net") network = value;
  }
  const image = words[at] ?? "";
  return { variables, ports, network, publishesAll, hasEnvironmentFile, image, arguments: words.slice(at + 1) };
}

/** `docker run -e POSTGRES_PASSWORD=... -p 5433:5432 postgres:17`: the string that reaches that server from here. */
export const dockerRun: Recogniser = (text) => {
  if (text.length > 20_000 || !/\b(?:docker|podman|nerdctl)\b/.test(text.slice(0, 200))) return null;
  const { command } = splitEnvironment(shellWords(text));
  const run = command.indexOf("run");
  if (!/^(?:docker|podman|nerdctl)$/.test(command[0] ?? "") || run < 1 || run > 2) return null;
  const line = readRunLine(command.slice(run + 1));
  const url = [...line.variables.values()].find((value) => /^postgres(?:ql)?(?:\+\w+)?:\/\//i.test(value));
  if (url !== undefined) return { text: url, note: "The string was taken out of the docker run command." };
  // `docker run postgres psql -h ...` starts a client, not a server.
  if (isClientProgram(line.arguments[0] ?? "")) return null;
  const given = fromImageVariables(line.variables);
  const inFile = line.hasEnvironmentFile || line.variables.has("POSTGRES_PASSWORD_FILE");
  const pieces = given.password || !inFile ? given : { ...given, password: IN_FILE };
  if (!/postg|pgvector|timescale/i.test(line.image) && !pieces.password) return null;
  const option = line.arguments.find((word) => /^(?:-c)?port=\d+$/.test(word));
  const inside = option?.replace(/^.*=/, "") ?? line.variables.get("PGPORT") ?? SERVER_PORT;
  const published =
    line.network === "host"
      ? { host: "localhost", port: inside }
      : line.ports.map((spec) => readPublished(spec, inside)).find((one) => one !== null);
  const random = line.publishesAll || line.ports.some((spec) => spec.replace("/tcp", "") === inside);
  const where = published
    ? "its published port is the address."
    : random
      ? "its port is chosen when it starts: docker port tells which."
      : NOT_PUBLISHED;
  return {
    text: writePieces({ ...pieces, ...(published ?? { host: "localhost", port: SERVER_PORT }) }),
    note: `The docker run command was written as a string; ${published || random ? where : `but ${where[0]?.toLowerCase()}${where.slice(1)}`}`,
  };
};
