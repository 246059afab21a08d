import type { ComposeService } from "../../../shared/domain/containers/compose-file";
import { readCredentials } from "../../../shared/domain/containers/credentials";
import { reachOf } from "../../../shared/domain/containers/endpoints";
import { versionOf } from "../../../shared/domain/containers/identity";
import { printable } from "../../../shared/domain/containers/raw";
import { privatePortOf } from "../../../shared/domain/containers/recognise";
import type { Endpoint } from "../../../shared/domain/endpoint";
import type { ServerEvidence } from "../../../shared/domain/server";
import type { DetectContext, DetectSource, Finding } from "../../use-cases/detection";
import type { Machine } from "../detect/machine";
import { knockingOnce } from "../detect/surroundings";
import type { EngineFailure } from "./api";
import { composeCommand } from "./compose-command";
import { COMPOSE_SOURCE, type ComposeProject, type ReadComposeProject, readComposeProject } from "./compose-project";
import { engineOnce, placesOnce } from "./engines-once";

const PROBE_MS = 1000;

/** The project's compose files, read once a scan. */
const projectOnce = (machine: Machine, { once }: Pick<DetectContext, "once">): Promise<ReadComposeProject> =>
  once("compose project", () => readComposeProject(machine));

/** The ports that the project's compose file publishes PostgreSQL on. */
export async function composePorts(machine: Machine, context: Pick<DetectContext, "once">): Promise<readonly number[]> {
  const { project } = await projectOnce(machine, context);
  return (project?.services ?? []).flatMap((service) =>
    service.wanted.flatMap(({ privatePort, publicPort }) =>
      privatePort === privatePortOf(service) ? (publicPort ?? []) : [],
    ),
  );
}

export const composeId = (project: string, service: string): string => printable(`compose:${project}/${service}`, 400);

/** Where a service of the project's compose file is reached from outside its containers; null where no service is called so. */
export async function outsideOf(
  machine: Machine,
  context: Pick<DetectContext, "once">,
  host: string,
): Promise<{ readonly file: string; readonly endpoint: Endpoint | null } | null> {
  const { project } = await projectOnce(machine, context);
  const service = project?.services.find((one) => one.service === host);
  if (!project || !service) return null;
  const { endpoints } = reachOf(service.wanted, privatePortOf(service), null);
  return { file: machine.path.basename(project.files[0] ?? ""), endpoint: endpoints[0] ?? null };
}

/** What an engine's list says of the services that have a container, running or not; `unsure`: an engine that gave none. */
async function madeServices(machine: Machine, context: DetectContext) {
  const { places, problems } = await placesOnce(machine, context);
  const asked = await Promise.all(places.map((place) => engineOnce(place, context)));
  const made = asked.flatMap((one) => (one.ok ? one.value.containers.flatMap(({ compose }) => compose ?? []) : []));
  const isOff = ({ kind }: EngineFailure): boolean => kind === "missing" || kind === "refused";
  const unsure =
    problems.some(({ kind }) => kind === "no-permission") || asked.some((one) => !one.ok && !isOff(one.error));
  return { made: new Set(made), unsure };
}

function evidenceOf(project: ComposeProject, service: ComposeService): readonly ServerEvidence[] {
  return [
    ...project.files.map(
      (file): ServerEvidence => ({ kind: "path", label: "Compose file", text: printable(file, 400) }),
    ),
    { kind: "container", label: "Service", text: printable(`${project.name}/${service.service}`) },
    ...(service.image === "" ? [] : [{ kind: "container", label: "Image", text: printable(service.image) } as const]),
  ];
}

/** The card of a service that no engine has a container of. */
export async function composeFinding(
  machine: Machine,
  project: ComposeProject,
  service: ComposeService,
  unsure: boolean,
): Promise<Finding> {
  const privatePort = privatePortOf(service);
  const { endpoints, reaches } = reachOf(service.wanted, privatePort, null);
  const command = await composeCommand(machine, project, service.service);
  const { kind } = readCredentials(service);
  const isPublished = service.wanted.some((port) => port.privatePort === privatePort);
  const file = machine.path.basename(project.files[0] ?? "");
  const reason = [
    `Described in ${file} as the service ${service.service}`,
    unsure ? "; its container engine does not say whether it is up." : ", and not up.",
    isPublished ? "" : ` It publishes no port: add "127.0.0.1:5432:${privatePort}" to its ports to reach it from here.`,
  ].join("");
  return {
    pid: null,
    uid: null,
    reaches,
    accesses: [],
    server: {
      id: composeId(project.name, service.service),
      origin: "compose",
      label: printable(`Compose · ${project.name}/${service.service}`),
      version: versionOf(service),
      state: "stopped",
      endpoints,
      dataDirectory: null,
      reason: printable(reason, 400),
      actions: command === null ? [] : ["start"],
      startCommand: command?.shown ?? null,
      canStart: command?.runnable ?? false,
      credentialsKnown: kind === "password" || kind === "trust",
      cause: null,
      evidence: evidenceOf(project, service),
      remedy: command?.runnable
        ? null
        : `Docker Compose was not found here: install Docker with it, then run ${command?.shown ?? "docker compose up -d"}.`,
    },
  };
}

/** PostgreSQL that the project's compose file describes and nobody has brought up yet; what is up is a container's card. */
export const composeSource = (machine: Machine): DetectSource => ({
  id: COMPOSE_SOURCE,
  title: "The project's compose file",
  timeLimitMs: 4500,
  explains: true,
  async *find(context) {
    const { project, problem } = await projectOnce(machine, context);
    if (problem) yield { kind: "problem", problem };
    if (project === null || project.services.length === 0) return;
    const { made, unsure } = await madeServices(machine, context);
    for (const service of project.services) {
      if (made.has(`${project.name}/${service.service}`)) continue;
      const finding = await composeFinding(machine, project, service, unsure);
      // An engine that may not be asked, and a port that answers: it is up, and known by its port.
      if (unsure && (await answers(knockingOnce(machine, context), finding))) continue;
      yield { kind: "server", finding };
    }
  },
});

async function answers(machine: Machine, { server }: Finding): Promise<boolean> {
  const knocks = await Promise.all(server.endpoints.map((endpoint) => machine.probe(endpoint, PROBE_MS)));
  return knocks.some(({ kind }) => kind === "postgresql");
}
