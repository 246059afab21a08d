import { wantedEndpoints } from "../../../shared/domain/detect/cluster-conf";
import { type ClusterJudgement, judgeCluster } from "../../../shared/domain/detect/cluster-state";
import { type Endpoint, isSocket } from "../../../shared/domain/endpoint";
import type { ServerAction } from "../../../shared/domain/server";
import type { Finding } from "../../use-cases/detection";
import type { Access } from "../../use-cases/ports";
import { type Cluster, readCluster, type Surroundings } from "./cluster";
import { evidenceOf } from "./evidence";
import type { ControlCommand, Installation } from "./installation";
import { findUser, type Machine } from "./machine";
import { socketAccesses } from "./socket-accesses";

/** What a look at an installation brought: its card, and the commands the card offers. */
export interface Looked {
  readonly finding: Finding;
  readonly commands: Partial<Record<ServerAction, ControlCommand>>;
}

/** Root becomes the cluster's owner by psql; its owner and anybody else go over the socket under their own name. */
async function accessesOf(
  machine: Machine,
  { roles, place }: Installation,
  { held, ownerUid }: Cluster,
): Promise<readonly Access[]> {
  const socket = held.find(isSocket);
  if (!socket) {
    const tcp = held[0];
    return tcp
      ? roles.map((user) => ({ kind: "wire", endpoint: tcp, user, password: null, sslmode: "prefer", parameters: {} }))
      : [];
  }
  const owner = ownerUid === null ? null : findUser(machine.paths.passwd, ownerUid);
  if (machine.uid === 0 && owner && place.programs !== null) {
    const program = machine.path.join(place.programs, "psql");
    const { socketDirectory, port } = socket;
    if ((await machine.files.lookAt(program)).kind === "file")
      return [{ kind: "psql", program, osUser: owner.name, socketDirectory, port }];
  }
  return socketAccesses(machine, socket, ...roles);
}

/** A configuration that cannot be read says nothing more than that, unless the data already tells what is wrong. */
function judge(cluster: Cluster): ClusterJudgement {
  const { failure, place, evidence } = cluster;
  const judgement = judgeCluster(evidence);
  const settled = judgement.state !== "stopped" && judgement.cause !== "stale-pid-file";
  // Where the configuration lies in the data directory, what is wrong with that is wrong with both.
  const inData = place.configuration.startsWith(evidence.dataDirectory);
  if (failure === null || (settled && (inData || judgement.state === "running"))) return judgement;
  const { configuration } = place;
  if (failure === "denied") {
    const reason = `Your user may not read ${configuration}.`;
    return { state: "no-permission", reason, startable: false, cause: null };
  }
  const why = failure === "missing" ? "it is missing" : failure;
  const reason = `${configuration} cannot be read: ${why}.`;
  return { state: "broken", reason, startable: false, cause: "unreadable-configuration" };
}

async function offered(installation: Installation, cluster: Cluster, { state, startable }: ClusterJudgement) {
  if (!startable && state !== "uninitialised") return {};
  const { start, initialise } = await installation.commands(cluster.ownerUid);
  if (state === "uninitialised") return initialise ? { initialise } : {};
  return start ? { start } : {};
}

/** The card of an installation: state, endpoints, evidence, how to start it, and the ways in. */
export async function lookAtInstallation(
  machine: Machine,
  installation: Installation,
  surroundings: () => Promise<Surroundings>,
): Promise<Looked> {
  const cluster = await readCluster(machine, installation.place, surroundings);
  const judgement = judge(cluster);
  const { state } = judgement;
  const commands = await offered(installation, cluster, judgement);
  const command = commands.start ?? commands.initialise ?? null;
  const runs = state === "running" || state === "starting";
  const accesses = state === "running" ? await accessesOf(machine, installation, cluster) : [];
  const isOwner = machine.uid !== null && machine.uid === cluster.ownerUid;
  const isKnown = cluster.failure === null || runs;
  const endpoints: readonly Endpoint[] =
    runs && cluster.held.length > 0 ? cluster.held : isKnown ? wantedEndpoints(cluster.settings) : [];
  const finding: Finding = {
    pid: cluster.pid,
    uid: cluster.ownerUid,
    reaches: endpoints,
    accesses,
    server: {
      id: installation.id,
      origin: installation.origin,
      label: installation.label,
      version: installation.version ?? installation.place.version ?? (cluster.evidence.dataVersion || null),
      state,
      endpoints,
      dataDirectory: isKnown ? cluster.evidence.dataDirectory : null,
      reason: [judgement.reason, ...cluster.problems].filter((line) => line !== null).join(" ") || null,
      actions: commands.start ? ["start"] : commands.initialise ? ["initialise"] : [],
      startCommand: command?.shown ?? null,
      canStart: command?.runnable ?? false,
      credentialsKnown: accesses.some((access) => access.kind === "psql") || (isOwner && accesses.length > 0),
      cause: judgement.cause,
      evidence: await evidenceOf(machine, cluster, state, installation.logFile),
    },
  };
  return { finding, commands };
}
