import { isExplaining, kindOf } from "../../shared/domain/detect/origins";
import type { Failure, WireStep } from "../../shared/domain/diagnose/facts";
import { isProxyFailure } from "../../shared/domain/diagnose/rules/proxy";
import { lastStep, type Surroundings } from "../../shared/domain/diagnose/situation";
import type { RungId } from "../../shared/domain/diagnosis";
import { DEFAULT_PORT, type Endpoint, endpointText, isLoopback, isSocket, leadsTo } from "../../shared/domain/endpoint";
import type { Result } from "../../shared/domain/result";
import type { Server, ServerState } from "../../shared/domain/server";
import { type AdministratorLook, askAdministrator } from "./diagnose-administrator";
import { lookAtLog, type ReadServerLog } from "./diagnose-log";
import type { SqlSession } from "./ports";
import type { KnownServer, ServerRegistry } from "./server-registry";
import type { OpenWire, WireRequest } from "./wire";

/** Whether PostgreSQL answers at an endpoint; asked without signing in, bounded in ms. */
export type AnswersPostgres = (endpoint: Endpoint, timeoutMs: number, signal: AbortSignal) => Promise<boolean>;

export interface LookAround {
  readonly registry: ServerRegistry;
  readonly openAdministrator: (serverId: string, database: string) => Promise<Result<SqlSession>>;
  readonly openWire: OpenWire;
  readonly answersPostgres: AnswersPostgres;
  /** What a silent port says to a line of text, latin1; "" when nothing. */
  readonly hearLine: (endpoint: Endpoint, timeoutMs: number, signal: AbortSignal) => Promise<string>;
  /** Without it no log is read. */
  readonly readLog?: ReadServerLog;
  /** Whether a server's data directory says that it is a standby; without it nobody looks. */
  readonly isStandby?: (server: Server) => Promise<boolean>;
  /** Whether a port that hangs up speaks TLS from its first byte; without it nobody asks. */
  readonly speaksTls?: (endpoint: Endpoint, timeoutMs: number, signal: AbortSignal) => Promise<boolean>;
  readonly osUser: string;
}

/** Where a climb ended. */
export interface Ended {
  readonly request: WireRequest;
  readonly rung: RungId;
  readonly failure: Failure;
  readonly steps: readonly WireStep[];
  readonly mends: Surroundings["mends"];
  /** What was looked at already, while it was silent. */
  readonly near: Promise<Near> | null;
  /** When the climb began, in ms of performance.now(). */
  readonly began: number;
  readonly signal: AbortSignal;
}

/** A look is a help, not a wait: each question gets this long, in ms. */
const LOOK_MS = 1_000;

/** The server of detection at an endpoint. After a refusal one that does not run explains more, otherwise one that does. */
export function serverAt(
  registry: ServerRegistry,
  endpoint: Endpoint,
  prefer: "running" | "not-running",
): KnownServer | null {
  const rank = (state: ServerState): number => (state === "running" ? 0 : state === "starting" ? 1 : 2);
  const found = registry.all().filter(({ server }) => server.endpoints.some((one) => leadsTo(one, endpoint)));
  const own = ({ server }: KnownServer): number => (server.dataDirectory === null ? 1 : 0);
  found.sort((a, b) => {
    const states = rank(a.server.state) - rank(b.server.state);
    return (prefer === "running" ? states : -states) || own(a) - own(b);
  });
  return found[0] ?? null;
}

/** Other servers of this computer with the endpoint's port: under another address, or shut out of it. */
function rivalsAt(registry: ServerRegistry, endpoint: Endpoint, own: Server | null): readonly Server[] {
  if (isSocket(endpoint) || !isLoopback(endpoint.host)) return [];
  const wants = ({ state, cause }: Server): boolean => state === "running" || cause === "port-taken";
  const stands = (server: Server): boolean =>
    server.endpoints.some((one) => one.port === endpoint.port && !isSocket(one) && isLoopback(one.host));
  return registry
    .all()
    .map(({ server }) => server)
    .filter((server) => server.id !== own?.id && wants(server) && stands(server));
}

/** A container that publishes no port has no endpoint to go by: it may be the one that is meant. */
function unpublishedAt(registry: ServerRegistry, endpoint: Endpoint): Server | null {
  if (isSocket(endpoint) || !isLoopback(endpoint.host)) return null;
  return registry.all().find(({ server }) => server.cause === "port-not-published")?.server ?? null;
}

