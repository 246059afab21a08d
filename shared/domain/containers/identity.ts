import type { Container } from "./container";
import { versionOfImage } from "./image";
import { printable } from "./raw";
import { ENGINE_NAME } from "./run-line";

export interface ComposeIdentity {
  readonly project: string;
  readonly service: string;
  /** "" when the label is missing. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** The compose project and service a container belongs to, by compose's labels; null when it belongs to none. */
export function composeOf({ labels }: Pick<Container, "labels">): ComposeIdentity | null {
  const get = (name: string): string => printable(labels.get(`com.docker.compose.${name}`) ?? "", 400);
  const project = get("project");
  const service = get("service");
  if (project === "" || service === "") return null;
  const files = get("project.config_files")
    .split(",")
    .filter((file) => file !== "");
  return { project, service, folder: get("project.working_dir"), files };
}

/** PostgreSQL's version as the container tells it: PG_VERSION ("15.18-1.pgdg12+1"), PG_MAJOR, else the image's tag. */
export function versionOf({ environment, image }: Pick<Container, "environment" | "image">): string | null {
  const full = /^\d+(?:\.\d+)?/.exec(environment.get("PG_VERSION") ?? "")?.[0];
  const major = /^\d+(?:\.\d+)?$/.exec(environment.get("PG_MAJOR") ?? "")?.[0];
  return full ?? major ?? versionOfImage(image);
}

/** True for names as engines give them; only such a name goes into a command. */
export const isPlainName = (name: string): boolean => ENGINE_NAME.test(name);

/** `docker:db`, or `docker:db@colima` on an engine that is not the one the plain client would ask. */
export const containerId = (origin: string, name: string, engine: string | null): string =>
  `${origin}:${printable(name)}${engine === null ? "" : `@${engine}`}`;

/** The name in a card's id; null for a card that is no container's, and for a name no engine would give. */
export function containerName(id: string): string | null {
  const name = /^(?:docker|podman):([^@]*)(?:@.*)?$/s.exec(id)?.[1] ?? "";
  return isPlainName(name) ? name : null;
}

/** "Docker · db", "Docker · shop/db" for a compose service, "Docker · db (colima)" elsewhere. */
export function containerLabel(
  title: string,
  container: Pick<Container, "labels" | "name">,
  engine: string | null,
): string {
  const compose = composeOf(container);
  const name = compose ? `${compose.project}/${compose.service}` : printable(container.name);
  return `${title} · ${name}${engine === null ? "" : ` (${engine})`}`;
}
