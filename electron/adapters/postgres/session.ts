import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { Client, type QueryResult } from "pg";
import { type AskedMethod, ERRNO, type Failure } from "../../../shared/domain/diagnose/facts";
import { err, ok, type Result } from "../../../shared/domain/result";
import type { Secret } from "../../../shared/domain/target";
import type { Row, SqlSession } from "../../use-cases/ports";
import { type Demands, holdTo } from "./demands";
import { failure, failureOf, stoppedBy } from "./failure";
import { createFrameCheck } from "./frames";
import { coded, ENOUGH, heardQuestion, mayBePostgres, refuseUnanswerable } from "./questions";
import { type Limit, within } from "./socket";

/** Who signs in, where to, and with which startup parameters (PostgreSQL manual, "Message Formats"). */
export interface SignIn {
  readonly user: string;
  /** Null or empty: none. A server that asks for one then fails with ERRNO.passwordMissing, nothing is sent. */
  readonly password: Secret | null;
  readonly database: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly demands: Demands;
  /** "postgres on localhost:5432". */
  readonly as: string;
}

/** A session that also tells what the server said on the way in. */
export interface WireSession extends SqlSession {
  /** The server's process, as it named it for cancelling; null when it named none. */
  readonly backendPid: number | null;
  /** ParameterStatus values: server_version, is_superuser, in_hot_standby (14+), ... */
  readonly status: Readonly<Record<string, string>>;
}

export interface SignInOutcome {
  readonly result: Result<WireSession, Failure>;
  readonly passwordAsked: boolean;
  /** How the server asked; null where it did not. */
  readonly asked: AskedMethod | null;
  /** When the server said that the user is who they say, in ms of performance.now(); null when it did not. */
  readonly authenticatedAt: number | null;
  /** When the server's first byte came, in ms of performance.now(); null when none came. */
  readonly firstByteAt: number | null;
  /** The first bytes when they are not PostgreSQL's; null otherwise. */
  readonly strange: Buffer | null;
}

/** Sends exactly the startup parameters given: node-postgres alone would add PG* variables. */
class WireClient extends Client {
  readonly #startup: Readonly<Record<string, string>>;
  constructor(socket: Socket, signIn: SignIn, password: () => string) {
    super({
      stream: () => socket,
      ssl: false,
      sslnegotiation: "postgres",
      host: "localhost",
      port: 5432,
      user: signIn.user,
      database: signIn.database,
      password,
      enableChannelBinding: socket instanceof TLSSocket && signIn.demands.channelBinding !== "disable",
    });
    this.#startup = { user: signIn.user, database: signIn.database, ...signIn.parameters };
  }
  /** Called by node-postgres when the connection is open. */
  getStartupConf(): Readonly<Record<string, string>> {
    return this.#startup;
  }
}

/**
 * Makes an open socket fit for node-postgres: `connect` only says that it is open, and what its parser throws (an
 * unknown authentication request, bytes of another protocol) ends the socket instead of the process.
 */
function lend(socket: Socket, watch: (bytes: Buffer) => void): void {
  const on = socket.on.bind(socket);
  socket.connect = () => {
    process.nextTick(() => {
      socket.emit("connect");
      socket.resume();
    });
    return socket;
  };
  socket.on = ((event: string, listener: (...values: unknown[]) => void) => {
    if (event !== "data") return on(event, listener);
    return on(event, (bytes: Buffer) => {
      try {
        watch(bytes);
        listener(bytes);
      } catch (thrown) {
        const { errno, message } = failureOf(thrown);
        socket.destroy(coded(errno ?? ERRNO.protocol, message));
      }
    });
  }) as typeof socket.on;
}

/** Signs in on an open socket, plain or TLS, once. On failure the socket is closed. */
export async function signIn(socket: Socket, how: SignIn, limit: Limit): Promise<SignInOutcome> {
  let passwordAsked = false;
  let asked: AskedMethod | null = null;
  let authenticatedAt: number | null = null;
  let firstByteAt: number | null = null;
  let strange: Buffer | null = null;
  let signedIn = false;
  const checkFrames = createFrameCheck();
  let head = Buffer.alloc(0);
  lend(socket, (bytes) => {
    firstByteAt ??= performance.now();
    if (head.length < ENOUGH) {
      head = Buffer.concat([head, bytes.subarray(0, 200)]);
      strange = mayBePostgres(head) ? null : head.subarray(0, 200);
      if (strange) throw coded(ERRNO.protocol, "The answer is not PostgreSQL's protocol.");
    }
    checkFrames(bytes);
    if (signedIn) return;
    asked = heardQuestion(asked, bytes);
    refuseUnanswerable(bytes);
  });
  const client = new WireClient(socket, how, () => {
    passwordAsked = true;
    const password = how.password?.reveal() ?? "";
    if (password === "") throw coded(ERRNO.passwordMissing, "The server asks for a password and there is none.");
    return password;
  });
  holdTo(how.demands, client.connection, socket instanceof TLSSocket);
  client.connection.once("authenticationOk", () => {
    authenticatedAt = performance.now();
  });
  const status: Record<string, string> = {};
  client.connection.on("parameterStatus", (message: { parameterName: string; parameterValue: string }) => {
    status[message.parameterName] = message.parameterValue;
  });
  let backendPid: number | null = null;
  client.connection.on("backendKeyData", (message: { processID: number }) => {
    backendPid = message.processID;
  });
  // A session that dies while idle says so here; the next query tells the caller.
  client.on("error", () => {});
  const opened = await within(client.connect(), limit, "The sign-in did not end in time.");
  if (!opened.ok) {
    socket.destroy();
    return { result: err(named(opened.error)), passwordAsked, asked, authenticatedAt, firstByteAt, strange };
  }
  signedIn = true;
  const session = sessionOf(client, socket, { as: how.as, status, backendPid }, limit.signal);
  return { result: ok(session), passwordAsked, asked, authenticatedAt, firstByteAt, strange };
}

/** node-postgres tells some ends only by sentence, without a code; these are its sentences, never a server's. */
function named(seen: Failure): Failure {
  if (seen.sqlstate !== null || seen.errno !== null) return seen;
  if (seen.message.startsWith("Connection terminated")) {
    return failure(ERRNO.closed, "The server ended the connection without an error message.");
  }
  if (seen.message.startsWith("SASL: Only mechanism")) {
    return failure(ERRNO.unsupportedMethod, "The server asks for a SASL mechanism that is not SCRAM-SHA-256.");
  }
  return { ...seen, errno: ERRNO.protocol };
}

function sessionOf(
  client: WireClient,
  socket: Socket,
  told: Pick<WireSession, "as" | "status" | "backendPid">,
  signal: AbortSignal | undefined,
): WireSession {
  const onAbort = (): void => {
    const { errno, message } = signal ? stoppedBy(signal) : failure(ERRNO.cancelled, "Stopped on request.");
    socket.destroy(coded(errno ?? ERRNO.cancelled, message));
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  let ended: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    signal?.removeEventListener("abort", onAbort);
    if (!socket.destroyed) await within(client.end(), { timeoutMs: 2_000 }, "The server keeps the connection open.");
    socket.destroy();
  };
  return {
    ...told,
    async query(sql): Promise<Result<readonly Row[], Failure>> {
      try {
        const answer: QueryResult<Record<string, unknown>> = await client.query(sql);
        return ok(answer.rows);
      } catch (thrown) {
        return err(named(failureOf(thrown)));
      }
    },
    end: () => (ended ??= close()),
  };
}
