import type { Failure, WireStep } from "../../shared/domain/diagnose/facts";
import { lastStep, type RoleLook, type Surroundings } from "../../shared/domain/diagnose/situation";
import type { RungId } from "../../shared/domain/diagnosis";
import {
  DEFAULT_PORT,
  type Endpoint,
  endpointText,
  isLoopback,
  isSocket,
  sameEndpoint,
} from "../../shared/domain/endpoint";
import type { Result } from "../../shared/domain/result";
import type { Server, ServerState } from "../../shared/domain/server";
import { quoteLiteral } from "../../shared/domain/sql";
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

/** localhost stands for both 127.0.0.1 and ::1; those two are not each other. */
function leadsTo(one: Endpoint, wanted: Endpoint): boolean {
  if (sameEndpoint(one, wanted)) return true;
  if (isSocket(one) || isSocket(wanted) || one.port !== wanted.port) return false;
  return isLoopback(one.host) && isLoopback(wanted.host) && (one.host === "localhost" || wanted.host === "localhost");
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
    heard: "",
    log: null,
    role: null,
    databases: null,
  };
  const server = known?.server ?? null;
  const rivals = rivalsAt(registry, request.endpoint, server);
  const unpublished = rung === "reach" && server === null ? unpublishedAt(registry, request.endpoint) : null;
  const base: Surroundings = { ...nothing, server, rivals, unpublished, administrator: null, osUser, mends };
  if (ended.signal.aborted) return base;
  if (rung === "reach" || rung === "speak") {
    const [near, heard] = await Promise.all([neighbours(parts, ended), hear(parts, ended)]);
    return { ...base, ...near, heard };
  }
  if (rung !== "authenticate" && rung !== "database") return base;
  const spanMs = performance.now() - ended.began;
  const [otherWay, overTcp, log, look] = await Promise.all([
    askOtherWay(parts, ended),
    isSocket(request.endpoint)
      ? firstAnswering(parts, [{ host: "127.0.0.1", port: request.endpoint.port }], ended.signal)
      : null,
    lookAtLog(parts.readLog, server, { user: request.user, failure: ended.failure, spanMs }),
    known ? askAdministrator(parts, known, ended) : null,
  ]);
  return { ...base, otherWay, overTcp, log, ...look };
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

async function neighbours(
  parts: LookAround,
  ended: Ended,
): Promise<Pick<Surroundings, "elsewhere" | "otherLoopback" | "overTcp">> {
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
  const label = running.find(({ server }) => server.endpoints.some((one) => elsewhere && one.port === elsewhere.port))
    ?.server.label;
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

/** The role and the databases as an administrator sees them, where one is at hand without asking anybody. */
async function askAdministrator(
  parts: LookAround,
  known: KnownServer,
  ended: Ended,
): Promise<Pick<Surroundings, "role" | "databases" | "administrator"> | null> {
  const { user } = ended.request;
  // The way in must be another one than the one that has just failed: a refused password is not tried again.
  const another = known.accesses.some((access) => access.kind === "psql" || access.user !== user);
  if (known.server.state !== "running" || !another) return null;
  const opened = await parts.openAdministrator(known.server.id, "postgres");
  if (!opened.ok) return null;
  const session = opened.value;
  try {
    return {
      administrator: session.as,
      role: await lookAtRole(session, user),
      databases: await lookAtDatabases(session),
    };
  } finally {
    await session.end();
  }
}

async function lookAtRole(session: SqlSession, user: string): Promise<RoleLook | null> {
  const expired = "coalesce(rolvaliduntil < now(), false) AS expired";
  const where = `WHERE rolname = ${quoteLiteral(user)}`;
  // Only superusers see whether there is a password; others still learn the rest.
  let found = await session.query(
    `SELECT rolcanlogin AS login, rolpassword IS NOT NULL AS password, ${expired},
      coalesce(rolpassword LIKE 'md5%', false) AS md5 FROM pg_catalog.pg_authid ${where}`,
  );
  if (!found.ok)
    found = await session.query(
      `SELECT rolcanlogin AS login, NULL AS password, ${expired}, false AS md5 FROM pg_catalog.pg_roles ${where}`,
    );
  if (!found.ok) return null;
  const row = found.value[0];
  if (!row) return { exists: false };
  const truth = (value: unknown): boolean => value === true || value === "t" || value === "true";
  const password = row.password === null || row.password === "" ? null : truth(row.password);
  return {
    exists: true,
    canLogin: truth(row.login),
    hasPassword: password,
    expired: truth(row.expired),
    md5: truth(row.md5),
  };
}

async function lookAtDatabases(session: SqlSession): Promise<readonly string[] | null> {
  const found = await session.query(
    "SELECT datname::text AS name FROM pg_catalog.pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1",
  );
  return found.ok ? found.value.map((row) => String(row.name)) : null;
}
