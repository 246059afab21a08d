import { lookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import type { Failure, ReachAttempt } from "../../../shared/domain/diagnose/facts";
import { type Endpoint, isSocket, socketPath } from "../../../shared/domain/endpoint";
import { err, ok, type Result } from "../../../shared/domain/result";
import { failure, failureOf, stoppedBy } from "./failure";

/** How long something may take, in ms, and a way to stop it earlier. */
export interface Limit {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** The signature of `openSocket`, so that a test can put another way to the server in its place. */
export type OpenSocket = (where: SocketAddress, limit: Limit) => Promise<Result<Socket, Failure>>;

/** A literal address and port, or the path of a socket file. */
export type SocketAddress = { readonly address: string; readonly port: number } | { readonly path: string };

/** Settles with `work`, or with a failure once the limit is over. What `work` holds is the caller's to release. */
export async function within<T>(work: Promise<T>, limit: Limit, late: string): Promise<Result<T, Failure>> {
  let stop = (): void => {};
  const over = new Promise<Result<T, Failure>>((resolve) => {
    const timer = setTimeout(() => resolve(err(failure("ETIMEDOUT", late))), Math.max(0, limit.timeoutMs));
    const onAbort = (): void => {
      if (limit.signal) resolve(err(stoppedBy(limit.signal)));
    };
    if (limit.signal?.aborted) onAbort();
    limit.signal?.addEventListener("abort", onAbort, { once: true });
    stop = () => {
      clearTimeout(timer);
      limit.signal?.removeEventListener("abort", onAbort);
    };
  });
  try {
    return await Promise.race([work.then((value) => ok(value)), over]);
  } catch (thrown) {
    return err(failureOf(thrown));
  } finally {
    stop();
  }
}

/** Every address of a host in the system's order (getaddrinfo); a literal address is its own answer. */
export async function resolveHost(host: string, limit: Limit): Promise<Result<readonly string[], Failure>> {
  if (isIP(host) !== 0) return ok([host]);
  const found = await within(lookup(host, { all: true, verbatim: true }), limit, `No answer about "${host}" in time.`);
  if (!found.ok) {
    // A resolver that is silent is the network's trouble, not a wrong name.
    return found.error.errno === "ETIMEDOUT" ? err({ ...found.error, errno: "EAI_AGAIN" }) : found;
  }
  const addresses = [...new Set(found.value.map((entry) => entry.address))];
  return addresses.length > 0 ? ok(addresses) : err(failure("ENOTFOUND", `No address for "${host}".`));
}

/** Opens one address or socket file. On failure nothing stays open; errno names the reason, ETIMEDOUT the limit. */
export const openSocket: OpenSocket = async (where, limit) => {
  if (limit.signal?.aborted) return err(stoppedBy(limit.signal));
  const socket = "path" in where ? connect({ path: where.path }) : connect({ host: where.address, port: where.port });
  socket.setNoDelay(true);
  const opened = await within(
    new Promise<Socket>((resolve, reject) => {
      socket.once("connect", () => resolve(socket));
      socket.once("error", reject);
    }),
    limit,
    "No answer in time.",
  );
  socket.removeAllListeners("error");
  socket.removeAllListeners("connect");
  // From here on an error without a listener would end the process; whoever reads adds their own.
  socket.on("error", () => {});
  if (!opened.ok) socket.destroy();
  return opened;
};

/** The addresses an endpoint leads to, in the order they are tried. */
export async function addressesOf(
  endpoint: Endpoint,
  limit: Limit,
): Promise<Result<readonly SocketAddress[], Failure>> {
  if (isSocket(endpoint)) return ok([{ path: socketPath(endpoint) }]);
  const found = await resolveHost(endpoint.host, limit);
  return found.ok ? ok(found.value.map((address) => ({ address, port: endpoint.port }))) : found;
}

/** What opening a list of addresses came to; `socket` is null when none is open. */
export interface Reached {
  readonly socket: Socket | null;
  readonly attempts: readonly ReachAttempt[];
  readonly failure: Failure | null;
  /** When the last attempt began, in ms of performance.now(). */
  readonly began: number;
}

/**
 * Tries the addresses one after the other, as libpq does, and stops at the first that opens. The limit is for each of
 * them: one that never answers takes nothing from those after it.
 */
export async function reach(
  addresses: readonly SocketAddress[],
  port: number,
  limit: Limit,
  open: OpenSocket = openSocket,
): Promise<Reached> {
  const attempts: ReachAttempt[] = [];
  let first: Failure | null = null;
  let began = performance.now();
  for (const where of addresses) {
    began = performance.now();
    const opened = await open(where, limit);
    const address = "path" in where ? where.path : where.address;
    const errno = opened.ok ? null : (opened.error.errno ?? "EUNKNOWN");
    attempts.push({ address, port, errno, durationMs: performance.now() - began });
    if (opened.ok) return { socket: opened.value, attempts, failure: null, began };
    first ??= opened.error;
    if (limit.signal?.aborted) break;
  }
  return { socket: null, attempts, failure: first, began };
}
