import { type Diagnosed, diagnose } from "../../shared/domain/diagnose/choose";
import { diagnoseRead } from "../../shared/domain/diagnose/read";
import { shadowWarning } from "../../shared/domain/diagnose/rules/project";
import { readRung, unreadRung } from "../../shared/domain/diagnose/rungs";
import {
  type AppNeeds,
  parameterWarnings,
  readerWarnings,
  sessionWarnings,
  TRANSACTION_MODE,
} from "../../shared/domain/diagnose/warnings";
import type { DiagnosisWarning, Rung } from "../../shared/domain/diagnosis";
import { mendUnencoded, parseConnectionString, resolveTarget } from "../../shared/domain/dsn";
import { isWellKnownPassword } from "../../shared/domain/dsn/password-warnings";
import { appPool } from "../../shared/domain/project";
import type { Credentials, Secret } from "../../shared/domain/target";
import type { DiagnoseEvent } from "../../shared/ipc/messages";
import { bounded } from "./bounded";
import type { DiagnoseParts } from "./diagnose";
import { type Climbed, climb, type PutRung, type Senses } from "./diagnose-climb";
import { lookAround, lookNear } from "./diagnose-surroundings";
import type { Filled } from "./fill-gaps";
import type { JobContext } from "./job";
import { connectTimeoutMs } from "./places";

/** A cause is told within five seconds; what stands around a silent server is looked at meanwhile. */
const DEFAULT_MS = 4_900;
/** What each of a string's servers gets at least, where it names several and no time. */
const LEAST_MS = 1_000;
/** What is left at least to look into the catalogue once a session is open. */
const CATALOGUE_MS = 2_000;

/** What one string came to. */
export interface Examined {
  readonly credentials: Credentials | null;
  readonly databases?: readonly string[] | null;
  readonly password: Secret | null;
  readonly climbed: Climbed | null;
  readonly found: readonly Diagnosed[];
  readonly warnings: readonly DiagnosisWarning[];
}

/** Reads a string, climbs, and looks around where it ends. */
export async function examine(
  parts: DiagnoseParts,
  dsn: string,
  ctx: JobContext<DiagnoseEvent>,
  put: PutRung,
): Promise<Examined> {
  const began = performance.now();
  const inFile = parts.projects?.rawDatabaseUrl() ?? null;
  const fromEnvFile = inFile !== null && inFile.trim() === dsn.trim();
  const shadow = parts.projects?.shadow?.(dsn) ?? null;
  const shadowed = shadow ? [shadowWarning(shadow)] : [];
  const parsed = parseConnectionString(dsn);
  if (!parsed.ok) {
    const ended = performance.now();
    put(unreadRung(parsed.error.message, parsed.error.position, ended - began), ended);
    const found = [diagnoseRead(dsn, parsed.error, mendUnencoded(dsn))];
    return { credentials: null, password: null, climbed: null, found, warnings: shadowed };
  }
  const credentials = parsed.value;
  const filled = (await parts.fillGaps?.(dsn, credentials)) ?? null;
  const { target, password } = filled?.credentials ?? credentials;
  const { endpoints, user, database, sslmode } = resolveTarget({ target, password }, parts.osUser);
  const ended = performance.now();
  const early = [...shadowed, ...readerWarnings(dsn)];
  const read = readRung(credentials.target, {
    passwordGiven: credentials.password !== null,
    readsAlike: early.every(({ id }) => !id.startsWith("read.")),
    durationMs: ended - began,
  });
  put({ ...read, evidence: { ...read.evidence, ...elsewhere(filled) } }, ended);

  const asked = connectTimeoutMs(target.parameters);
  const allMs = parts.timeoutMs ?? DEFAULT_MS;
  const timeoutMs = asked ?? Math.max(Math.min(allMs, LEAST_MS), allMs / endpoints.length);
  const bound = bounded(ctx.signal, timeoutMs * endpoints.length + CATALOGUE_MS);
  try {
    const limits = { timeoutMs, ...(asked === null ? { totalMs: timeoutMs } : {}), signal: bound.signal };
    const base = { user, password, database, sslmode, parameters: target.parameters, ...limits };
    const needs = appNeeds(parts);
    const senses: Senses = {
      openWire: parts.openWire,
      lookNear: (request, signal) => lookNear(parts, request, signal),
    };
    const climbed = await climb(senses, target, endpoints, base, needs, (rung, endedAt) => {
      if (rung.id === "database" && rung.status === "pass")
        bound.within(Math.max(CATALOGUE_MS, allMs - (performance.now() - began)));
      put(rung, endedAt);
    });
    const { facts: known, pooler } = climbed.kind === "open" ? climbed : { facts: null, pooler: null };
    const warnings = [
      ...early,
      ...parameterWarnings(credentials.target),
      ...(known ? sessionWarnings(known, needs, pooler !== null) : []),
      ...(pooler === "transaction" ? [TRANSACTION_MODE] : []),
    ];
    if (climbed.kind === "open") {
      return { credentials, password, climbed, found: climbed.lacks ? [climbed.lacks] : [], warnings };
    }
    // Somebody pressed Cancel: that says nothing about the server.
    if (ctx.signal.aborted) return { credentials, password, climbed, found: [], warnings };
    const { rung, failure, steps, request, near } = climbed;
    const around = await lookAround(parts, {
      request,
      rung,
      failure,
      steps,
      mends: mendUnencoded(dsn),
      began,
      near,
      signal: ctx.signal,
    });
    const verdict = diagnose({
      target,
      endpoint: request.endpoint,
      user,
      database,
      sslmode,
      passwordGiven: password !== null && password.reveal() !== "",
      placeholder: password !== null && isWellKnownPassword(password.reveal()),
      fromEnvFile,
      rung,
      failure,
      steps,
      around,
    });
    const { databases } = around;
    return { credentials, password, climbed, databases, found: [verdict.best, ...verdict.alternatives], warnings };
  } finally {
    bound.release();
  }
}

/** What the project says its app needs; without one what the environment would give an app. */
const appNeeds = ({ projects, env }: DiagnoseParts): AppNeeds =>
  projects?.details?.() ?? { pool: appPool({}, env), usesVectors: null };

/** Where the values come from that the string leaves open, by keyword; nothing where it leaves none open. */
function elsewhere(filled: Filled | null): Rung["evidence"] {
  const open = (filled?.origins ?? []).filter(({ kind }) => kind !== "string");
  if (!open.some(({ kind }) => kind !== "default")) return {};
  return {
    filled: Object.fromEntries(open.map(({ keyword, value, place }) => [keyword, `${value ?? "none"}, from ${place}`])),
  };
}
