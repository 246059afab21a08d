import { namesServer, pgVariables } from "../../../shared/domain/detect/service-file";
import { parseConnectionString } from "../../../shared/domain/dsn";
import { isSocket } from "../../../shared/domain/endpoint";
import type { DetectContext, DetectSource, PrivateServer } from "../../use-cases/detection";
import { composePorts, composeSource, containersSource } from "../containers";
import { envSource, stringsInEnv } from "./env";
import { installationSource } from "./installation-source";
import { INSTALLERS } from "./installers";
import type { Machine } from "./machine";
import { pgEnvironmentSource } from "./pg-environment";
import { portsSource } from "./ports";
import { privateSource } from "./private";
import { processesSource } from "./process-list";
import { readServices, serviceFileSource } from "./service-file";
import { socketsSource } from "./sockets";
import { windowsHostSource } from "./windows-host";
import { wslSource } from "./wsl";

/** Ports that the project, PG* variables and the service file mention, and that its compose file publishes. */
async function namedPorts(machine: Machine, context: Pick<DetectContext, "once">): Promise<readonly number[]> {
  const [{ strings }, { services }, composed] = await Promise.all([
    stringsInEnv(machine),
    readServices(machine),
    composePorts(machine, context),
  ]);
  const inStrings = strings.flatMap(({ dsn }) => {
    const parsed = parseConnectionString(dsn);
    return parsed.ok ? parsed.value.target.hosts.filter((host) => !isSocket(host)).map((host) => host.port) : [];
  });
  const parameters = [pgVariables(machine.environment), ...services.map((service) => service.parameters)].filter(
    namesServer,
  );
  const inParameters = parameters.flatMap((one) => (one.get("port") ?? "").split(",").map(Number));
  return [...inStrings, ...inParameters, ...composed].filter(
    (port) => Number.isInteger(port) && port > 0 && port <= 65535,
  );
}

/** All places to look, one entry each; a new source is one more line here. */
export const createDetectSources = (machine: Machine, privateServer: PrivateServer): readonly DetectSource[] => [
  // First: the kernel takes longest to list who listens, and others wait for it.
  portsSource(machine, (context) => namedPorts(machine, context)),
  ...INSTALLERS.filter(({ platforms }) => platforms.includes(machine.platform)).map((one) =>
    installationSource(machine, one),
  ),
  privateSource(privateServer),
  containersSource(machine),
  composeSource(machine),
  wslSource(machine),
  windowsHostSource(machine),
  socketsSource(machine),
  processesSource(machine),
  envSource(machine),
  pgEnvironmentSource(machine),
  serviceFileSource(machine),
];

export { INSTALLERS } from "./installers";
export { localhostAddresses } from "./localhost";
export { type Machine, type MachinePaths, thisMachine } from "./machine";
export { readSigns } from "./signs";
