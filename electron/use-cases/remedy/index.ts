import type { RemedyDraft } from "../../../shared/domain/diagnose/remedies";
import type { PlanStep } from "../../../shared/domain/plan";
import { err, ok, type Problem, problem, type Result } from "../../../shared/domain/result";
import type { RemedyOutcome, RemedyPreview, StepProgress } from "../../../shared/ipc/messages";
import type { DiagnoseParts, KeptRun } from "../diagnose";
import type { JobContext } from "../job";
import { editedDsn } from "./edit";
import { prepareRule } from "./rule";
import { prepareSql, statementStep } from "./sql";
import { prepareStart } from "./start";
import { prepareTrust } from "./trust";
import { prepareWait } from "./wait";
import { type Lack, type Prepared, runSteps, takeBack, type UndoStep } from "./work";

/** What a remedy did, as long as it can be taken back. */
export interface Mended {
  readonly undo: readonly UndoStep[];
  /** True where the string became another one. */
  readonly changed: boolean;
}

function prepare(parts: DiagnoseParts, run: KeptRun, draft: RemedyDraft): Promise<Result<Prepared, Lack>> {
  const { action } = draft;
  switch (action.kind) {
    case "sql":
      return prepareSql(parts, run, draft, action);
    case "rule":
      return prepareRule(parts, run, draft, action);
    case "trust":
      return prepareTrust(parts, run, draft, action);
    case "start":
      return prepareStart(parts, draft, action.serverId);
    case "wait": {
      const step = prepareWait(parts, run, draft.remedy.title);
      return Promise.resolve(step ? ok({ as: null, steps: [step], dsn: null, end: async () => {} }) : err(NO_PLACE));
    }
    case "edit":
    case "replace": {
      const dsn = editedDsn(action, run.credentials, run.climbed);
      return Promise.resolve({ ok: true, value: { as: null, steps: [], dsn, end: async () => {} } });
    }
    case "none":
      return Promise.resolve(err({ problem: BY_HAND, serverId: null }));
  }
}

const NO_PLACE: Lack = { problem: problem("not-found", "This check did not get as far as a server."), serverId: null };

const BY_HAND = problem("invalid-input", "This one is for your own hands.", {
  next: "Copy it and run it where the server is.",
});

/** What would run, where it is not known yet how. */
function outline({ action, remedy }: RemedyDraft): readonly PlanStep[] {
  if (action.kind === "sql") {
    return action.statements.map((statement, index) => statementStep({ action, remedy }, statement, index));
  }
  if (action.kind !== "rule") return [];
  return [{ id: remedy.id, title: remedy.title, sql: null, command: action.line }];
}

/** The rights and the lines that a person agrees to. */
const whatRuns = ({ as, steps }: Prepared): string =>
  JSON.stringify([as, ...steps.map(({ shown: { sql, command } }) => sql ?? command)]);

/** What a remedy would run, as whom, and what is missing for it. */
export async function previewDraft(parts: DiagnoseParts, run: KeptRun, draft: RemedyDraft): Promise<RemedyPreview> {
  const { id, title } = draft.remedy;
  const prepared = await prepare(parts, run, draft);
  if (!prepared.ok) return { id, title, as: null, steps: outline(draft), ...prepared.error };
  const { as, steps, end } = prepared.value;
  await end();
  run.shown.set(id, whatRuns(prepared.value));
  return { id, title, as, steps: steps.map(({ shown }) => shown), problem: null, serverId: null };
}

const failed = (why: Problem): RemedyOutcome => ({ ok: false, dsn: null, problem: why, undo: [] });

const CHANGED = problem("changed-meanwhile", "What would run now is not what was shown.", {
  next: "Look at it again.",
});

/** Runs a remedy, as it was shown if it was, and remembers in `mended` how to take it back. An edit answers with its string. */
export async function runDraft(
  parts: DiagnoseParts,
  run: KeptRun,
  draft: RemedyDraft,
  ctx: JobContext<StepProgress>,
): Promise<RemedyOutcome> {
  const prepared = await prepare(parts, run, draft);
  if (!prepared.ok) return failed(prepared.error.problem);
  const { steps, dsn, end } = prepared.value;
  const shown = run.shown.get(draft.remedy.id);
  try {
    if (shown !== undefined && shown !== whatRuns(prepared.value)) return failed(CHANGED);
    const done = await runSteps(steps, ctx);
    if (!done.ok) return failed(done.error);
    run.mended.set(draft.remedy.id, { undo: done.value, changed: dsn !== null });
    return { ok: true, dsn, problem: null, undo: done.value.map(({ shown }) => shown) };
  } finally {
    await end();
  }
}

/** Takes back what a remedy of this run did; the string becomes the former one again. */
export async function undoDraft(run: KeptRun, remedyId: string, ctx: JobContext<StepProgress>): Promise<RemedyOutcome> {
  const mended = run.mended.get(remedyId);
  if (!mended) return failed(problem("not-found", "This was not done, or is taken back already."));
  const back = await takeBack(mended.undo, ctx);
  if (!back.ok) return failed(back.error);
  run.mended.delete(remedyId);
  return { ok: true, dsn: mended.changed ? run.dsn : null, problem: null, undo: [] };
}
