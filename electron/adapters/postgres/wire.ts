import type { Socket } from "node:net";
import { homedir } from "node:os";
import { ERRNO, type Failure, type WireStep } from "../../../shared/domain/diagnose/facts";
import { endpointText, isSocket } from "../../../shared/domain/endpoint";
import { err, ok, type Result } from "../../../shared/domain/result";
import type { OpenedWire, OpenWire, WireRequest } from "../../use-cases/wire";
import { failure } from "./failure";
import { type SignInOutcome, signIn } from "./session";
import { addressesOf, type Limit, type OpenSocket, openSocket, reach, type SocketAddress } from "./socket";
import { askForTls, encrypt, planTls, type TlsPlan } from "./tls";

export interface WireOptions {
  /** Home folder with `.postgresql/root.crt`; the person's own unless given. */
  readonly home?: string;
  readonly openSocket?: OpenSocket;
}

/** Parameters of the string that go into the startup message as they are. */
const STARTUP = ["application_name", "options", "search_path"] as const;

type Tell = (step: WireStep) => void;
type Try = Result<OpenedWire, Failure> & { readonly again: boolean };

/** Makes the way to a session: resolve, reach, speak, encrypt and sign in, by libpq's rules for sslmode. */
export function createOpenWire(options: WireOptions = {}): OpenWire {
  const home = options.home ?? homedir();
  const open = options.openSocket ?? openSocket;
  return async (request, tell) => {
    const deadline = performance.now() + request.timeoutMs;
    const limit = (): Limit => ({ timeoutMs: deadline - performance.now(), signal: request.signal });
    const local = isSocket(request.endpoint);
    const began = performance.now();
    const found = await addressesOf(request.endpoint, limit());
    tell({
      kind: "resolve",
      host: isSocket(request.endpoint) ? request.endpoint.socketDirectory : request.endpoint.host,
      addresses: found.ok ? found.value.map((where) => ("path" in where ? where.path : where.address)) : [],
      failure: found.ok ? null : found.error,
      durationMs: performance.now() - began,
    });
    if (!found.ok) return found;

    const climb = (addresses: readonly SocketAddress[], mode: "plain" | "tls-or-plain" | "tls"): Promise<Try> =>
      climbOnce({ request, addresses, mode, home, open, limit, tell });
    // libpq ignores sslmode on a Unix socket (PostgreSQL manual, "SSL Support").
    if (local || request.sslmode === "disable") return climb(found.value, "plain");
    if (request.sslmode === "allow") {
      const plain = await climb(found.value, "plain");
      return plain.again ? climb(found.value, "tls") : plain;
    }
    if (request.sslmode === "prefer") {
      const secure = await climb(found.value, "tls-or-plain");
      return secure.again ? climb(found.value, "plain") : secure;
    }
    return climb(found.value, "tls");
  };
}

interface Climb {
  readonly request: WireRequest;
  readonly addresses: readonly SocketAddress[];
  readonly mode: "plain" | "tls-or-plain" | "tls";
  readonly home: string;
  readonly open: OpenSocket;
  readonly limit: () => Limit;
  readonly tell: Tell;
}

const refused = (seen: Failure, again = false): Try => ({ ...err(seen), again });

async function climbOnce(climb: Climb): Promise<Try> {
  const { request, tell, limit } = climb;
  const began = performance.now();
  const reached = await reach(climb.addresses, request.endpoint.port, limit(), climb.open);
  const answered = reached.socket ? reached.attempts.length - 1 : null;
  tell({
    kind: "reach",
    attempts: reached.attempts,
    answered,
    failure: reached.failure,
    durationMs: performance.now() - began,
  });
  if (!reached.socket) return refused(reached.failure ?? failure("EUNKNOWN", "No address to try."));
  if (climb.mode === "plain") return enter(climb, reached.socket, false);
  const secured = await secure(climb, reached.socket);
  return secured.ok
    ? enter(climb, secured.value.socket, secured.value.encrypted)
    : refused(secured.error, secured.again);
}

type Secured =
  | { readonly ok: true; readonly value: { readonly socket: Socket; readonly encrypted: boolean } }
  | { readonly ok: false; readonly error: Failure; readonly again: boolean };

