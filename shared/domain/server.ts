import type { Endpoint } from "./endpoint";

export type Origin = "apt" | "private" | "socket" | "listener" | "env" | "pg-environment" | "service-file" | "custom";

export type ServerState =
  | "running"
  | "stopped"
  | "starting"
  | "paused"
  | "broken"
  | "uninitialised"
  | "unreachable"
  | "no-permission";

export type ServerAction = "start" | "stop" | "delete";

/** One PostgreSQL found or named; the card of the Server screen and an entry of `detect --json`. */
export interface Server {
  /** Stable across scans: `apt:15/main`, `private:18`, `port:127.0.0.1:5433`, `socket:/tmp:5432`, `env:DATABASE_URL`. */
  readonly id: string;
  readonly origin: Origin;
  readonly label: string;
  /** "15.18" or "15"; null when nothing on disk or on the wire tells it without signing in. */
  readonly version: string | null;
  readonly state: ServerState;
  readonly endpoints: readonly Endpoint[];
  readonly dataDirectory: string | null;
  /** Why the state is what it is, in words; null when there is nothing to say. */
  readonly reason: string | null;
  readonly actions: readonly ServerAction[];
  /** The exact command that starts it, to show or to copy; null when it runs or cannot be started. */
  readonly startCommand: string | null;
  /** True when the app may run startCommand itself with the rights it has. */
  readonly canStart: boolean;
  readonly credentialsKnown: boolean;
}

/** Several servers that want one port. `answers` is the id of the one that listens now. */
export interface PortConflict {
  readonly port: number;
  readonly servers: readonly string[];
  readonly answers: string | null;
}

/** A source of detection that could not do its work, one line each. */
export interface SourceProblem {
  readonly source: string;
  readonly kind: "no-permission" | "timed-out" | "unreadable" | "failed";
  readonly message: string;
}

export interface Scan {
  readonly durationMs: number;
  readonly servers: readonly Server[];
  readonly conflicts: readonly PortConflict[];
  readonly problems: readonly SourceProblem[];
}

const ORDER: readonly ServerState[] = [
  "running",
  "starting",
  "stopped",
  "paused",
  "uninitialised",
  "no-permission",
  "broken",
  "unreachable",
];

/** Readiest first: running before starting before stopped ...; then servers with known credentials; then by label. */
export function byReadiness(a: Server, b: Server): number {
  return (
    ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
    Number(b.credentialsKnown) - Number(a.credentialsKnown) ||
    a.label.localeCompare(b.label, "en")
  );
}
