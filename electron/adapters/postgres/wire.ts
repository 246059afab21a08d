import { isIP } from "node:net";
import { homedir } from "node:os";
import type { Failure } from "../../../shared/domain/diagnose/facts";
import { type Endpoint, isSocket } from "../../../shared/domain/endpoint";
import { err, ok, type Result } from "../../../shared/domain/result";
import type { Sslmode } from "../../../shared/domain/target";
import type { OpenWire, WireRequest } from "../../use-cases/wire";
import { type Attempt, attempt, type Missed, type Way } from "./attempt";
import { failure } from "./failure";
import { addressesOf, type Limit, type OpenSocket, openSocket } from "./socket";
import { certificateFolder, effectiveMode } from "./tls-plan";

export interface WireOptions {
  /** Home folder with `.postgresql/root.crt`; the person's own unless given. */
  readonly home?: string;
  /** File of the authorities that sslrootcert=system means; SSL_CERT_FILE or the system's own unless given. */
  readonly bundle?: string;
  readonly openSocket?: OpenSocket;
  /** How names become addresses; the system's way unless given. */
  readonly addressesOf?: typeof addressesOf;
}

/** The ways a mode allows, in its order (PostgreSQL manual, "Protection Provided in Different Modes"). */
const WAYS: Readonly<Record<Sslmode, readonly Way[]>> = {
  disable: ["plain"],
  allow: ["plain", "tls"],
  prefer: ["tls-if-offered", "plain"],
  require: ["tls"],
  "verify-ca": ["tls"],
  "verify-full": ["tls"],
};

/** Makes the way to a session: resolve, reach, speak, encrypt and sign in, by libpq's rules for the ssl parameters. */
export function createOpenWire(options: WireOptions = {}): OpenWire {
  const folder = certificateFolder(process.platform, process.env, options.home ?? homedir());
  const places = { folder, bundle: options.bundle ?? process.env.SSL_CERT_FILE };
  const open = options.openSocket ?? openSocket;
  const lookUp = options.addressesOf ?? addressesOf;
  return async (asked, tell) => {
    const request = { ...asked, sslmode: effectiveMode(asked.sslmode, asked.parameters) };
    const limit: Limit = { timeoutMs: request.totalMs ?? request.timeoutMs, signal: request.signal };
    const began = performance.now();
    const place = placeOf(request);
    const found = place.ok ? await lookUp(place.value, limit) : place;
    tell({
      kind: "resolve",
      host: isSocket(request.endpoint) ? request.endpoint.socketDirectory : request.endpoint.host,
      addresses: found.ok ? found.value.map((where) => ("path" in where ? where.path : where.address)) : [],
      failure: found.ok ? null : found.error,
      durationMs: performance.now() - began,
    });
    if (!found.ok) return found;

    const shareMs = Math.min(request.timeoutMs, (request.totalMs ?? Number.POSITIVE_INFINITY) / found.value.length);
    // libpq ignores sslmode on a Unix socket (PostgreSQL manual, "SSL Support").
    const ways = place.ok && isSocket(place.value) ? WAYS.disable : WAYS[request.sslmode];
    let left = found.value;
    let told: Missed | null = null;
    for (;;) {
      const come = await goTo({ request, addresses: left, timeoutMs: shareMs, places, open, tell }, ways);
      if ("session" in come) return ok(come);
      if (!told || come.opened !== null) told = come;
      // An address that opens and then says nothing is left for the next one; any other failure is the answer.
      const next = come.failure.errno === "ETIMEDOUT" && come.opened !== null ? left.slice(come.opened + 1) : [];
      if (next.length === 0 || request.signal?.aborted) return err(told.failure);
      left = next;
    }
  };
}

/** `hostaddr` spares the look-up, and stands before a socket too; the name stays the one the certificate is checked for. */
function placeOf({ endpoint, parameters: { hostaddr } }: WireRequest): Result<Endpoint, Failure> {
  if (!hostaddr) return ok(endpoint);
  if (isIP(hostaddr) !== 0) return ok({ host: hostaddr, port: endpoint.port });
  return err(failure("ENOTFOUND", `hostaddr takes a numeric address; "${hostaddr}" is none.`));
}

type Come = Awaited<ReturnType<typeof attempt>>;

/** Goes the ways one after the other; the second only where libpq would, to the same address and in the same time. */
async function goTo(plan: Omit<Attempt, "way">, [first = "plain", second]: readonly Way[]): Promise<Come> {
  const come = await attempt({ ...plan, way: first });
  if ("session" in come || !come.otherWay || second === undefined || come.opened === null) return come;
  const addresses = plan.addresses.slice(come.opened, come.opened + 1);
  const again = await attempt({ ...plan, addresses, timeoutMs: come.until - performance.now(), way: second });
  return "session" in again ? again : { ...weightier(come, again), opened: come.opened };
}

/** Of two failures the one that got further; a rule that lets nobody in this way says less than a broken handshake. */
function weightier(a: Missed, b: Missed): Missed {
  if (a.weight === b.weight) return b.encrypted || !a.encrypted ? b : a;
  return a.weight > b.weight ? a : b;
}
