import { type ComposeService, includesOf, readComposeFiles } from "../../../shared/domain/containers/compose-file";
import type { ComposeVariable } from "../../../shared/domain/containers/compose-variables";
import { printable } from "../../../shared/domain/containers/raw";
import { readEnvValue } from "../../../shared/domain/env";
import type { SourceProblem } from "../../../shared/domain/server";
import type { Machine } from "../detect/machine";

export const COMPOSE_SOURCE = "compose";

/** What Compose looks for, the first that is there (Docker's manual, "The Compose file"). */
const NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
/** Compose files are a few KB; a longer one is none. */
const LIMIT = 256 * 1024;
/** Files read for one project, those included with them. */
const MOST_FILES = 30;
/** Folders looked into, from the project's own upwards. */
const LEVELS = 20;

export interface ComposeProject {
  readonly name: string;
  readonly folder: string;
  /** Absolute paths, in the order they are laid over each other. */
  readonly files: readonly string[];
  readonly services: readonly ComposeService[];
}

export interface ReadComposeProject {
  /** Null where there is no compose file, or none that can be read. */
  readonly project: ComposeProject | null;
  readonly problem: SourceProblem | null;
}

const NONE: ReadComposeProject = { project: null, problem: null };

const complaint = (kind: SourceProblem["kind"], message: string): ReadComposeProject => ({
  project: null,
  problem: { source: COMPOSE_SOURCE, kind, message: printable(message, 400) },
});

/** The compose file that `docker compose` would use in a folder: the folder's own, else the nearest above it. */
async function findMain({ files, path }: Machine, from: string): Promise<string | null> {
  for (let folder = from, level = 0; level < LEVELS; level++) {
    for (const name of NAMES) {
      const file = path.join(folder, name);
      const { kind } = await files.lookAt(file);
      if (kind === "file" || kind === "symlink-loop") return file;
    }
    const above = path.dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
  return null;
}

/** The override file beside it: compose.override.yaml and its kin. */
async function findOverride({ files, path }: Machine, main: string): Promise<string | null> {
  const stem = path.basename(main).replace(/\.ya?ml$/, "");
  for (const ending of ["yml", "yaml"]) {
    const file = path.join(path.dirname(main), `${stem}.override.${ending}`);
    if ((await files.lookAt(file)).kind === "file") return file;
  }
  return null;
}

/** Tags of Compose's own ("!reset", "!override") say how a value is laid over another; the value itself is read as it is. */
async function parseYaml(text: string): Promise<unknown> {
  const { DEFAULT_SCHEMA, load, Type } = await import("js-yaml");
  const kinds = ["scalar", "sequence", "mapping"] as const;
  const own = ["!reset", "!override"].flatMap((tag) => kinds.map((kind) => new Type(tag, { kind })));
  return load(text, { schema: DEFAULT_SCHEMA.extend(own), json: true });
}

/** One file's contents; a complaint where it cannot be read. */
async function readOne({ files }: Machine, file: string): Promise<{ readonly document: unknown } | ReadComposeProject> {
  const read = await files.readText(file, LIMIT);
  if (read.kind === "denied") return complaint("no-permission", `Your user may not read ${file}.`);
  if (read.kind !== "text") {
    const why = read.kind === "missing" ? "it is missing" : read.why;
    return complaint("unreadable", `${file} cannot be read: ${why}.`);
  }
  try {
    return { document: await parseYaml(read.text) };
  } catch (error) {
    const { reason, mark } = error as { readonly reason?: unknown; readonly mark?: { readonly line?: unknown } };
    const line = typeof mark?.line === "number" ? ` (line ${mark.line + 1})` : "";
    const why = typeof reason === "string" ? reason : "it is no YAML";
    return complaint("unreadable", `${file} cannot be read: ${why}${line}.`);
  }
}

/** The files and all they include, each read once: what is included again, or by itself, is there already. */
async function readAll(machine: Machine, all: readonly string[], variable: ComposeVariable) {
  const { path } = machine;
  const documents: unknown[] = [];
  const included: unknown[] = [];
  const seen = new Set(all);
  // Includes are appended while the list is walked.
  const waiting = [...all];
  for (let at = 0; at < waiting.length && at < MOST_FILES; at++) {
    const file = waiting[at] as string;
    const read = await readOne(machine, file);
    if (!("document" in read)) return read;
    (at < all.length ? documents : included).push(read.document);
    for (const name of includesOf(read.document, variable)) {
      const next = path.resolve(path.dirname(file), name);
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
  return { documents, included };
}

/** Reads what the open project's compose files say of PostgreSQL; starts nothing and asks no engine. */
export async function readComposeProject(machine: Machine): Promise<ReadComposeProject> {
  const { environment, files, path } = machine;
  const from = machine.projectFolder();
  if (!from) return NONE;
  const variables = async (folder: string): Promise<ComposeVariable> => {
    const env = await files.readText(path.join(folder, ".env"), 1024 * 1024);
    const inEnv = (name: string) => (env.kind === "text" ? (readEnvValue(env.text, name) ?? undefined) : undefined);
    return (name) => environment[name] ?? inEnv(name);
  };
  const own = await variables(from);
  const listed = (own("COMPOSE_FILE") ?? "")
    .split(own("COMPOSE_PATH_SEPARATOR") || path.delimiter)
    .filter((name) => name !== "");
  const main = listed[0] ? path.resolve(from, listed[0]) : await findMain(machine, from);
  if (main === null) return NONE;
  const others = listed.length > 0 ? listed.slice(1).map((name) => path.resolve(from, name)) : [];
  const override = listed.length > 0 ? null : await findOverride(machine, main);
  const all = [main, ...others, ...(override === null ? [] : [override])];
  const folder = path.dirname(main);
  // The variables of a compose file are in the .env beside it.
  const variable = folder === from ? own : await variables(folder);
  const read = await readAll(machine, all, variable);
  if ("problem" in read) return read;
  const { project, services } = readComposeFiles({ ...read, folder: path.basename(folder), variable });
  return { project: { name: project, folder, files: all, services }, problem: null };
}
