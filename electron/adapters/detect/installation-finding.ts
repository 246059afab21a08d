import { printable } from "../../../shared/domain/containers/raw";
import { wantedEndpoints } from "../../../shared/domain/detect/cluster-conf";
import { type ClusterJudgement, judgeCluster } from "../../../shared/domain/detect/cluster-state";
import { failedStart } from "../../../shared/domain/detect/log-tail";
import { type Endpoint, endpointText, isSocket } from "../../../shared/domain/endpoint";
import type { ServerAction } from "../../../shared/domain/server";
import type { Finding } from "../../use-cases/detection";
import type { Access } from "../../use-cases/ports";
import { type Cluster, readCluster, type Surroundings } from "./cluster";
import { evidenceOf, LOG_LINES } from "./evidence";
import type { ControlCommand, Installation } from "./installation";
import { findUser, type Machine } from "./machine";
import { heldByProgram } from "./port-holder";
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
function judge({ failure, place, evidence }: Cluster): ClusterJudgement {
  const judgement = judgeCluster(evidence);
  const settled = judgement.state !== "stopped" && judgement.cause !== "stale-pid-file";
  // Where the configuration lies in the data directory, what is wrong with that is wrong with both.
  const inData = place.configuration.startsWith(evidence.dataDirectory);
  if (failure === null || (settled && (inData || judgement.state === "running"))) return judgement;
  const { configuration } = place;
  const unclear = { startable: false, remedy: null };
  if (failure === "denied")
    return { ...unclear, state: "no-permission", reason: `Your user may not read ${configuration}.`, cause: null };
  const why = failure === "missing" ? "it is missing" : failure;
  return {
    ...unclear,
    state: "broken",
    reason: `${configuration} cannot be read: ${why}.`,
    cause: "unreadable-configuration",
    remedy: "Put the file right, or back from a backup: PostgreSQL does not start without it.",
  };
}

/** A stopped server whose configuration PostgreSQL refuses. */
function withBadLine({ badLine }: Cluster, judgement: ClusterJudgement): ClusterJudgement {
  if (badLine === null || judgement.state !== "stopped") return judgement;
  return {
    state: "broken",
    reason: `Line ${badLine.line} of ${badLine.file} cannot be read: PostgreSQL does not start with it.`,
    startable: false,
    cause: "unreadable-configuration",
    remedy: "Put that line right, then start it.",
  };
}

/** A stopped server whose log ends with a start that failed: it may be started, and why it was not is said first. */
function withFailedStart(judgement: ClusterJudgement, log: readonly string[]): ClusterJudgement {
  const failed = judgement.state === "stopped" && judgement.startable ? failedStart(log) : null;
  if (failed === null) return judgement;
  const remedy = "Put right what the end of its log says, then start it again.";
  return { ...judgement, cause: "failed-start", reason: `Its last start failed: ${failed}.`, remedy };
}

/** A stopped server whose port another program than PostgreSQL holds: that stands in a start's way. */
async function withPortHeld(
  machine: Machine,
  { settings, evidence: { dataDirectory } }: Cluster,
  judgement: ClusterJudgement,
  surroundings: () => Promise<Surroundings>,
): Promise<ClusterJudgement> {
  if (judgement.state !== "stopped" || !judgement.startable) return judgement;
  const server = { endpoints: wantedEndpoints(settings), dataDirectory };
  const held = await heldByProgram(machine, server, await surroundings());
  if (held === null) return judgement;
  const reason = [`${endpointText(held)} is held by another program.`, judgement.reason].filter(Boolean).join(" ");
  const remedy = "Stop that program first, or give this server another port.";
  return { ...judgement, cause: "port-taken", reason, remedy };
}

