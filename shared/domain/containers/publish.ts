import { looksSecret, maskPasswords } from "../env/mask";
import { err, ok, problem, type Result } from "../result";
import type { Container, ContainerMount } from "./container";
import { composeOf } from "./identity";
import { quoteWord, type Shell } from "./shell";

export interface PublishPlan {
  /** Lines to copy, in order; for a compose project the lines of its file, then the command. */
  readonly lines: readonly string[];
  readonly note: string;
}

interface Options {
  readonly container: Container;
  /** "docker" or "podman", with what leads it to the engine: ["docker", "-H", "unix:///..."]. */
  readonly client: readonly string[];
  readonly privatePort: number;
  /** A free port of this computer. */
  readonly port: number;
  readonly shell: Exclude<Shell, "cmd">;
}

/** Variables that the image or the engine sets by itself. */
const NEEDLESS = /^(PATH|PG_MAJOR|PG_VERSION|PG_SHA256|GOSU_VERSION|LANG|HOME|HOSTNAME|TERM|container)$/;

/** Only settings of PostgreSQL's images are shown with their values; what else somebody put there may be a secret. */
const isShown = (name: string, value: string): boolean =>
  /^(POSTGRES_|POSTGRESQL_|PG|TZ$)/.test(name) && !looksSecret(name) && maskPasswords(value) === value;

function composePlan({ container, client, privatePort, port, shell }: Options): PublishPlan | null {
  const compose = composeOf(container);
  if (!compose) return null;
  const file = compose.files[0] ?? "compose.yaml";
  const words = [...client, "compose", "-p", compose.project, ...compose.files.flatMap((one) => ["-f", one])];
  const command = [...words, "up", "-d", compose.service].map((word) => quoteWord(word, shell));
  if (command.includes(null)) return null;
  return {
    lines: [
      `# In ${file}, below services: ${compose.service}:`,
      "    ports:",
      `      - "127.0.0.1:${port}:${privatePort}"`,
      command.join(" "),
    ],
    note: "Add the two lines to the service, then run the command: compose makes the container anew. Data in its volumes is kept.",
  };
}

function mountWords({ kind, source, destination, writable }: ContainerMount): readonly string[] {
  if (kind === "other" || source === "" || destination === "") return [];
  return ["-v", `${source}:${destination}${writable ? "" : ":ro"}`];
}

const isAnonymous = ({ kind, source }: ContainerMount): boolean => kind === "volume" && /^[0-9a-f]{64}$/.test(source);

function noteOf({ container, privatePort, port }: Options, secrets: readonly string[]): string {
  const mounts = container.mounts.filter((mount) => mount.kind !== "other");
  const data =
    mounts.length === 0
      ? "Its data is in the container itself, in no volume: dump it first, the new container starts empty."
      : mounts.some(isAnonymous)
        ? "Its data is on a volume without a name and is used again by its id: do not remove the old container with -v."
        : "Its data on volumes is kept.";
  const kept = "The old container stays, renamed, until you remove it.";
  const secret =
    secrets.length > 0
      ? ` ${secrets.join(" and ")} ${secrets.length > 1 ? "come" : "comes"} from the old container.`
      : "";
  return `Port ${privatePort} can only be published by making the container anew on port ${port}. ${data} ${kept}${secret}`;
}

/**
 * The lines that make a container anew with its port published on 127.0.0.1: same image, environment, command and
 * volumes. Secret values are read out of the old container by the shell and stand in no line.
 */
export function publishPlan(options: Options): Result<PublishPlan> {
  const compose = composePlan(options);
  if (compose) return ok(compose);
  const { container, client, privatePort, port, shell } = options;
  const given = [...container.environment].filter(([name]) => !NEEDLESS.test(name) && /^[A-Za-z_]\w*$/.test(name));
  const secrets = given.filter(([name, value]) => !isShown(name, value)).map(([name]) => name);
  const network = ["default", "bridge", "none", "host"].includes(container.networkMode) || container.networkMode === "";
  const old = `${container.name}-before`;
  const run = [
    ...client,
    ...["run", "-d", "--name", container.name],
    ...given.flatMap(([name, value]) => ["-e", secrets.includes(name) ? name : `${name}=${value}`]),
    ...["-p", `127.0.0.1:${port}:${privatePort}`],
    ...(network ? [] : ["--network", container.networkMode]),
    ...(container.restartPolicy === "no" ? [] : ["--restart", container.restartPolicy]),
    ...container.mounts.flatMap(mountWords),
    container.image || container.imageId,
    ...container.command,
  ];
  const line = (words: readonly string[]): string | null => {
    const quoted = words.map((word) => quoteWord(word, shell));
    return quoted.includes(null) ? null : quoted.join(" ");
  };
  const read = (name: string): string | null => {
    const format = "{{range .Config.Env}}{{println .}}{{end}}";
    const inspect = line([...client, "inspect", "--format", format, container.name]);
    if (inspect === null) return null;
    return shell === "posix"
      ? `export ${name}="$(${inspect} | sed -n 's/^${name}=//p')"`
      : `$env:${name} = (${inspect} | Select-String '^${name}=(.*)').Matches[0].Groups[1].Value`;
  };
  const lines = [
    ...secrets.map(read),
    line([...client, "stop", container.name]),
    line([...client, "rename", container.name, old]),
    line(run),
  ];
  if (lines.includes(null)) {
    return err(problem("invalid-input", `The settings of ${container.name} cannot be written as lines to copy.`));
  }
  return ok({ lines: lines as string[], note: noteOf(options, secrets) });
}
