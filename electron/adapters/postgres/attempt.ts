import type { Socket } from "node:net";
import { ERRNO, type Failure, type WireStep } from "../../../shared/domain/diagnose/facts";
import { isSocket } from "../../../shared/domain/endpoint";
import type { OpenedWire, WireRequest } from "../../use-cases/wire";
import { CLEAR, type Entered, enter } from "./enter";
import { failure } from "./failure";
import { type Limit, type OpenSocket, reach, type SocketAddress } from "./socket";
import { askForTls, type TlsAnswer } from "./ssl-request";
import { encrypt } from "./tls";
import { planTls, type TlsPlaces } from "./tls-plan";

/** In the clear, with TLS, or with TLS where the server has it. */
export type Way = "plain" | "tls" | "tls-if-offered";

/** One connection to the first address that opens, one way. */
export interface Attempt {
  readonly request: WireRequest;
  readonly addresses: readonly SocketAddress[];
  /** For each address, up to the session, in ms. */
  readonly timeoutMs: number;
  readonly way: Way;
  readonly places: TlsPlaces;
  readonly open: OpenSocket;
  readonly tell: (step: WireStep) => void;
}

/** An attempt that came to nothing; its socket is closed. */
export interface Missed {
  readonly failure: Failure;
  /** How much it says about why nobody gets in; of two attempts the greater one is told. */
  readonly weight: number;
  readonly encrypted: boolean;
  /** True where libpq would now try the other way, encrypted or in the clear. */
  readonly otherWay: boolean;
  /** Index of the address that opened; null when none did. */
  readonly opened: number | null;
  /** When that address's time is over, in ms of performance.now(). */
  readonly until: number;
}

const WEIGHT = { network: 0, tlsRefused: 1, rule: 2, handshake: 3, signIn: 4, over: 5 };

/** Nobody goes on after these, whatever came before. */
const isOver = ({ errno }: Failure): boolean => errno === ERRNO.cancelled || errno === "ETIMEDOUT";

type Stopped = Omit<Missed, "opened" | "until">;

/** Opens, encrypts and signs in; tells each step as it ends. */
export async function attempt(one: Attempt): Promise<OpenedWire | Missed> {
  const { request, tell } = one;
  const began = performance.now();
  const each: Limit = { timeoutMs: one.timeoutMs, signal: request.signal };
  const reached = await reach(one.addresses, request.endpoint.port, each, one.open);
  const opened = reached.socket ? reached.attempts.length - 1 : null;
  const until = reached.began + one.timeoutMs;
  const durationMs = performance.now() - began;
  tell({ kind: "reach", attempts: reached.attempts, answered: opened, failure: reached.failure, durationMs });
  if (!reached.socket) {
    const seen = reached.failure ?? failure("EUNKNOWN", "No address to try.");
    return { ...stopped(seen, WEIGHT.network), opened, until };
  }
  if (request.parameters.gssencmode === "require") {
    reached.socket.destroy();
    const words = "gssencmode=require asks for encryption by Kerberos (GSSAPI), which this app does not have.";
    const none = failure(ERRNO.unsupportedMethod, words);
    tell({ ...CLEAR, failure: none });
    return { ...stopped(none, WEIGHT.over), opened, until };
  }
  const limit = (): Limit => ({ timeoutMs: until - performance.now(), signal: request.signal });
  const secured =
    one.way === "plain" ? { socket: reached.socket, encrypted: false } : await secure(one, reached.socket, limit);
  if ("failure" in secured) return { ...secured, opened, until };
  const { encrypted } = secured;
  const entered = await enter(secured.socket, { request, asked: one.way !== "plain", encrypted, tell }, limit());
  const { result } = entered;
  if (result.ok) {
    const { status, backendPid } = result.value;
    return { session: result.value, status, backendPid };
  }
  return { ...refusal(one.way, result.error, entered, encrypted), opened, until };
}

const stopped = (seen: Failure, weight: number, more: Partial<Stopped> = {}): Stopped => ({
  failure: seen,
  weight: isOver(seen) ? WEIGHT.over : weight,
  encrypted: false,
  otherWay: false,
  ...more,
});

/** 28000 from ClientAuthentication: no line of pg_hba.conf lets this connection in. */
const isRuleRefusal = (seen: Failure): boolean => seen.sqlstate === "28000" && seen.routine === "ClientAuthentication";

/**
 * A server that turns somebody away may let them in the other way. libpq tries that after any error; here only after
 * one about who signs in, and never with a password that was just refused: some hosts ban after a few of those.
 */
