import { type RemedyAction, type RemedyDraft, shownSql, type TargetEdit } from "../../shared/domain/diagnose/remedies";
import { formatUri } from "../../shared/domain/dsn";
import { type Endpoint, sameEndpoint } from "../../shared/domain/endpoint";
import type { PlanStep, StepStatus } from "../../shared/domain/plan";
import { type Problem, problem, type Result } from "../../shared/domain/result";
import { sqlProblem } from "../../shared/domain/sql-problem";
import type { Credentials, Target } from "../../shared/domain/target";
import type { RemedyOutcome, RemedyPreview, StepProgress } from "../../shared/ipc/messages";
import type { DiagnoseParts, KeptRun } from "./diagnose";
import type { Climbed } from "./diagnose-climb";
import { serverAt } from "./diagnose-surroundings";
import type { JobContext } from "./job";
import type { SqlSession } from "./ports";

/** The string an edit leads to; null for remedies that do not change it. */
export function editedDsn(
  action: RemedyAction,
  credentials: Credentials | null,
  climbed: Climbed | null,
): string | null {
  if (action.kind === "replace") return action.dsn;
  if (action.kind !== "edit" || !credentials) return null;
  const from = climbed?.kind === "ended" ? climbed.request.endpoint : null;
  const target = editTarget(credentials.target, action.edit, from);
  // Another role has another password; this one would only be refused.
  const password = action.edit.user === undefined ? (credentials.password?.reveal() ?? null) : null;
  return formatUri(target, password);
}

function editTarget(target: Target, edit: TargetEdit, from: Endpoint | null): Target {
  const dropped = new Set(edit.drop ?? []);
  const { endpoint } = edit;
  const named = target.hosts.some((host) => from !== null && sameEndpoint(host, from));
  const hosts = endpoint
    ? named
      ? target.hosts.map((host) => (from && sameEndpoint(host, from) ? endpoint : host))
      : [endpoint]
    : target.hosts;
  return {
    hosts,
    user: edit.user ?? target.user,
    database: edit.database ?? target.database,
    sslmode: edit.sslmode ?? target.sslmode,
    parameters: Object.fromEntries(Object.entries(target.parameters).filter(([name]) => !dropped.has(name))),
  };
}

/** Where the remedy's statements would run: the server of detection the string leads to. */
function serverOf(parts: DiagnoseParts, run: KeptRun): string | null {
  const endpoint = run.climbed?.kind === "ended" ? run.climbed.request.endpoint : run.credentials?.target.hosts[0];
  return endpoint ? (serverAt(parts.registry, endpoint, "running")?.server.id ?? null) : null;
}

const NO_SERVER = problem("not-found", "The server is not in the list, so nobody can sign in as its administrator.", {
  next: "Copy the SQL and run it there, or add the server on the Server screen.",
});

function stepsOf(action: RemedyAction, draft: RemedyDraft): readonly PlanStep[] {
  if (action.kind === "sql") {
    return action.statements.map((statement, index) => ({
      id: `${draft.remedy.id}-${index + 1}`,
      title: statement.title,
      sql: shownSql(statement),
      command: null,
    }));
  }
  if (action.kind !== "start") return [];
  return [{ id: draft.remedy.id, title: draft.remedy.title, sql: null, command: draft.remedy.commands[0] ?? null }];
}

/** What a remedy would run, as whom, and what is missing for it. */
export async function previewDraft(parts: DiagnoseParts, run: KeptRun, draft: RemedyDraft): Promise<RemedyPreview> {
  const { action, remedy } = draft;
  const shown = {
    id: remedy.id,
    title: remedy.title,
    as: null,
    steps: stepsOf(action, draft),
    problem: null,
    serverId: null,
  };
  if (action.kind !== "sql") return shown;
  const serverId = serverOf(parts, run);
  if (serverId === null) return { ...shown, problem: NO_SERVER };
  const opened = await parts.openAdministrator(serverId, action.database);
  if (!opened.ok) return { ...shown, problem: opened.error, serverId };
  const { as } = opened.value;
  await opened.value.end();
  return { ...shown, as, serverId };
}

