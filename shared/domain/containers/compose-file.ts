import { composePorts } from "./compose-ports";
import { type ComposeVariable, interpolate } from "./compose-variables";
import type { Container } from "./container";
import { isPostgresImage } from "./image";
import { type Fields, fieldsOf, listOf, textOf, textsOf } from "./raw";
import { isPostgres, privatePortOf } from "./recognise";

/** A PostgreSQL server that a compose file describes, up or not. */
export interface ComposeService extends Pick<Container, "image" | "environment" | "command" | "wanted"> {
  readonly service: string;
}

export interface ComposeFile {
  /** The project's name as Compose makes it. */
  readonly project: string;
  readonly services: readonly ComposeService[];
}

interface Options {
  /** The files' contents as YAML reads them, each laid over the one before. */
  readonly documents: readonly unknown[];
  /** Contents of the files that those include. */
  readonly included?: readonly unknown[];
  /** The name of the folder that holds the first of them. */
  readonly folder: string;
  readonly variable: ComposeVariable;
}

/** A list of a service may be one word, a list, or a map of names to values. */
function pairsOf(value: unknown, { variable }: Options): readonly (readonly [string, string])[] {
  const text = (one: unknown): string => scalar(one, variable);
  if (Array.isArray(value)) {
    return value.flatMap((line) => {
      const [name = "", ...rest] = text(line).split("=");
      return name === "" ? [] : [[name, rest.length > 0 ? rest.join("=") : (variable(name) ?? "")] as const];
    });
  }
  return Object.entries(fieldsOf(value)).map(([name, one]) => [
    name,
    one === null ? (variable(name) ?? "") : text(one),
  ]);
}

/** A number, a word or true/false as text, with its variables put in; "" for anything else. */
function scalar(value: unknown, variable: ComposeVariable): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return interpolate(textOf(value), variable);
}

function commandOf(value: unknown, variable: ComposeVariable): readonly string[] {
  if (Array.isArray(value)) return value.map((word) => scalar(word, variable));
  return scalar(value, variable)
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Everything the files say of one service: maps and lists add up, single values are the last file's. */
function serviceOf(name: string, layers: readonly Fields[], options: Options): ComposeService {
  const { variable } = options;
  const last = (key: string): unknown =>
    layers
      .map((layer) => layer[key])
      .filter((value) => value !== undefined)
      .at(-1);
  return {
    service: name,
    image: scalar(last("image"), variable),
    environment: new Map(layers.flatMap((layer) => pairsOf(layer.environment, options))),
    command: commandOf(last("command"), variable),
    wanted: layers.flatMap((layer) => composePorts(listOf(layer.ports), (value) => scalar(value, variable))),
  };
}

/** Whether a service is a PostgreSQL server: by its image; one of another name or built here by what its image is told and publishes. */
function isServer(service: ComposeService): boolean {
  if (isPostgres(service)) return true;
  if (isPostgresImage(service.image)) return false;
  const told = [...service.environment.keys()].some((name) => /^(POSTGRES_|POSTGRESQL_)/.test(name));
  return told && service.wanted.some(({ privatePort }) => privatePort === privatePortOf(service));
}

/** Compose's rule for project names: lower case, letters, digits, "-" and "_" only, beginning with a letter or digit. */
const projectName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");

/** The files that a compose file includes, as it names them; what lies elsewhere than in files is left out. */
export function includesOf(document: unknown, variable: ComposeVariable): readonly string[] {
  const named = listOf(fieldsOf(document).include).flatMap((one) => {
    const { path } = fieldsOf(one);
    return typeof one === "string" ? [one] : typeof path === "string" ? [path] : textsOf(path);
  });
  return named.map((name) => interpolate(name, variable)).filter((name) => name !== "" && !name.includes("://"));
}

/** A service's layers, those of the services it extends in the same files first (the Compose Specification, "extends"). */
function layersOf(name: string, files: readonly Fields[], seen: readonly string[] = []): readonly Fields[] {
  const layers = files.map((file) => fieldsOf(fieldsOf(file.services)[name]));
  const bases = layers.flatMap(({ extends: base }) => {
    const { service, file } = fieldsOf(base);
    const wanted = typeof base === "string" ? base : file === undefined ? textOf(service) : "";
    return wanted === "" || wanted === name || seen.includes(wanted) ? [] : [wanted];
  });
  return [...bases.flatMap((base) => layersOf(base, files, [...seen, name])), ...layers];
}

/** The PostgreSQL servers that a project's compose files describe (the Compose Specification). */
export function readComposeFiles(options: Options): ComposeFile {
  const { documents, included = [], folder, variable } = options;
  const files = [...included, ...documents].map(fieldsOf);
  const named = documents
    .map(fieldsOf)
    .map(({ name }) => textOf(name))
    .filter((name) => name !== "")
    .at(-1);
  const names = new Set(files.flatMap(({ services }) => Object.keys(fieldsOf(services))));
  const services = [...names].map((name) => serviceOf(name, layersOf(name, files), options));
  return {
    project: projectName(variable("COMPOSE_PROJECT_NAME") || scalar(named, variable) || folder),
    services: services.filter(isServer),
  };
}