function refusal(way: Way, seen: Failure, entered: Entered, encrypted: boolean): Stopped {
  if (!entered.spoken) return stopped(seen, WEIGHT.network);
  const early = seen.sqlstate?.startsWith("28") && !entered.authenticated && !entered.passwordSent;
  const otherWay = Boolean(early) && (way === "plain" || (way === "tls-if-offered" && encrypted));
  // Whoever got in and is not what was looked for says more than a way that was shut.
  if (seen.errno === ERRNO.sessionAttributes) return stopped(seen, WEIGHT.over, { encrypted });
  return stopped(seen, isRuleRefusal(seen) ? WEIGHT.rule : WEIGHT.signIn, { encrypted, otherWay });
}

type Secured = { readonly socket: Socket; readonly encrypted: boolean } | Stopped;

/** The speak stage, and the encrypt stage where the server has TLS. */
async function secure(one: Attempt, socket: Socket, limit: () => Limit): Promise<Secured> {
  if (one.request.parameters.sslnegotiation === "direct") return shake(one, socket, true, limit);
  const began = performance.now();
  const asked = await askForTls(socket, limit());
  const answer = asked.ok ? asked.value.kind : "closed";
  const bytes = asked.ok && "bytes" in asked.value ? asked.value.bytes.toString("latin1", 0, 200) : "";
  const unspoken = asked.ok ? unspokenBy(asked.value) : asked.error;
  one.tell({ kind: "speak", answer, bytes, failure: unspoken, durationMs: performance.now() - began });
  const stop = (seen: Failure, weight: number): Stopped => {
    socket.destroy();
    return stopped(seen, weight);
  };
  if (unspoken) return stop(unspoken, WEIGHT.network);
  // A server that cannot even fork answers with an error message; a plain try would hear the same.
  if (answer === "error") {
    return stop(failure(ERRNO.protocol, bytes.replace(/[^\x20-\x7e]+/g, " ").trim()), WEIGHT.network);
  }
  if (answer === "tls") return shake(one, socket, false, limit);
  const wrong = one.way === "tls" ? failure(ERRNO.tlsRefused, "The server has no TLS.") : null;
  one.tell({ ...CLEAR, failure: wrong });
  return wrong ? stop(wrong, WEIGHT.tlsRefused) : { socket, encrypted: false };
}

/** Why an answer is none of PostgreSQL's; null where it is one. */
function unspokenBy(answer: TlsAnswer): Failure | null {
  switch (answer.kind) {
    case "closed":
      return failure(answer.errno, "It closes the connection at the first message.");
    case "silent":
      return failure("ETIMEDOUT", "It accepts the connection and says nothing.");
    case "other":
      return failure(ERRNO.protocol, "The answer is not PostgreSQL's.");
    case "tls":
    case "plain":
    case "error":
      return null;
  }
}

/** The encrypt stage: reads what the parameters name, shakes hands and judges the certificate. */
async function shake(one: Attempt, socket: Socket, direct: boolean, limit: () => Limit): Promise<Secured> {
  const { request, tell } = one;
  const began = performance.now();
  const step = (more: Partial<typeof CLEAR>): typeof CLEAR => ({
    ...CLEAR,
    durationMs: performance.now() - began,
    ...more,
  });
  const otherWay = one.way === "tls-if-offered";
  const plan = await planTls(request.sslmode, request.parameters, one.places);
  if (!plan.ok) {
    socket.destroy();
    tell(step({ failure: plan.error }));
    return stopped(plan.error, WEIGHT.handshake, { otherWay });
  }
  const host = isSocket(request.endpoint) ? request.endpoint.socketDirectory : request.endpoint.host;
  const clientCertificate = plan.value.client !== null;
  const shaken = await encrypt(socket, { host, direct }, plan.value, limit());
  if (!shaken.ok) {
    tell(step({ failure: shaken.failure, certificate: shaken.certificate, clientCertificate, anchor: shaken.anchor }));
    return stopped(shaken.failure, WEIGHT.handshake, { otherWay: otherWay && !isOver(shaken.failure) });
  }
  const cipher = shaken.socket.getCipher();
  if (direct) tell({ kind: "speak", answer: "tls", bytes: "", failure: null, durationMs: performance.now() - began });
  tell(
    step({
      encrypted: true,
      protocol: shaken.socket.getProtocol(),
      cipher: cipher.standardName ?? cipher.name,
      verified: plan.value.verify,
      certificate: shaken.certificate,
      clientCertificate,
      anchor: shaken.anchor,
    }),
  );
  return { socket: shaken.socket, encrypted: true };
}