/** The container, or the compose service, that a host names inside its network; null: no such is known. */
function serviceNamed(registry: ServerRegistry, endpoint: Endpoint): Server | null {
  if (isSocket(endpoint)) return null;
  // "Docker · shop/db", "Docker · db", "Docker · shop/db (colima)".
  const isCalled = ({ label, origin }: Server): boolean =>
    kindOf(origin) === "container" && / · (?:[^/ ]+\/)?(\S+)/.exec(label)?.[1] === endpoint.host;
  return registry.all().find(({ server }) => isCalled(server))?.server ?? null;
}

/** Finds out what else is true around a failure; only what the failed rung can use, nothing that signs in as the user. */
export async function lookAround(parts: LookAround, ended: Ended): Promise<Surroundings> {
  const { registry, osUser } = parts;
  const { rung, request, mends } = ended;
  const early = rung === "reach" || rung === "speak" || rung === "resolve";
  const known = serverAt(registry, request.endpoint, early ? "not-running" : "running");
  const nothing = {
    elsewhere: null,
    otherLoopback: null,
    overTcp: null,
    otherWay: null,
    inTheClear: null,
    standby: false,
    heard: "",
    log: null,
    role: null,
    databases: null,
  };
  const server = known?.server ?? null;
  const rivals = rivalsAt(registry, request.endpoint, server);
  const unpublished = rung === "reach" && server === null ? unpublishedAt(registry, request.endpoint) : null;
  const service = rung === "resolve" ? serviceNamed(registry, request.endpoint) : null;
  const base: Surroundings = { ...nothing, server, rivals, unpublished, service, administrator: null, osUser, mends };
  if (ended.signal.aborted) return base;
  if (rung === "reach" || rung === "speak") {
    return { ...base, ...(await (ended.near ?? lookFromHere(parts, ended))) };
  }
  if (rung !== "authenticate" && rung !== "database") return base;
  const [otherWay, inTheClear, standby, overTcp, inside, near] = await Promise.all([
    askOtherWay(parts, ended),
    askInTheClear(parts, ended),
    server !== null && ended.failure.sqlstate === "57P03" ? (parts.isStandby?.(server) ?? false) : false,
    isSocket(request.endpoint)
      ? firstAnswering(parts, [{ host: "127.0.0.1", port: request.endpoint.port }], ended.signal)
      : null,
    lookInside(parts, known, ended),
    // A pooler's refusal says nothing about the server behind it, which may be at hand.
    isProxyFailure(ended.failure) ? neighbours(parts, ended) : null,
  ]);
  return { ...base, otherWay, inTheClear, standby, overTcp, ...inside, elsewhere: near?.elsewhere ?? null };
}

/** Failures that names on the server explain: which roles and databases there are, and what is stored for them. */
const isAboutNames = ({ sqlstate, routine }: Failure): boolean =>
  sqlstate === "3D000" || sqlstate === "28P01" || (sqlstate === "28000" && routine !== "ClientAuthentication");

/** What the server says to its own people. The log first: it costs no sign-in, and where it tells, nobody else is asked. */
async function lookInside(
  parts: LookAround,
  known: KnownServer | null,
  ended: Ended,
): Promise<Pick<Surroundings, "log"> & Partial<AdministratorLook>> {
  const { request, failure, began, signal } = ended;
  const log = await lookAtLog(parts.readLog, known?.server ?? null, { user: request.user, failure, began, signal });
  const enough = (log !== null && log.reason !== null) || !isAboutNames(failure);
  const look = known && !enough ? await askAdministrator(parts, known, { user: request.user, signal }) : null;
  return { log, ...look };
}

/** The beginning of a TLS record that answers a handshake (RFC 8446, section 5.1). */
const TLS_RECORD = "\x16\x03\x03";

/** What a port says to something else than PostgreSQL's first message, which it met with silence or by hanging up. */
async function hear(parts: LookAround, { request, steps, signal }: Ended): Promise<string> {
  const answer = lastStep(steps, "speak")?.answer;
  if (answer === "silent") return parts.hearLine(request.endpoint, LOOK_MS, signal);
  if (answer !== "closed" || !parts.speaksTls) return "";
  return (await parts.speaksTls(request.endpoint, LOOK_MS, signal)) ? TLS_RECORD : "";
}

async function firstAnswering(
  parts: LookAround,
  candidates: readonly Endpoint[],
  signal: AbortSignal,
): Promise<Endpoint | null> {
  const answers = await Promise.all(candidates.map((endpoint) => parts.answersPostgres(endpoint, LOOK_MS, signal)));
  return candidates.find((_endpoint, index) => answers[index]) ?? null;
}

/** What answers around an endpoint, and what it says to a line of text. */
export type Near = Pick<Surroundings, "elsewhere" | "otherLoopback" | "overTcp" | "heard">;