/** What a card offers: commands that can be shown as one line, from the state it is in. */
async function offered(installation: Installation, cluster: Cluster, { state, startable }: ClusterJudgement) {
  if (!startable && state !== "uninitialised" && state !== "no-permission") return {};
  const { start, initialise } = await installation.commands(cluster.ownerUid, cluster.evidence.dataDirectory);
  const command = state === "uninitialised" ? initialise : start;
  if (!command || printable(command.shown, command.shown.length) !== command.shown) return {};
  // Whose data may not be looked into is not ours to run; how it is started can still be said.
  if (state === "no-permission") return { hint: command };
  return state === "uninitialised" ? { initialise: command } : { start: command };
}

function remedyOf(machine: Machine, cluster: Cluster, judgement: ClusterJudgement, hint: ControlCommand | undefined) {
  if (judgement.remedy !== null) return judgement.remedy;
  switch (judgement.state) {
    case "no-permission": {
      const owner = cluster.ownerUid === null ? null : findUser(machine.paths.passwd, cluster.ownerUid);
      const who = owner ? `${owner.name}, who owns it, or an administrator` : "Its owner or an administrator";
      return `${who} can look into it${hint ? `, and start it: ${hint.shown}` : ""}.`;
    }
    case "uninitialised":
      return "Initialise it the way its installer's manual says.";
    default:
      return "Start it with the tool that installed it.";
  }
}

/** One safe line; null for none. */
const shown = (text: string): string | null => printable(text, 1200) || null;

/** The card of an installation: state, endpoints, evidence, how to start it, and the ways in. */
export async function lookAtInstallation(
  machine: Machine,
  installation: Installation,
  surroundings: () => Promise<Surroundings>,
): Promise<Looked> {
  const cluster = await readCluster(machine, installation.place, surroundings);
  const judged = withBadLine(cluster, judge(cluster));
  const { logFile } = installation;
  const lines =
    logFile === null || judged.state === "running" ? [] : await machine.files.readLastLines(logFile, LOG_LINES);
  const judgement = await withPortHeld(machine, cluster, withFailedStart(judged, lines), surroundings);
  const { state } = judgement;
  const { hint, ...commands } = { hint: undefined, ...(await offered(installation, cluster, judgement)) };
  const command = commands.start ?? commands.initialise ?? null;
  const runs = state === "running" || state === "starting" || judgement.cause === "timed-out";
  const accesses = state === "running" ? await accessesOf(machine, installation, cluster) : [];
  const isOwner = machine.uid !== null && machine.uid === cluster.ownerUid;
  const isKnown = cluster.failure === null || runs;
  const isFine = state === "running" || (command !== null && judgement.remedy === null);
  const endpoints: readonly Endpoint[] =
    runs && cluster.held.length > 0 ? cluster.held : isKnown ? wantedEndpoints(cluster.settings) : [];
  const { dataVersion } = cluster.evidence;
  const finding: Finding = {
    pid: cluster.pid,
    uid: cluster.ownerUid,
    reaches: endpoints,
    accesses,
    server: {
      id: installation.id,
      origin: installation.origin,
      label: installation.label,
      version:
        installation.version ??
        installation.place.version ??
        (dataVersion.kind === "read" ? dataVersion.version : null),
      state,
      endpoints,
      // Where it will be is known before it, and the configuration in it, are made.
      dataDirectory: isKnown || state === "uninitialised" ? cluster.evidence.dataDirectory : null,
      reason: shown([judgement.reason, ...cluster.problems].filter((line) => line !== null).join(" ")),
      actions: commands.start ? ["start"] : commands.initialise ? ["initialise"] : [],
      startCommand: command?.shown ?? null,
      canStart: command?.runnable ?? false,
      credentialsKnown: accesses.some((access) => access.kind === "psql") || (isOwner && accesses.length > 0),
      cause: judgement.cause,
      evidence: await evidenceOf(machine, cluster, state, logFile === null ? null : { file: logFile, lines }),
      remedy: isFine ? null : shown(remedyOf(machine, cluster, judgement, hint)),
    },
  };
  return { finding, commands };
}
