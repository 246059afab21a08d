import { type CatalogueFacts, catalogueFacts } from "../../shared/domain/diagnose/catalogue";
import { catalogueSql } from "../../shared/domain/diagnose/catalogue-sql";
import { type Diagnosed, diagnosePrivileges } from "../../shared/domain/diagnose/choose";
import type { Failure, WireStep } from "../../shared/domain/diagnose/facts";
import { capacityWarnings, isNearlyFull } from "../../shared/domain/diagnose/rules/capacity";
import {
  capacityRung,
  encryptRung,
  failedAt,
  isLocal,
  privilegesRung,
  reachRung,
  resolveRung,
  signInRungs,
  speakRung,
  type UntimedRung,
  unknownRung,
} from "../../shared/domain/diagnose/rungs";
import type { AppNeeds } from "../../shared/domain/diagnose/warnings";
import { RUNG_IDS, type Rung, type RungId } from "../../shared/domain/diagnosis";
import { type Endpoint, endpointText } from "../../shared/domain/endpoint";
import type { Sslmode, Target } from "../../shared/domain/target";
import { type LookNear, lookAhead } from "./diagnose-ahead";
import { askPooler, type PoolerMode } from "./diagnose-pooler";
import type { Near } from "./diagnose-surroundings";
import { goesOn, placesOf } from "./places";
import type { OpenedWire, OpenWire, WireRequest } from "./wire";

/** What the rungs above reading came to. */
export type Climbed =
  | {
      readonly kind: "open";
      readonly facts: CatalogueFacts | null;
      readonly lacks: Diagnosed | null;
      readonly pooler: PoolerMode;
      readonly request: WireRequest;
    }
  | {
      readonly kind: "ended";
      readonly rung: RungId;
      readonly failure: Failure;
      readonly steps: readonly WireStep[];
      readonly request: WireRequest;
      /** What was looked at around it while it was silent; null where it was not. */
      readonly near: Promise<Near> | null;
    };

type Ended = Extract<Climbed, { kind: "ended" }>;

/** How a climb reaches out. */
export interface Senses {
  readonly openWire: OpenWire;
  readonly lookNear: LookNear;
}

/** Tells a rung that ended at a time of performance.now(). */
export type PutRung = (rung: UntimedRung, endedAt: number) => void;

/** When each step of a climb ended. */
type Ends = Map<WireStep, number>;

/** Climbs to each endpoint in turn, as libpq does: the next one is tried only where nobody answers. */
export async function climb(
  { openWire, lookNear }: Senses,
  target: Target,
  endpoints: readonly Endpoint[],
  base: Omit<WireRequest, "endpoint">,
  needs: AppNeeds,
  put: PutRung,
): Promise<Climbed> {
  const ends: Ends = new Map();
  const missed: Ended[] = [];
  let told: Ended | null = null;
  for (const place of placesOf(target, endpoints)) {
    let tellReach = (_: PutRung): void => {};
    const note: PutRung = (rung, endedAt) => {
      if (rung.id === "reach") tellReach = (tell) => tell(rung, endedAt);
      put(rung, endedAt);
    };
    const climbed = await climbOne({ openWire, lookNear }, needs, { request: { ...base, ...place }, ends, put: note });
    if (climbed.kind === "open" || !goesOn(climbed.failure)) {
      if (missed.length > 0) tellReach(withOthers(put, "reach", missed));
      return climbed;
    }
    missed.push(climbed);
    if (!told || height(climbed.rung) > height(told.rung)) told = climbed;
    if (base.signal?.aborted) break;
  }
  if (!told) throw new Error("a string always leads to an endpoint");
  const { steps, request, rung } = told;
  const others = missed.filter((one) => one !== told);
  // The rungs on show are those of the address that got furthest, which the diagnosis is about.
  const tell = withOthers(put, rung === "resolve" ? "resolve" : "reach", others);
  if (endpoints.length > 1) tellSteps(steps, { request, ends, put: tell });
  return told;
}

/** Puts what came of the string's other hosts into the evidence of one rung. */
function withOthers(put: PutRung, id: RungId, others: readonly Ended[]): PutRung {
  const otherHosts = others.map(({ request, rung, failure: { errno, sqlstate } }) => ({
    host: endpointText(request.endpoint),
    stoppedAt: rung,
    errno,
    sqlstate,
  }));
  return (rung, endedAt) =>
    put(rung.id === id ? { ...rung, evidence: { ...rung.evidence, otherHosts } } : rung, endedAt);
}

const height = (rung: RungId): number => RUNG_IDS.indexOf(rung);

/** One way to a session, when its steps ended, and where to tell what comes of it. */
interface Way {
  readonly request: WireRequest;
  readonly ends: Ends;
  readonly put: PutRung;
}

async function climbOne({ openWire, lookNear }: Senses, needs: AppNeeds, way: Way): Promise<Climbed> {
  const { request, ends, put } = way;
  const steps: WireStep[] = [];
  const told = new Map<RungId, Rung["status"]>();
  const tell: PutRung = (rung, endedAt) => {
    // A second attempt (allow, prefer) repeats rungs that stand already.
    if (told.get(rung.id) === "pass" && rung.status === "pass" && rung.id !== "encrypt") return;
    told.set(rung.id, rung.status);
    put(rung, endedAt);
  };
  const ahead = lookAhead(lookNear, request);
  const opened = await openWire(request, (step) => {
    steps.push(step);
    if (step.kind === "speak" && step.failure === null) ahead.leave();
    ends.set(step, performance.now());
    if (!mayGoOn(step, request.sslmode)) tellStep(step, steps, { request, ends, put: tell });
  });
  const near = opened.ok || opened.error.errno !== "ETIMEDOUT" ? null : ahead.near();
  if (near === null) ahead.leave();
  if (opened.ok) return look(openWire, opened.value, needs, steps, { request, ends, put: tell });
  // Of two attempts the one that says more is told: it goes last, and its rungs are those on show.
  const at = steps.findIndex((step) => step.failure === opened.error);
  const inOrder = [...steps.slice(at + 1), ...steps.slice(0, at + 1)];
  const last = inOrder[inOrder.length - 1];
  const rung = last?.kind === "sign-in" ? failedAt(last) : (last?.kind ?? "reach");
  const upTo: PutRung = (one, endedAt) => {
    if (height(one.id) <= height(rung)) put(one, endedAt);
  };
  tellSteps(inOrder, { request, ends, put: upTo });
  return { kind: "ended", rung, failure: opened.error, steps: inOrder, request, near };
}