/** The same, of an endpoint that is silent so far. */
export async function lookNear(parts: LookAround, request: WireRequest, signal: AbortSignal): Promise<Near> {
  const [near, heard] = await Promise.all([
    neighbours(parts, { request, steps: [], signal }),
    parts.hearLine(request.endpoint, LOOK_MS, signal),
  ]);
  return { ...near, heard };
}

async function lookFromHere(parts: LookAround, ended: Ended): Promise<Near> {
  const [near, heard] = await Promise.all([neighbours(parts, ended), hear(parts, ended)]);
  return { ...near, heard };
}

async function neighbours(
  parts: LookAround,
  ended: Pick<Ended, "request" | "steps" | "signal">,
): Promise<Omit<Near, "heard">> {
  const { endpoint } = ended.request;
  const tried = lastStep(ended.steps, "reach")?.attempts.map((attempt) => attempt.address) ?? [];
  if (isSocket(endpoint)) {
    const overTcp = await firstAnswering(parts, [{ host: "127.0.0.1", port: endpoint.port }], ended.signal);
    return { elsewhere: null, otherLoopback: null, overTcp };
  }
  const here = isLoopback(endpoint.host);
  const others = here ? ["127.0.0.1", "::1"].filter((address) => !tried.includes(address)) : [];
  const running = parts.registry.all().filter(({ server }) => server.state === "running");
  const listed = here
    ? running.flatMap(({ server }) => server.endpoints.filter((one) => !isSocket(one) && isLoopback(one.host)))
    : [];
  const standard: Endpoint = { host: endpoint.host, port: DEFAULT_PORT };
  const ports = [...listed, standard]
    .filter(
      (one, index, all) => one.port !== endpoint.port && all.findIndex((other) => other.port === one.port) === index,
    )
    .map((one): Endpoint => ({ host: endpoint.host, port: one.port }));
  const [otherLoopback, elsewhere] = await Promise.all([
    firstAnswering(
      parts,
      others.map((host) => ({ host, port: endpoint.port })),
      ended.signal,
    ),
    firstAnswering(parts, ports.slice(0, 8), ended.signal),
  ]);
  // What no installation explains is called by its port, which is no name in a sentence.
  const label = running.find(
    ({ server: { endpoints, origin } }) =>
      isExplaining(origin) && endpoints.some((one) => elsewhere && one.port === elsewhere.port),
  )?.server.label;
  return {
    otherLoopback,
    overTcp: null,
    elsewhere: elsewhere && { endpoint: elsewhere, label: label ?? `PostgreSQL at ${endpointText(elsewhere)}` },
  };
}

/**
 * Whether the server's rules let the same person in the other way, encrypted or not. No password is sent: a server
 * that gets as far as asking for one has a line for it.
 */
async function askOtherWay(parts: LookAround, ended: Ended): Promise<Surroundings["otherWay"]> {
  const { request, failure, steps } = ended;
  if (failure.sqlstate !== "28000" || failure.routine !== "ClientAuthentication" || isSocket(request.endpoint))
    return null;
  const tries = steps.filter((step) => step.kind === "sign-in");
  if (tries.length > 1) return "refused";
  const encrypted = lastStep(steps, "sign-in")?.encrypted ?? false;
  // It has said that it has no TLS.
  if (!encrypted && lastStep(steps, "speak")?.answer === "plain") return "refused";
  const sslmode = encrypted ? "disable" : "require";
  const other = await parts.openWire(
    { ...request, sslmode, password: null, timeoutMs: LOOK_MS * 2, signal: ended.signal },
    () => {},
  );
  if (other.ok) {
    await other.value.session.end();
    return "let-in";
  }
  const { sqlstate, errno, routine } = other.error;
  if (sqlstate === "28000" && routine === "ClientAuthentication") return "refused";
  if (errno === "ENOPASSWORD" || (sqlstate !== null && !sqlstate.startsWith("53") && !sqlstate.startsWith("57")))
    return "let-in";
  return errno === "ETLSREFUSED" ? "refused" : null;
}

/**
 * What the second attempt of sslmode=prefer comes to where the first one's password was refused: libpq and asyncpg go
 * over to the clear then. No password is sent here: only a rule that lets nobody in without TLS is of interest.
 */
async function askInTheClear(parts: LookAround, { request, failure, steps, signal }: Ended): Promise<Failure | null> {
  const last = lastStep(steps, "sign-in");
  if (request.sslmode !== "prefer" || !failure.sqlstate?.startsWith("28") || !last?.encrypted || !last.passwordAsked)
    return null;
  const plain = { ...request, sslmode: "disable", password: null, timeoutMs: LOOK_MS, signal } as const;
  const other = await parts.openWire(plain, () => {});
  if (!other.ok) return other.error.routine === "ClientAuthentication" ? other.error : null;
  await other.value.session.end();
  return null;
}
