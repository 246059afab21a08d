import type { Socket } from "node:net";
import { ERRNO, type Failure, type WireStep } from "../../../shared/domain/diagnose/facts";
import { startupSettings } from "../../../shared/domain/diagnose/startup";
import { endpointText } from "../../../shared/domain/endpoint";
import { err, type Result } from "../../../shared/domain/result";
import type { WireRequest } from "../../use-cases/wire";
import { failure } from "./failure";
import { type SignInOutcome, signIn, type WireSession } from "./session";
import { fitsAttributes } from "./session-attributes";
import type { Limit } from "./socket";

/** What the sign-in came to. On failure the socket is closed. */
export interface Entered {
  readonly result: Result<WireSession, Failure>;
  /** True when the server accepted who signs in. */
  readonly authenticated: boolean;
  /** True when a password, or a proof of one, went to the server. */
  readonly passwordSent: boolean;
  /** True when what answers is PostgreSQL. */
  readonly spoken: boolean;
}

/** What enter needs to know of an attempt. */
export interface Entrance {
  readonly request: WireRequest;
  /** Whether TLS was asked for on this connection, whatever the answer. */
  readonly asked: boolean;
  readonly encrypted: boolean;
  readonly tell: (step: WireStep) => void;
}

/** The encrypt step of a conversation that goes on in the clear. */
export const CLEAR: Extract<WireStep, { kind: "encrypt" }> = {
  kind: "encrypt",
  encrypted: false,
  protocol: null,
  cipher: null,
  verified: "none",
  certificate: null,
  clientCertificate: false,
  anchor: null,
  failure: null,
  durationMs: 0,
};

/** The sign-in stage. Without a request for TLS before it, its first bytes also answer "is it PostgreSQL?". */
export async function enter(socket: Socket, entrance: Entrance, limit: Limit): Promise<Entered> {
  const { request, asked, encrypted, tell } = entrance;
  const began = performance.now();
  const startup = { application_name: "aksara-database-setup", ...startupSettings(request.parameters) };
  const { user, password, database } = request;
  const as = `${user} on ${endpointText(request.endpoint)}`;
  const { channel_binding: binding, require_auth: methods } = request.parameters;
  const demands = { channelBinding: binding || "prefer", requireAuth: methods || null };
  const outcome = await signIn(socket, { user, password, database, parameters: startup, demands, as }, limit);
  const { passwordAsked } = outcome;
  const authenticated = outcome.authenticatedAt !== null;
  if (!asked) {
    const words = firstWords(outcome, began);
    tell(words);
    if (words.failure) return { result: outcome.result, authenticated, passwordSent: false, spoken: false };
    tell(CLEAR);
  }
  const done = outcome.authenticatedAt ?? performance.now();
  const result = outcome.result.ok ? await fits(outcome.result.value, entrance, limit) : outcome.result;
  tell({
    kind: "sign-in",
    encrypted,
    failure: result.ok ? null : result.error,
    passwordAsked,
    asked: outcome.asked,
    authenticated,
    durationMs: done - (asked ? began : (outcome.firstByteAt ?? began)),
    afterMs: performance.now() - done,
  });
  return { result, authenticated, passwordSent: passwordAsked && (password?.reveal() ?? "") !== "", spoken: true };
}

/** Lets a session through that is what the string asks for, and ends any other. */
async function fits(
  session: WireSession,
  { request: { parameters }, encrypted }: Entrance,
  limit: Limit,
): Promise<Result<WireSession, Failure>> {
  if (parameters.sslcertmode !== "require" || encrypted)
    return fitsAttributes(session, parameters.target_session_attrs, limit);
  await session.end();
  // libpq 16: only a server that encrypts asks for a certificate.
  return err(failure(ERRNO.certificateFile, "sslcertmode=require, and without TLS nobody asks for a certificate."));
}

function firstWords(outcome: SignInOutcome, began: number): Extract<WireStep, { kind: "speak" }> {
  const durationMs = (outcome.firstByteAt ?? performance.now()) - began;
  const seen = outcome.result.ok ? null : outcome.result.error;
  if (outcome.strange) {
    return { kind: "speak", answer: "other", bytes: outcome.strange.toString("latin1"), failure: seen, durationMs };
  }
  if (outcome.firstByteAt !== null) return { kind: "speak", answer: "startup", bytes: "", failure: null, durationMs };
  const answer = seen?.errno === "ETIMEDOUT" ? "silent" : "closed";
  return { kind: "speak", answer, bytes: "", failure: seen, durationMs };
}
