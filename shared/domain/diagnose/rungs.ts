import { RUNG_IDS, type Rung, type RungId } from "../diagnosis";
import { endpointText, isLoopback, isSocket } from "../endpoint";
import type { Sslmode, Target } from "../target";
import { type CatalogueFacts, freeConnections, versionText } from "./catalogue";
import { ERRNO, type Failure, type WireStep } from "./facts";
import { nameProtocol, showBytes } from "./protocols";
import { offerText, offerWarnings } from "./rules/features";

type Step<K extends WireStep["kind"]> = Extract<WireStep, { kind: K }>;

/** A rung as its step tells it; when it began is known to who climbs. */
export type UntimedRung = Omit<Rung, "startMs">;

const rung = (
  id: RungId,
  status: Rung["status"],
  durationMs: number,
  summary: string,
  evidence: Rung["evidence"] = {},
): UntimedRung => ({ id, status, durationMs, summary, evidence });

/** A failure's fields as evidence. */
const fields = (failure: Failure | null): Rung["evidence"] =>
  failure
    ? { sqlstate: failure.sqlstate, errno: failure.errno, routine: failure.routine, message: failure.message }
    : {};

/** "ECONNREFUSED" as a person says it. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "no way there",
  ENETUNREACH: "no way there",
  EADDRNOTAVAIL: "no such address here",
  ENOENT: "no such socket",
  EACCES: "not permitted",
  EPERM: "not permitted",
  [ERRNO.cancelled]: "stopped",
};

const inWords = (errno: string): string => WORDS[errno] ?? errno;

/** The rung of a string that was read. */
export function readRung(
  target: Target,
  {
    passwordGiven,
    readsAlike,
    durationMs,
  }: { readonly passwordGiven: boolean; readonly readsAlike: boolean; readonly durationMs: number },
): UntimedRung {
  const parts = [target.user, passwordGiven || null, target.hosts[0] ?? null, target.database, target.sslmode];
  const count = parts.filter((part) => part !== null).length + Object.keys(target.parameters).length;
  const judged = readsAlike ? "no problems" : "but asyncpg reads it otherwise";
  return rung("read", readsAlike ? "pass" : "warn", durationMs, `postgresql · ${count} parts, ${judged}`, {
    hosts: target.hosts.map(endpointText),
    parameters: Object.keys(target.parameters),
  });
}

/** The rung of a string that cannot be read. */
export const unreadRung = (message: string, position: number | null, durationMs: number): UntimedRung =>
  rung("read", "fail", durationMs, message, { position });

export function resolveRung(step: Step<"resolve">): UntimedRung {
  const { host, addresses, failure, durationMs } = step;
  const evidence = { host, addresses, ...fields(failure) };
  if (failure) return rung("resolve", "fail", durationMs, `${failure.errno ?? "?"} · no address for ${host}`, evidence);
  if (host.startsWith("/") || host.startsWith("@"))
    return rung("resolve", "pass", durationMs, `${host} · a socket on this computer`, evidence);
  const summary = addresses.includes(host) ? `${host} · a literal address` : `${host} → ${addresses.join(", ")}`;
  return rung("resolve", "pass", durationMs, summary, evidence);
}

export function reachRung(step: Step<"reach">): UntimedRung {
  const { attempts, answered, durationMs } = step;
  const open = answered === null ? undefined : attempts[answered];
  const others = attempts
    .filter((attempt) => attempt.errno !== null)
    .map((attempt) => `${open ? attempt.address : at(attempt.address, attempt.port)} ${inWords(attempt.errno ?? "")}`);
  const summary = [...(open ? [`${at(open.address, open.port)} open`] : []), ...others].join(" · ");
  return rung("reach", open ? "pass" : "fail", durationMs, summary, { attempts, errno: step.failure?.errno ?? null });
}

const at = (address: string, port: number): string =>
  address.startsWith("/") ? address : endpointText({ host: address, port });

export function speakRung(step: Step<"speak">): UntimedRung {
  const { answer, bytes, failure, durationMs } = step;
  const evidence = { answer, bytes: showBytes(bytes), ...fields(failure) };
  if (failure?.errno === ERRNO.cancelled) return rung("speak", "fail", durationMs, "stopped", evidence);
  switch (answer) {
    case "tls":
    case "plain":
      return rung("speak", "pass", durationMs, "Yes · answers the SSL request", evidence);
    case "startup":
      return rung("speak", "pass", durationMs, "Yes · answers the first message", evidence);
    case "error":
      return rung("speak", "fail", durationMs, "Yes · but it answers with an error", evidence);
    case "other":
      return rung(
        "speak",
        "fail",
        durationMs,
        `No · ${nameProtocol(bytes) ?? `it begins "${showBytes(bytes)}"`}`,
        evidence,
      );
    case "closed":
      return rung("speak", "fail", durationMs, "It ends the connection at the first message", evidence);
    case "silent":
      return rung("speak", "fail", durationMs, "It accepts and says nothing", evidence);
  }
}

const VERIFIED: Readonly<Record<Step<"encrypt">["verified"], string>> = {
  none: "certificate not checked",
  authority: "authority checked",
  "authority-and-name": "authority and name checked",
};

