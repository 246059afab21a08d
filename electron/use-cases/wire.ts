import type { Failure, WireStep } from "../../shared/domain/diagnose/facts";
import type { Endpoint } from "../../shared/domain/endpoint";
import type { Result } from "../../shared/domain/result";
import type { Secret, Sslmode } from "../../shared/domain/target";
import type { SqlSession } from "./ports";

/** Everything one climb to a session needs; nothing is filled in from the environment. */
export interface WireRequest {
  readonly endpoint: Endpoint;
  readonly user: string;
  readonly password: Secret | null;
  readonly database: string;
  readonly sslmode: Sslmode;
  /** The string's own parameters; only those that mean something to the wire are used (sslrootcert, options, ...). */
  readonly parameters: Readonly<Record<string, string>>;
  /** Bounds the way over each address of the host, in ms, as libpq's connect_timeout does. */
  readonly timeoutMs: number;
  /** Bounds all addresses of the host together, in ms, each getting the same share; no such bound unless given. */
  readonly totalMs?: number;
  readonly signal?: AbortSignal;
}

/** A session over the wire, with what the server told about itself on the way in. */
export interface OpenedWire {
  readonly session: SqlSession;
  /** The server's process, as it named it for cancelling; null when it named none. */
  readonly backendPid: number | null;
  readonly status: Readonly<Record<string, string>>;
}

/**
 * Opens a session step by step and tells each step as it ends; one sign-in, except allow's and prefer's second. The
 * failure is that of one step, and of two attempts the one that says more.
 */
export type OpenWire = (request: WireRequest, onStep: (step: WireStep) => void) => Promise<Result<OpenedWire, Failure>>;