const failed = (why: Problem): RemedyOutcome => ({ ok: false, dsn: null, problem: why });

/** Runs a remedy: statements as administrator, or the start of a server. An edit answers with its string. */
export async function runDraft(
  parts: DiagnoseParts,
  run: KeptRun,
  draft: RemedyDraft,
  ctx: JobContext<StepProgress>,
): Promise<RemedyOutcome> {
  const { action } = draft;
  switch (action.kind) {
    case "none":
      return failed(
        problem("invalid-input", "This one is for your own hands.", {
          next: "Copy it and run it where the server is.",
        }),
      );
    case "edit":
    case "replace":
      return { ok: true, dsn: editedDsn(action, run.credentials, run.climbed), problem: null };
    case "start":
      return startIt(parts, action.serverId, draft, ctx);
    case "sql":
      return runSql(parts, run, draft, action, ctx);
  }
}

function teller(ctx: JobContext<StepProgress>, step: PlanStep): (status: StepStatus, message?: string | null) => void {
  const began = performance.now();
  const { id: stepId, title, sql, command } = step;
  return (status, message = null) => {
    const durationMs = status === "running" ? null : performance.now() - began;
    ctx.emit({ stepId, title, sql, command, status, durationMs, message });
  };
}

async function startIt(
  parts: DiagnoseParts,
  serverId: string,
  draft: RemedyDraft,
  ctx: JobContext<StepProgress>,
): Promise<RemedyOutcome> {
  const [step] = stepsOf(draft.action, draft);
  if (!step) return failed(problem("unexpected", "There is nothing to start."));
  const tell = teller(ctx, step);
  tell("running");
  const started = await parts.startServer(serverId, { signal: ctx.signal, emit: ({ line }) => tell("running", line) });
  tell(started.ok ? "done" : "failed", started.ok ? null : started.error.message);
  return started.ok ? { ok: true, dsn: null, problem: null } : failed(started.error);
}

async function runSql(
  parts: DiagnoseParts,
  run: KeptRun,
  draft: RemedyDraft,
  action: Extract<RemedyAction, { kind: "sql" }>,
  ctx: JobContext<StepProgress>,
): Promise<RemedyOutcome> {
  const serverId = serverOf(parts, run);
  if (serverId === null) return failed(NO_SERVER);
  const password =
    action.password === "new" ? parts.secrets.newPassword() : (run.credentials?.password?.reveal() ?? "");
  if (action.password === "string" && password === "") {
    return failed(
      problem("invalid-input", "The string has no password.", { next: "Enter one first.", field: "password" }),
    );
  }
  const opened = await parts.openAdministrator(serverId, action.database);
  if (!opened.ok) return failed(opened.error);
  try {
    const done = await runStatements(opened.value, parts.secrets.verifier(password) ?? password, draft, action, ctx);
    if (!done.ok) return failed(done.error);
  } finally {
    await opened.value.end();
  }
  const changed = action.password === "new" && run.credentials !== null;
  return {
    ok: true,
    dsn: changed && run.credentials ? formatUri(run.credentials.target, password) : null,
    problem: null,
  };
}

async function runStatements(
  session: SqlSession,
  password: string,
  draft: RemedyDraft,
  action: Extract<RemedyAction, { kind: "sql" }>,
  ctx: JobContext<StepProgress>,
): Promise<Result<null>> {
  const steps = stepsOf(action, draft);
  for (const [index, statement] of action.statements.entries()) {
    const step = steps[index];
    if (!step) continue;
    if (ctx.signal.aborted) return { ok: false, error: problem("cancelled", "Stopped before it was done.") };
    const tell = teller(ctx, step);
    tell("running");
    const answer = await session.query(statement.sql(password));
    if (!answer.ok) {
      const why = sqlProblem(answer.error, step.title.charAt(0).toLowerCase() + step.title.slice(1));
      tell("failed", why.message);
      return { ok: false, error: why };
    }
    tell("done");
  }
  return { ok: true, value: null };
}