export function encryptRung(step: Step<"encrypt">, sslmode: Sslmode, target: { readonly local: boolean }): UntimedRung {
  const { encrypted, protocol, cipher, verified, certificate, clientCertificate, failure, durationMs } = step;
  const evidence = {
    sslmode,
    encrypted,
    protocol,
    cipher,
    verified,
    certificate,
    clientCertificate,
    ...fields(failure),
  };
  if (failure) return rung("encrypt", "fail", durationMs, `${failure.errno ?? "?"} · ${failure.message}`, evidence);
  if (encrypted) {
    const version = (protocol ?? "TLS").replace("TLSv", "TLS ");
    const allowed = verified === "none" ? `, sslmode=${sslmode} allows it` : "";
    return rung("encrypt", "pass", durationMs, `${version} · ${VERIFIED[verified]}${allowed}`, evidence);
  }
  const why = target.local ? "a socket needs none" : `sslmode=${sslmode} allows it`;
  return rung("encrypt", "pass", durationMs, `Not encrypted · ${why}`, evidence);
}

/** The two rungs a sign-in tells about: who it is, and whether the database opens. */
export function signInRungs(step: Step<"sign-in">, user: string, database: string): readonly UntimedRung[] {
  const { failure, passwordAsked, durationMs, afterMs } = step;
  const how = { user, encrypted: step.encrypted, passwordAsked, asked: step.asked };
  const said = failure ? `${failure.sqlstate ?? failure.errno ?? "?"} · ${failure.message}` : "";
  const welcome = passwordAsked ? `${user} · password accepted` : `${user} · let in without a password`;
  if (failure && failedAt(step) === "authenticate") {
    return [rung("authenticate", "fail", durationMs + afterMs, said, { ...how, ...fields(failure) })];
  }
  const first = rung("authenticate", "pass", durationMs, welcome, how);
  if (failure) return [first, rung("database", "fail", afterMs, said, { database, ...fields(failure) })];
  return [first, rung("database", "pass", afterMs, `${database} is open`, { database })];
}

/** After the server has let somebody in it can still refuse the role itself, and the string what was not shown to it. */
export function failedAt(step: Step<"sign-in">): "authenticate" | "database" {
  const { sqlstate = null, errno = null } = step.failure ?? {};
  const refusesWho = sqlstate?.startsWith("28") || errno === ERRNO.certificateFile;
  return step.authenticated && !refusesWho ? "database" : "authenticate";
}

/** What the rung "privileges" shows; `usesVectors`: where the project says that it needs pgvector. */
export function privilegesRung(
  facts: CatalogueFacts,
  problem: string | null,
  usesVectors: string | null,
  durationMs: number,
): UntimedRung {
  const { schema, searchPath, superuser, bypassRls, standby, readOnly, databaseOwner, schemaOwner, mayCreate } = facts;
  const { genRandomUuid, jsonbOperators, indexMethods, vector } = facts;
  const version = `PostgreSQL ${versionText(facts.versionNumber)}`;
  const evidence = {
    version,
    schema,
    searchPath,
    schemaOwner,
    databaseOwner,
    mayCreate,
    superuser,
    bypassRls,
    standby,
    readOnly,
    genRandomUuid,
    jsonbOperators: [...new Set(jsonbOperators)].sort(),
    indexMethods: [...indexMethods].sort(),
    pgvector: {
      version: vector.here?.version ?? null,
      schema: vector.here?.schema ?? null,
      onServer: vector.onServer,
      mayCreate: vector.mayCreate,
      usedBy: usesVectors,
    },
  };
  if (problem) return rung("privileges", "fail", durationMs, problem, evidence);
  const power = superuser ? "a superuser" : bypassRls ? "BYPASSRLS" : null;
  const parts = [
    `May create tables in ${schema}`,
    ...(power ? [`${power}, more than Aksara needs`] : []),
    version,
    offerText(facts),
  ];
  const wants = power !== null || offerWarnings(facts, usesVectors).length > 0;
  return rung("privileges", wants ? "warn" : "pass", durationMs, parts.join(" · "), evidence);
}

export function capacityRung(facts: CatalogueFacts, tight: boolean): UntimedRung {
  const free = freeConnections(facts);
  const { maxConnections, superuserReserved, reserved, inUse, roleLimit, databaseLimit, holders } = facts;
  const evidence = { maxConnections, superuserReserved, reserved, inUse, roleLimit, databaseLimit, free, holders };
  return rung(
    "capacity",
    tight ? "warn" : "pass",
    0,
    `${free} of ${maxConnections} connections free · ${inUse} in use`,
    evidence,
  );
}

/** A rung that could not be looked at although the one before it passed. */
export const unknownRung = (id: RungId, failure: Failure, durationMs: number): UntimedRung =>
  rung(
    id,
    "warn",
    durationMs,
    `Could not be read · ${failure.sqlstate ?? failure.errno ?? "?"} · ${failure.message}`,
    fields(failure),
  );

/** The rungs above the last one climbed. */
export const skipped = (done: readonly Rung[]): readonly UntimedRung[] =>
  RUNG_IDS.filter((id) => !done.some((one) => one.id === id)).map((id) => rung(id, "skip", 0, "not reached"));

/** True for an endpoint on this computer. */
export const isLocal = (endpoint: Parameters<typeof endpointText>[0]): boolean =>
  isSocket(endpoint) || isLoopback(endpoint.host);
