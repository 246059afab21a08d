import path from "node:path";
import type { Endpoint } from "../../../shared/domain/endpoint";
import type { Origin, Server } from "../../../shared/domain/server";
import type { Finding } from "../../use-cases/detection";
import type { Access } from "../../use-cases/ports";
import { readText } from "./files";
import type { PostgresProcess } from "./processes";

interface Seen {
  readonly id: string;
  readonly origin: Extract<Origin, "socket" | "listener" | "process">;
  readonly label: string;
  readonly state: Server["state"];
  readonly reason: string | null;
  readonly endpoints: readonly Endpoint[];
  readonly uid: number | null;
  readonly process: PostgresProcess | null;
  readonly accesses: readonly Access[];
}

/** PG_VERSION where the rights reach it, else the version in the program's path. */
async function versionOf(process: PostgresProcess | null): Promise<string | null> {
  if (!process) return null;
  if (process.version || !process.dataDirectory) return process.version;
  const read = await readText(path.join(process.dataDirectory, "PG_VERSION"), 100);
  return read.kind === "text" && /^\d+(\.\d+)?$/.test(read.text.trim()) ? read.text.trim() : null;
}

/** The card of a server that is known only by where it answers. */
export async function anonymousFinding(seen: Seen): Promise<Finding> {
  return {
    pid: seen.process?.pid ?? null,
    uid: seen.uid,
    reaches: seen.endpoints,
    accesses: seen.accesses,
    server: {
      id: seen.id,
      origin: seen.origin,
      label: seen.label,
      version: await versionOf(seen.process),
      state: seen.state,
      endpoints: seen.endpoints,
      dataDirectory: seen.process?.dataDirectory ?? null,
      reason: seen.reason,
      actions: [],
      startCommand: null,
      canStart: false,
      credentialsKnown: false,
    },
  };
}
