import path from "node:path";
import { wantedEndpoints } from "../../../shared/domain/detect/cluster-conf";
import { judgeCluster } from "../../../shared/domain/detect/cluster-state";
import { packageVersion } from "../../../shared/domain/detect/package-version";
import { type Endpoint, isSocket } from "../../../shared/domain/endpoint";
import type { Server } from "../../../shared/domain/server";
import type { Finding } from "../../use-cases/detection";
import type { Access } from "../../use-cases/ports";
import type { AptCluster } from "./apt-cluster";
import { lookAt, readText } from "./files";
import { findUser, type Machine } from "./machine";
import { socketAccesses } from "./socket-accesses";

/** dpkg's list grows with the packages installed: some MB. */
const DPKG_LIMIT = 32 * 1024 * 1024;

/** A command as it is run and as it is shown; both from one list, so they cannot differ. */
export interface StartCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly shown: string;
  /** True when this user may run it now. */
  readonly runnable: boolean;
}

/**
 * How this user starts a cluster: systemd's unit where systemd runs, else pg_ctlcluster(1). Its owner needs neither
 * sudo nor systemd; anybody else gets the line with sudo to copy.
 */
export async function startCommandOf(machine: Machine, cluster: AptCluster): Promise<StartCommand> {
  const systemd = (await lookAt(machine.paths.systemd)).kind === "folder";
  const isRoot = machine.uid === 0;
  const isOwner = machine.uid !== null && machine.uid === cluster.ownerUid;
  const unit = `postgresql@${cluster.version}-${cluster.name}`;
  const [program, ...args] =
    systemd && !isOwner
      ? ["systemctl", "start", unit]
      : isRoot || isOwner
        ? ["pg_ctlcluster", "--skip-systemctl-redirect", cluster.version, cluster.name, "start"]
        : ["pg_ctlcluster", cluster.version, cluster.name, "start"];
  const runnable = isRoot || isOwner;
  return {
    program: program as string,
    args,
    runnable,
    shown: [...(runnable ? [] : ["sudo"]), program, ...args].join(" "),
  };
}

/** Root becomes the cluster's owner by psql; its owner and anybody else go over the socket under their own name. */
async function accessesOf(
  machine: Machine,
  cluster: AptCluster,
  held: readonly Endpoint[],
): Promise<readonly Access[]> {
  const socket = held.find(isSocket);
  if (!socket) return [];
  const owner = cluster.ownerUid === null ? null : findUser(machine.paths.passwd, cluster.ownerUid);
  if (machine.uid === 0 && owner) {
    const program = path.join(machine.paths.programs, cluster.version, "bin", "psql");
    if ((await lookAt(program)).kind === "file") {
      return [
        { kind: "psql", program, osUser: owner.name, socketDirectory: socket.socketDirectory, port: socket.port },
      ];
    }
  }
  return socketAccesses(machine, socket);
}

/** The text of dpkg's list of packages; "" where there is none. */
export async function readPackages(machine: Machine): Promise<string> {
  const read = await readText(machine.paths.dpkgStatus, DPKG_LIMIT);
  return read.kind === "text" ? read.text : "";
}

function versionOf(packages: string, cluster: AptCluster): string {
  const full = packageVersion(packages, `postgresql-${cluster.version}`);
  return full?.startsWith(`${cluster.version}.`) ? full : cluster.version;
}

/** The card of a cluster: state, endpoints, how to start it, and the ways in. */
export async function aptFinding(machine: Machine, cluster: AptCluster, packages: string): Promise<Finding> {
  const { version, name, evidence } = cluster;
  const conf = path.join(machine.paths.clusters, version, name, "postgresql.conf");
  const failed: Pick<Server, "state" | "reason"> | null =
    cluster.failure === null
      ? null
      : cluster.failure === "denied"
        ? { state: "no-permission", reason: `Your user may not read ${conf}.` }
        : {
            state: "broken",
            reason: `${conf} cannot be read: ${cluster.failure === "missing" ? "it is missing" : cluster.failure}.`,
          };
  const judgement = failed ? { ...failed, startable: false } : judgeCluster(evidence);
  const command = judgement.startable ? await startCommandOf(machine, cluster) : null;
  const runs = judgement.state === "running" || judgement.state === "starting";
  const accesses = judgement.state === "running" ? await accessesOf(machine, cluster, cluster.held) : [];
  const isOwner = machine.uid !== null && machine.uid === cluster.ownerUid;
  const endpoints = runs && cluster.held.length > 0 ? cluster.held : failed ? [] : wantedEndpoints(cluster.settings);
  return {
    pid: cluster.pid,
    uid: cluster.ownerUid,
    reaches: endpoints,
    accesses,
    server: {
      id: `apt:${version}/${name}`,
      origin: "apt",
      label: `apt · cluster ${version}/${name}`,
      version: versionOf(packages, cluster),
      state: judgement.state,
      endpoints,
      dataDirectory: failed ? null : evidence.dataDirectory,
      reason: [judgement.reason, ...cluster.problems].filter((line) => line !== null).join(" ") || null,
      actions: command ? ["start"] : [],
      startCommand: command?.shown ?? null,
      canStart: command?.runnable ?? false,
      credentialsKnown: accesses.some((access) => access.kind === "psql") || (isOwner && accesses.length > 0),
    },
  };
}
