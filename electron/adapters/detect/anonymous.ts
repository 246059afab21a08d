import { printable } from "../../../shared/domain/containers/raw";
import { type Endpoint, endpointText } from "../../../shared/domain/endpoint";
import type { Origin, Server, ServerEvidence, StateCause } from "../../../shared/domain/server";
import type { Finding } from "../../use-cases/detection";
import type { Access } from "../../use-cases/ports";
import type { Machine } from "./machine";
import type { PostgresProcess } from "./processes";

interface Seen {
  readonly id: string;
  readonly origin: Extract<Origin, "socket" | "listener" | "process">;
  readonly label: string;
  readonly state: Server["state"];
  readonly reason: string | null;
  readonly cause?: StateCause | null;
  readonly remedy?: string | null;
  readonly endpoints: readonly Endpoint[];
  readonly uid: number | null;
  readonly process: PostgresProcess | null;
  readonly accesses: readonly Access[];
}

/** PG_VERSION where the rights reach it, else the version in the program's path. */
async function versionOf(machine: Machine, process: PostgresProcess | null): Promise<string | null> {
  if (!process) return null;
  if (process.version || !process.dataDirectory) return process.version;
  const read = await machine.files.readText(machine.path.join(process.dataDirectory, "PG_VERSION"), 100);
  return read.kind === "text" && /^\d+(\.\d+)?$/.test(read.text.trim()) ? read.text.trim() : null;
}

function evidenceOf({ endpoints, process }: Seen): readonly ServerEvidence[] {
  const seen: (ServerEvidence | null)[] = [
    { kind: "address", label: "Address", text: printable(endpoints.map(endpointText).join(", "), 400) },
    process === null ? null : { kind: "pid", label: "Process", text: String(process.pid) },
    process?.dataDirectory
      ? { kind: "path", label: "Data directory", text: printable(process.dataDirectory, 400) }
      : null,
  ];
  return seen.filter((one): one is ServerEvidence => one !== null);
}

/** The card of a server that is known only by where it answers. */
export async function anonymousFinding(machine: Machine, seen: Seen): Promise<Finding> {
  return {
    pid: seen.process?.pid ?? null,
    uid: seen.uid,
    reaches: seen.endpoints,
    accesses: seen.accesses,
    server: {
      id: printable(seen.id, 400),
      origin: seen.origin,
      label: printable(seen.label),
      version: await versionOf(machine, seen.process),
      state: seen.state,
      endpoints: seen.endpoints,
      dataDirectory: seen.process?.dataDirectory ?? null,
      reason: seen.reason,
      actions: [],
      startCommand: null,
      canStart: false,
      credentialsKnown: false,
      cause: seen.cause ?? null,
      evidence: evidenceOf(seen),
      remedy: seen.remedy ?? null,
    },
  };
}
