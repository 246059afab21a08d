import { type EngineAddress, parseEngineHost } from "../../../shared/domain/containers/engine-host";
import { fieldsOf, printable, textOf } from "../../../shared/domain/containers/raw";
import type { SourceProblem } from "../../../shared/domain/server";
import type { Machine } from "../detect/machine";
import { configFolder, fromContexts, readContext } from "./contexts";
import { usualPlaces } from "./usual-places";

export const SOURCE_ID = "containers";

/** A place where a container engine may listen. */
export interface EnginePlace {
  /** "colima", "desktop", ...; null for the engine that a plain `docker` or `podman` asks. */
  readonly key: string | null;
  /** What to call it while nobody has answered there. */
  readonly title: string;
  readonly address: EngineAddress;
  /** Folder with ca.pem, cert.pem and key.pem; null: no TLS. */
  readonly certificates: string | null;
  /** Whether the engine's certificate is checked. */
  readonly verify: boolean;
  /** "DOCKER_HOST" or the context that names it: then its absence is worth a line. Null for places that are merely usual. */
  readonly namedBy: string | null;
}

export interface Places {
  readonly places: readonly EnginePlace[];
  readonly problems: readonly SourceProblem[];
}

const problem = (kind: SourceProblem["kind"], message: string): SourceProblem => ({ source: SOURCE_ID, kind, message });

interface Named {
  readonly host: string;
  readonly by: string;
  readonly certificates: string | null;
  readonly verify: boolean;
}

/** What the plain `docker` would ask: DOCKER_HOST, else the current context; null: the usual socket. */
async function namedEngine(machine: Machine): Promise<Named | "lost-context" | null> {
  const { environment, files } = machine;
  if (environment.DOCKER_HOST) {
    const verify = Boolean(environment.DOCKER_TLS_VERIFY);
    const certificates = environment.DOCKER_CERT_PATH || (verify ? configFolder(machine) : null);
    return { host: environment.DOCKER_HOST, by: "DOCKER_HOST", certificates, verify };
  }
  const context = await readContext(machine);
  if (!context) return null;
  const docker = fieldsOf(fieldsOf(fieldsOf(context.meta).Endpoints).docker);
  if (textOf(docker.Host) === "") return "lost-context";
  const hasTls = (await files.lookAt(context.tls)).kind === "folder";
  return {
    host: textOf(docker.Host),
    by: `Docker's context "${context.name}"`,
    certificates: hasTls ? context.tls : null,
    verify: docker.SkipTLSVerify !== true,
  };
}

async function fromName(machine: Machine): Promise<Places> {
  const named = await namedEngine(machine);
  if (named === null) return { places: [], problems: [] };
  if (named === "lost-context") {
    return {
      places: [],
      problems: [
        problem("unreadable", "Docker's current context is not described: choose another with docker context use."),
      ],
    };
  }
  const host = parseEngineHost(named.host, named.certificates !== null);
  if (host.kind === "ssh") {
    const message = `${named.by} leads to another computer over ssh (${printable(host.host)}): its containers are not looked at.`;
    return { places: [], problems: [problem("failed", message)] };
  }
  if (host.kind === "unreadable") {
    return { places: [], problems: [problem("unreadable", `${named.by} names no address that can be read.`)] };
  }
  const { certificates, verify, by } = named;
  const place = { key: null, title: "Docker", address: host.address, certificates, verify, namedBy: by };
  return { places: [place], problems: [] };
}

/** Every place worth asking, each socket once, the one a plain `docker` asks first. Opens nothing. */
export async function enginePlaces(machine: Machine): Promise<Places> {
  const [named, usuals, contexts] = await Promise.all([fromName(machine), usualPlaces(machine), fromContexts(machine)]);
  const problems = [...named.problems];
  const usual = usuals.map(([key, title, path]): EnginePlace => {
    const isPlain = key === "podman" || (key === "default" && named.places.length === 0);
    return {
      key: isPlain ? null : key,
      title,
      address: { kind: "local", path },
      certificates: null,
      verify: true,
      namedBy: null,
    };
  });
  const places: EnginePlace[] = [];
  const seen = new Set<string>();
  const all = [...named.places, ...usual, ...contexts];
  const looks = await Promise.all(all.map((place) => lookAt(machine, place)));
  all.forEach((place, index) => {
    const look = looks[index];
    if (!look) return;
    if ("message" in look) problems.push(look);
    else if (!seen.has(look.real)) {
      seen.add(look.real);
      places.push(place);
    }
  });
  return { places, problems };
}

/** What stands at a place: a socket by its real path, a problem worth a line, or nothing. */
async function lookAt(machine: Machine, place: EnginePlace): Promise<{ readonly real: string } | SourceProblem | null> {
  const { address, namedBy } = place;
  if (address.kind === "tcp") return { real: `${address.host}:${address.port}` };
  // Asking after a pipe opens it; whether it is there shows when it is asked.
  if (machine.platform === "win32") return { real: address.path };
  const seen = await machine.files.lookAt(address.path);
  switch (seen.kind) {
    case "socket":
      return { real: (await machine.files.realPath(address.path)) ?? address.path };
    case "denied":
      return problem("no-permission", `Your user may not look at ${address.path}.`);
    case "symlink-loop":
      return problem("unreadable", `${address.path} is a symbolic link that leads back to itself.`);
    case "missing":
      return namedBy
        ? problem(
            "failed",
            `${namedBy} names ${printable(address.path)}, and nothing is there: the engine does not run.`,
          )
        : null;
    default:
      return namedBy ? problem("unreadable", `${namedBy} names ${printable(address.path)}, which is no socket.`) : null;
  }
}
