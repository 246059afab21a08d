import type { Answer } from "../../shared/domain/detect/answer";
import type { ServerFacts } from "../../shared/domain/detect/merge";
import type { Endpoint } from "../../shared/domain/endpoint";
import type { Result } from "../../shared/domain/result";
import type { Origin, Server, ServerAction, SourceProblem } from "../../shared/domain/server";
import type { Access } from "./ports";

/** What a source found about one server, with the ways to sign in that it knows. */
export interface Finding extends ServerFacts {
  readonly accesses: readonly Access[];
}

/** One thing a source has to say. */
export type Detected =
  | { readonly kind: "server"; readonly finding: Finding }
  | { readonly kind: "problem"; readonly problem: SourceProblem };

export interface DetectContext {
  /** Aborted when the scan is cancelled or the source's time is up. */
  readonly signal: AbortSignal;
  /** Work that several sources of one scan need, done once: the first caller's work answers all. */
  once<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** One entry in the list of places to look. It changes nothing on the machine and never throws what it can say. */
export interface DetectSource {
  readonly id: string;
  readonly title: string;
  readonly timeLimitMs: number;
  /** True when its findings explain bare sockets and ports; those are then told only after it is done. */
  readonly explains: boolean;
  find(context: DetectContext): AsyncIterable<Detected>;
}

/** Knocks on an endpoint: says who answers, signs in to nothing. */
export type Probe = (endpoint: Endpoint, timeoutMs: number) => Promise<Answer>;

/** Takes output a line at a time, without its line break. */
export type TellLine = (line: string) => void;

/** What the private server is right now. */
export interface PrivateServerStatus {
  readonly kind: "absent" | "present";
  readonly state: "running" | "stopped" | "starting" | "broken" | "no-permission";
  /** Major version: "18". */
  readonly major: string;
  /** The one folder that holds everything of it. */
  readonly folder: string;
  readonly reason: string | null;
  /** The server as a finding; null while it is absent. */
  readonly finding: Finding | null;
}

/** The commands an action would run, to show before. */
export interface ActionPlan {
  readonly title: string;
  readonly commands: readonly string[];
  readonly runnable: boolean;
  readonly note: string | null;
}

/** The app's own PostgreSQL: binaries that ship with it, its own folder, loopback only. */
export interface PrivateServer {
  status(): Promise<PrivateServerStatus>;
  plan(action: "create" | "start" | "stop" | "delete"): Promise<Result<ActionPlan>>;
  /** Initialises and starts it, or starts the one that is there already. Cancelled or failed, it leaves nothing behind. */
  create(tell: TellLine, signal: AbortSignal): Promise<Result<Finding>>;
  start(tell: TellLine, signal: AbortSignal): Promise<Result<Finding>>;
  stop(tell: TellLine, signal: AbortSignal): Promise<Result<Finding>>;
  /** Stops it and removes its folder with all databases in it; refuses a folder the app did not make. */
  remove(tell: TellLine, signal: AbortSignal): Promise<Result<null>>;
}

/**
 * Acts on the servers of some origins: starts, initialises, unpauses. It rebuilds what it runs from the server's id and
 * the machine as it is, and refuses where that is no longer what the plan showed.
 */
export interface ServerControl {
  readonly origins: readonly Origin[];
  plan(server: Server, action: ServerAction): Promise<Result<ActionPlan>>;
  /** The server as it is afterwards. */
  run(server: Server, action: ServerAction, tell: TellLine, signal: AbortSignal): Promise<Result<Finding>>;
}
