import type { Diagnosed } from "../../shared/domain/diagnose/choose";
import type { RemedyDraft } from "../../shared/domain/diagnose/remedies";
import { skipped } from "../../shared/domain/diagnose/rungs";
import type { AppNeeds } from "../../shared/domain/diagnose/warnings";
import { type DiagnoseReport, RUNG_IDS, type Rung } from "../../shared/domain/diagnosis";
import { showTarget } from "../../shared/domain/dsn";
import type { Shadow } from "../../shared/domain/project";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { Credentials, Secret } from "../../shared/domain/target";
import type {
  CommandOutput,
  DiagnoseEvent,
  DiagnoseOutcome,
  RemedyOutcome,
  RemedyPreview,
  StepProgress,
} from "../../shared/ipc/messages";
import type { Climbed, PutRung } from "./diagnose-climb";
import { examine } from "./diagnose-examine";
import type { AnswersPostgres, LookAround } from "./diagnose-surroundings";
import type { FillGaps } from "./fill-gaps";
import type { JobContext } from "./job";
import type { SqlSession } from "./ports";
import { type Mended, previewDraft, runDraft, undoDraft } from "./remedy";
import { editedDsn } from "./remedy/edit";
import type { CertificateFiles } from "./remedy/trust";
import type { SecretSource } from "./secret-source";
import type { ServerRegistry } from "./server-registry";
import type { OpenWire } from "./wire";

export interface DiagnoseParts {
  readonly registry: ServerRegistry;
  readonly openWire: OpenWire;
  readonly answersPostgres: AnswersPostgres;
  readonly hearLine: LookAround["hearLine"];
  readonly speaksTls?: LookAround["speaksTls"];
  readonly openAdministrator: (serverId: string, database: string) => Promise<Result<SqlSession>>;
  /** Reads the end of a local server's log, for the reasons it keeps from clients; without it none is read. */
  readonly readLog?: LookAround["readLog"];
  readonly isStandby?: LookAround["isStandby"];
  /** What starting or stopping a server that detection knows would run, and the run of it. */
  readonly prepareServer: (
    serverId: string,
    action: "start" | "stop",
  ) => Promise<
    Result<{
      readonly title: string;
      readonly commands: readonly string[];
      readonly run: (ctx: JobContext<CommandOutput>) => Promise<Result<unknown>>;
    }>
  >;
  /** Keeps certificates that are to be trusted; without it none is kept. */
  readonly certificates?: CertificateFiles;
  readonly secrets: Pick<SecretSource, "newPassword" | "verifier">;
  /** The project's own string, to say ".env" where it is the one that fails. */
  readonly projects?: {
    rawDatabaseUrl(): string | null;
    /** What beats the string of its `.env`; without it nothing does. */
    shadow?(dsn: string): Shadow | null;
    /** What the app needs, as its files say; without it the environment alone is asked. */
    details?(): AppNeeds | null;
  };
  /** Fills what the string leaves open as the app's driver would; without it only defaults do. */
  readonly fillGaps?: FillGaps;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly osUser: string;
  /** Bounds a run, in ms; `connect_timeout` in the string is stronger. Five seconds unless given. */
  readonly timeoutMs?: number;
}

export interface Diagnose {
  /** Climbs from the string to the pool's room and says why it ends where it ends. */
  run(dsn: string, ctx: JobContext<DiagnoseEvent>): Promise<DiagnoseOutcome>;
  previewRemedy(runId: string, remedyId: string): Promise<Result<RemedyPreview>>;
  /** Runs a remedy after a yes. The caller climbs again afterwards. */
  runRemedy(runId: string, remedyId: string, ctx: JobContext<StepProgress>): Promise<RemedyOutcome>;
  /** Takes back what a remedy did, as far as that can be. The caller climbs again afterwards. */
  undoRemedy(runId: string, remedyId: string, ctx: JobContext<StepProgress>): Promise<RemedyOutcome>;
  /** A run that can still be mended or reported, secrets and all; null when it is gone. */
  kept(runId: string): KeptRun | null;
}

/** What stays in main between a run and its remedies. */
export interface KeptRun {
  readonly dsn: string;
  /** What the string itself says: edits start from it. */
  readonly credentials: Credentials | null;
  /** The password that was used, from the string or from elsewhere. */
  readonly password: Secret | null;
  readonly climbed: Climbed | null;
  /** Databases that an administrator's look found. */
  readonly databases: readonly string[];
  readonly drafts: ReadonlyMap<string, RemedyDraft>;
  readonly outcome: DiagnoseOutcome;
  /** Remedies that were run and can be taken back, by id. */
  readonly mended: Map<string, Mended>;
  /** What remedies would run, as it was shown last, by id: nothing else is run. */
  readonly shown: Map<string, string>;
}

