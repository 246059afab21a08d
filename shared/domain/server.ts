import type { Origin } from "./detect/origins";
import type { Endpoint } from "./endpoint";

export type { Origin } from "./detect/origins";

export type ServerState =
  | "running"
  | "stopped"
  | "starting"
  | "paused"
  | "broken"
  | "uninitialised"
  | "unreachable"
  | "no-permission";

/** What a card offers to do. "publish" only shows lines to copy: a container is never made anew in silence. */
export const SERVER_ACTIONS = ["start", "stop", "delete", "initialise", "unpause", "publish"] as const;
export type ServerAction = (typeof SERVER_ACTIONS)[number];

/** What is behind a state, as a word to act on; `reason` says it to people. */
export type StateCause =
  | "incompatible-data"
  | "stale-pid-file"
  | "missing-data-directory"
  | "port-taken"
  | "port-not-published"
  | "unreadable-configuration"
  | "failed-start"
  | "restarting"
  | "timed-out"
  | "refused";

/** One thing that was seen and bears out the state. */
export interface ServerEvidence {
  readonly kind: "path" | "pid" | "log" | "container" | "service" | "address";
  /** "Data directory", "Process", "Log", ... */
  readonly label: string;
  /** What was seen there; several lines for the end of a log. Holds no secret. */
  readonly text: string;
}

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
  readonly cause?: StateCause | null;
  /** What bears out the state; absent when there is nothing to show. */
  readonly evidence?: readonly ServerEvidence[];
  /** What a person does about the state, one sentence; absent when nothing is wrong or an action says it. */
  readonly remedy?: string | null;
}

/** One address of a port and the id of the server that holds it; a socket is its folder. */
export interface PortHolder {
  readonly address: string;
  readonly server: string;
}

/** Several servers that want one port. `answers` is the id of the one that a client reaches under localhost. */
export interface PortConflict {
  readonly port: number;
  readonly servers: readonly string[];
  readonly answers: string | null;
  readonly addresses: readonly PortHolder[];
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