/** The speak and encrypt stages: the request for TLS, its answer, the handshake. */
async function secure(climb: Climb, socket: Socket): Promise<Secured> {
  const { request, tell, limit } = climb;
  const stop = (error: Failure, again = false): Secured => {
    socket.destroy();
    return { ok: false, error, again };
  };
  let began = performance.now();
  const asked = await askForTls(socket, limit());
  const answer = asked.ok ? asked.value : null;
  const silence = answer && SPEECHLESS[answer.kind];
  const strange = answer && "bytes" in answer ? answer.bytes.subarray(0, 200).toString("latin1") : "";
  const unspoken = !asked.ok
    ? asked.error
    : (silence ?? (answer?.kind === "other" ? failure(ERRNO.protocol, "The answer is not PostgreSQL's.") : null));
  tell({
    kind: "speak",
    answer: answer?.kind ?? "closed",
    bytes: strange,
    failure: unspoken,
    durationMs: performance.now() - began,
  });
  if (unspoken) return stop(unspoken);
  // A server that cannot even fork answers with an error message; a plain try would hear the same.
  if (answer?.kind === "error") return stop(failure(ERRNO.protocol, strange.replace(/[^\x20-\x7e]+/g, " ").trim()));

  began = performance.now();
  const tellEncrypt = (step: Partial<Extract<WireStep, { kind: "encrypt" }>>): void =>
    tell({ ...CLEAR, durationMs: performance.now() - began, ...step });
  if (answer?.kind === "plain") {
    const wrong = climb.mode === "tls" ? failure(ERRNO.tlsRefused, "The server has no TLS.") : null;
    tellEncrypt({ failure: wrong });
    return wrong ? stop(wrong) : { ok: true, value: { socket, encrypted: false } };
  }
  const plan = await planTls(request.sslmode, request.parameters, climb.home);
  if (!plan.ok) {
    tellEncrypt({ failure: plan.error });
    return stop(plan.error);
  }
  const host = isSocket(request.endpoint) ? null : request.endpoint.host;
  const shaken = await encrypt(socket, host, plan.value, limit());
  if (!shaken.ok) {
    tellEncrypt({ failure: shaken.failure, certificate: shaken.certificate });
    return stop(shaken.failure, climb.mode === "tls-or-plain" && shaken.failure.errno !== ERRNO.cancelled);
  }
  tellEncrypt({
    encrypted: true,
    protocol: shaken.socket.getProtocol(),
    cipher: shaken.socket.getCipher().standardName ?? shaken.socket.getCipher().name,
    verified: verifiedBy(plan.value),
    certificate: shaken.certificate,
  });
  return { ok: true, value: { socket: shaken.socket, encrypted: true } };
}

const SPEECHLESS: Readonly<Record<string, Failure>> = {
  closed: failure(ERRNO.closed, "It closes the connection at the first message."),
  silent: failure("ETIMEDOUT", "It accepts the connection and says nothing."),
};

const CLEAR: Extract<WireStep, { kind: "encrypt" }> = {
  kind: "encrypt",
  encrypted: false,
  protocol: null,
  cipher: null,
  verified: "none",
  certificate: null,
  failure: null,
  durationMs: 0,
};

const verifiedBy = (plan: TlsPlan): TlsPlan["verify"] => plan.verify;

/** The sign-in stage. Without a request for TLS before it, its first bytes also answer "is it PostgreSQL?". */
async function enter(climb: Climb, socket: Socket, encrypted: boolean): Promise<Try> {
  const { request, tell, limit } = climb;
  const began = performance.now();
  const parameters: Record<string, string> = { application_name: "aksara-database-setup" };
  for (const name of STARTUP) if (request.parameters[name]) parameters[name] = request.parameters[name];
  const outcome = await signIn(
    socket,
    {
      user: request.user,
      password: request.password,
      database: request.database,
      parameters,
      as: `${request.user} on ${endpointText(request.endpoint)}`,
    },
    limit(),
  );
  const { result, passwordAsked } = outcome;
  if (climb.mode === "plain") {
    const spoken = firstWords(outcome, began);
    tell(spoken);
    if (spoken.failure) return refused(spoken.failure);
    tell(CLEAR);
  }
  const seen = result.ok ? null : result.error;
  const since = climb.mode === "plain" ? (outcome.firstByteAt ?? began) : began;
  const done = outcome.authenticatedAt ?? performance.now();
  tell({
    kind: "sign-in",
    encrypted,
    failure: seen,
    passwordAsked,
    authenticated: outcome.authenticatedAt !== null,
    durationMs: done - since,
    afterMs: performance.now() - done,
  });
  if (result.ok) return { ...ok({ session: result.value, status: result.value.status }), again: false };
  return refused(result.error, isRuleRefusal(result.error) && mayTryOtherWay(request, climb.mode, encrypted));
}

/** 28000 from ClientAuthentication: no line of pg_hba.conf lets this connection in. It costs no password. */
const isRuleRefusal = (seen: Failure): boolean => seen.sqlstate === "28000" && seen.routine === "ClientAuthentication";

const mayTryOtherWay = (request: WireRequest, mode: Climb["mode"], encrypted: boolean): boolean =>
  (request.sslmode === "prefer" && mode === "tls-or-plain" && encrypted) ||
  (request.sslmode === "allow" && mode === "plain");

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