/** Runs that can still be mended or reported; older ones are forgotten with their secrets. */
const KEPT_RUNS = 20;
const NO_RUN = problem("not-found", "This check is gone.", { next: "Check again." });
const GONE: RemedyOutcome = { ok: false, dsn: null, problem: NO_RUN, undo: [] };

/** The ladder and its remedies; one a process. */
export function createDiagnose(parts: DiagnoseParts): Diagnose {
  const kept = new Map<string, KeptRun>();
  let count = 0;

  const find = (runId: string, remedyId: string): { readonly run: KeptRun; readonly draft: RemedyDraft } | null => {
    const run = kept.get(runId);
    const draft = run?.drafts.get(remedyId);
    return run && draft ? { run, draft } : null;
  };

  return {
    async run(dsn, ctx) {
      const began = performance.now();
      const rungs: Rung[] = [];
      const put: PutRung = (untimed, endedAt) => {
        const reached = untimed.status !== "skip";
        const rung = { ...untimed, startMs: reached ? Math.max(0, endedAt - began - untimed.durationMs) : 0 };
        const at = rungs.findIndex((one) => one.id === rung.id);
        if (at < 0) rungs.push(rung);
        else rungs[at] = rung;
        ctx.emit({ rung, index: RUNG_IDS.indexOf(rung.id) });
      };
      const seen = await examine(parts, dsn, ctx, put);
      for (const rung of skipped(rungs)) put(rung, 0);
      rungs.sort((a, b) => RUNG_IDS.indexOf(a.id) - RUNG_IDS.indexOf(b.id));
      const [best = null, ...others] = distinctRemedies(seen.found);
      const report: DiagnoseReport = {
        ok: best === null && !rungs.some((rung) => rung.status === "fail"),
        target: seen.credentials ? showTarget(seen.credentials) : null,
        rungs,
        diagnosis: best?.diagnosis ?? null,
        alternatives: others.map((one) => one.diagnosis),
        warnings: seen.warnings,
        durationMs: performance.now() - began,
      };
      const drafts = new Map(
        [best, ...others].flatMap((one) => one?.drafts ?? []).map((draft) => [draft.remedy.id, draft]),
      );
      const edits: Record<string, string> = {};
      for (const [id, draft] of drafts) {
        const edited = editedDsn(draft.action, seen.credentials, seen.climbed);
        if (edited !== null) edits[id] = edited;
      }
      count += 1;
      const outcome = { runId: `run-${count}`, report, edits };
      const { credentials, password, climbed } = seen;
      const databases = seen.databases ?? [];
      kept.set(outcome.runId, {
        dsn,
        credentials,
        password,
        climbed,
        databases,
        drafts,
        outcome,
        mended: new Map(),
        shown: new Map(),
      });
      for (const old of [...kept.keys()].slice(0, -KEPT_RUNS)) kept.delete(old);
      return outcome;
    },

    async previewRemedy(runId, remedyId) {
      const found = find(runId, remedyId);
      return found ? ok(await previewDraft(parts, found.run, found.draft)) : err(NO_RUN);
    },

    async runRemedy(runId, remedyId, ctx) {
      const found = find(runId, remedyId);
      return found ? runDraft(parts, found.run, found.draft, ctx) : GONE;
    },

    async undoRemedy(runId, remedyId, ctx) {
      const run = kept.get(runId);
      return run ? undoDraft(run, remedyId, ctx) : GONE;
    },

    kept: (runId) => kept.get(runId) ?? null,
  };
}

/** Remedies are named by id within a run: a second one of the same id keeps its own. */
function distinctRemedies(found: readonly Diagnosed[]): readonly Diagnosed[] {
  const used = new Set<string>();
  const unused = (id: string): string => {
    let free = id;
    for (let next = 2; used.has(free); next += 1) free = `${id}-${next}`;
    used.add(free);
    return free;
  };
  return found.map(({ diagnosis, drafts }) => {
    const named = drafts.map((draft) => ({ ...draft, remedy: { ...draft.remedy, id: unused(draft.remedy.id) } }));
    return { diagnosis: { ...diagnosis, remedies: named.map((draft) => draft.remedy) }, drafts: named };
  });
}
