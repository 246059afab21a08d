import { err, ok, problem, type Result } from "../result";
import { CONTINUED, quoteWord, type Shell } from "./shell";

/** A PostgreSQL container to make. */
export interface NewContainer {
  readonly name: string;
  readonly user: string;
  readonly database: string;
  /** The port on this computer; it is published on 127.0.0.1 only. */
  readonly port: number;
  /** Major version of the official image. */
  readonly version: number;
  /** The named volume that keeps the data. */
  readonly volume: string;
  /** Whose client runs it; Docker's unless told otherwise. */
  readonly engine?: "docker" | "podman";
}

export interface RunLine {
  /** One command, a line for each group of words. */
  readonly lines: readonly string[];
  /** "line": the password stands in it, for the person who copies it; "environment": taken from POSTGRES_PASSWORD. */
  readonly secretVia: "line" | "environment";
}

/** The engine's own rule for names of containers and volumes. */
export const ENGINE_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Where the official image wants its volume: since 18 one folder up, with a folder a version in it. */
export const volumeTarget = (version: number): string =>
  version >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data";

function check({ name, volume, user, database, port, version }: NewContainer): Result<null> {
  const bad = (field: string, message: string) => err(problem("invalid-input", message, { field }));
  if (!ENGINE_NAME.test(name)) return bad("name", `"${name}" cannot name a container.`);
  if (!ENGINE_NAME.test(volume)) return bad("volume", `"${volume}" cannot name a volume.`);
  if (user === "") return bad("user", "The user needs a name.");
  if (database === "") return bad("database", "The database needs a name.");
  if (!Number.isInteger(port) || port < 1 || port > 65535) return bad("port", "Ports go from 1 to 65535.");
  if (!Number.isInteger(version) || version < 10) return bad("version", `There is no PostgreSQL ${version} to run.`);
  return ok(null);
}

function groups(one: NewContainer, password: string | null): readonly (readonly string[])[] {
  return [
    [one.engine ?? "docker", "run", "-d", "--name", one.name],
    ["-e", `POSTGRES_USER=${one.user}`],
    ["-e", password === null ? "POSTGRES_PASSWORD" : `POSTGRES_PASSWORD=${password}`],
    ["-e", `POSTGRES_DB=${one.database}`],
    ["-p", `127.0.0.1:${one.port}:5432`],
    ["-v", `${one.volume}:${volumeTarget(one.version)}`],
    // Podman asks which registry a short name is of, and cannot ask where nobody answers.
    [one.engine === "podman" ? `docker.io/library/postgres:${one.version}` : `postgres:${one.version}`],
  ];
}

/** The words of `docker run` (or `podman run`), to run without a shell: the password comes from POSTGRES_PASSWORD in its environment. */
export function dockerRunArguments(one: NewContainer): Result<readonly string[]> {
  const checked = check(one);
  return checked.ok ? ok(groups(one, null).flat()) : checked;
}

/**
 * `docker run` for a person to copy, written for a shell. With a password the line holds it; with null the shell's
 * POSTGRES_PASSWORD is used. Fails where the shell cannot be given a name or password safely.
 */
export function dockerRunLine(one: NewContainer, password: string | null, shell: Shell): Result<RunLine> {
  const checked = check(one);
  if (!checked.ok) return checked;
  const lines: string[] = [];
  for (const group of groups(one, password)) {
    const words = group.map((word) => quoteWord(word, shell));
    if (words.includes(null)) {
      const field = group[1]?.startsWith("POSTGRES_USER")
        ? "user"
        : group[1]?.startsWith("POSTGRES_DB")
          ? "database"
          : "password";
      return err(problem("invalid-input", `This ${field} cannot be written on one line of this shell.`, { field }));
    }
    lines.push(words.join(" "));
  }
  const last = lines.length - 1;
  return ok({
    lines: lines.map((line, index) => `${index > 0 ? "  " : ""}${line}${index < last ? CONTINUED[shell] : ""}`),
    secretVia: password === null ? "environment" : "line",
  });
}

/** In compose files "$" starts a variable; JSON's strings are YAML's double-quoted ones. */
const yaml = (text: string): string => JSON.stringify(text).replaceAll("$", "$$$$");

/** The same server as a compose file, whose password compose reads from POSTGRES_PASSWORD in the `.env` beside it. */
export function composeFile(one: NewContainer): Result<string> {
  const checked = check(one);
  if (!checked.ok) return checked;
  return ok(`services:
  db:
    image: postgres:${one.version}
    container_name: ${yaml(one.name)}
    environment:
      POSTGRES_USER: ${yaml(one.user)}
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:?}
      POSTGRES_DB: ${yaml(one.database)}
    ports:
      - "127.0.0.1:${one.port}:5432"
    volumes:
      - ${yaml(`${one.volume}:${volumeTarget(one.version)}`)}

volumes:
  ${one.volume}:
    name: ${yaml(one.volume)}
`);
}