/** A failure that prefer or allow answers with a second attempt is not the end of its rung. */
function mayGoOn(step: WireStep, sslmode: Sslmode): boolean {
  if (step.kind === "encrypt") return sslmode === "prefer" && step.failure !== null;
  if (step.kind !== "sign-in" || !step.failure?.sqlstate?.startsWith("28")) return false;
  return sslmode === "prefer" || sslmode === "allow";
}

function rungsOf(step: WireStep, steps: readonly WireStep[], request: WireRequest): readonly UntimedRung[] {
  switch (step.kind) {
    case "resolve":
      return [resolveRung(step)];
    case "reach":
      return [reachRung(step)];
    case "speak":
      return [speakRung(step)];
    case "encrypt": {
      const rung = encryptRung(step, request.sslmode, {
        local: isLocal(request.endpoint) && "socketDirectory" in request.endpoint,
      });
      const failed = steps.find((one) => one !== step && one.kind === "encrypt" && one.failure !== null);
      if (failed?.kind !== "encrypt" || step.failure) return [rung];
      return [{ ...rung, status: "warn", summary: `TLS failed (${failed.failure?.errno ?? "?"}) · ${rung.summary}` }];
    }
    case "sign-in":
      return signInRungs(step, request.user, request.database);
  }
}

/** The rungs of one step follow each other: the last one ends with it. */
function tellStep(step: WireStep, steps: readonly WireStep[], { request, ends, put }: Way): void {
  const rungs = rungsOf(step, steps, request);
  let before = rungs.slice(1).reduce((sum, { durationMs }) => sum + durationMs, 0);
  for (const [index, rung] of rungs.entries()) {
    put(rung, (ends.get(step) ?? performance.now()) - before);
    before -= rungs[index + 1]?.durationMs ?? 0;
  }
}

function tellSteps(steps: readonly WireStep[], way: Way): void {
  for (const step of steps) tellStep(step, steps, way);
}

/** SQLSTATEs that belong to a session's beginning (classes 08, 28, 3D, 57 and too many connections). */
const BEFORE_A_SESSION = /^(08|28|3D|57P0|53300)/;

const refusedLate = (failure: Failure, afterMs: number): Extract<WireStep, { kind: "sign-in" }> => ({
  kind: "sign-in",
  encrypted: false,
  failure,
  passwordAsked: false,
  asked: null,
  authenticated: true,
  durationMs: 0,
  afterMs,
});

/** The oldest server the look into the catalogue is written for. */
const OLDEST_MAJOR = 10;

/** The rungs "privileges" and "capacity": one statement on the session that is open. */
async function look(
  openWire: OpenWire,
  opened: OpenedWire,
  needs: AppNeeds,
  steps: readonly WireStep[],
  { request, put }: Way,
): Promise<Climbed> {
  const began = performance.now();
  const asked = await opened.session.query(catalogueSql(needs));
  const row = asked.ok ? asked.value[0] : undefined;
  const ended = performance.now();
  const durationMs = ended - began;
  const facts = row ? catalogueFacts(row) : null;
  const pooler = facts && (await askPooler(openWire, request, opened, facts));
  // The answer is what counts; the server may take its time to hang up.
  void opened.session.end();
  if (facts) {
    const lacks = diagnosePrivileges(facts, request.parameters);
    put(privilegesRung(facts, lacks?.diagnosis.title ?? null, needs.usesVectors, durationMs), ended);
    const tight = pooler === null ? capacityWarnings(facts, needs.pool).length > 0 : isNearlyFull(facts);
    if (!lacks) put(capacityRung(facts, tight), ended);
    return { kind: "open", facts, lacks, pooler, request };
  }
  const failure: Failure = asked.ok
    ? {
        sqlstate: null,
        errno: null,
        severity: null,
        routine: null,
        message: "The catalogue has no line for this session.",
        detail: null,
      }
    : asked.error;
  // A pooler lets somebody in before it has a server for them: what it says now is about the database.
  if (BEFORE_A_SESSION.test(failure.sqlstate ?? "")) {
    const late = refusedLate(failure, durationMs);
    for (const rung of signInRungs(late, request.user, request.database)) put(rung, ended);
    return { kind: "ended", rung: failedAt(late), failure, steps, request, near: null };
  }
  const major = Number.parseInt(opened.status.server_version ?? "", 10);
  // A pooler or a very old server may not answer this; a session that broke is a failure.
  if (failure.errno === null || major < OLDEST_MAJOR) {
    put(unknownRung("privileges", failure, durationMs), ended);
    return { kind: "open", facts: null, lacks: null, pooler: null, request };
  }
  put({ ...unknownRung("privileges", failure, durationMs), status: "fail" }, ended);
  return { kind: "ended", rung: "privileges", failure, steps: [], request, near: null };
}
