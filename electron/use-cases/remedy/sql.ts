import {
  type RemedyAction,
  type RemedyDraft,
  type RemedyStatement,
  type StatementUndo,
  shownSql,
  undoSql,
} from "../../../shared/domain/diagnose/remedies";
import { RELOAD } from "../../../shared/domain/diagnose/statements";
import { formatUri } from "../../../shared/domain/dsn";
import type { PlanStep } from "../../../shared/domain/plan";
import { err, ok, problem, type Result } from "../../../shared/domain/result";
import { sqlProblem } from "../../../shared/domain/sql-problem";
import type { DiagnoseParts, KeptRun } from "../diagnose";
import type { SqlSession } from "../ports";
import { atServer } from "./administrator";
import type { Lack, Prepared, UndoStep, WorkStep } from "./work";

type SqlAction = Extract<RemedyAction, { kind: "sql" }>;
type Open = DiagnoseParts["openAdministrator"];

/** Where statements run: a session now, and how to open one later. */
interface Where {
  readonly session: SqlSession;
  readonly open: Open;
  readonly serverId: string;
  readonly database: string;
}

/** How long a server may take to read its configuration again, in ms, and how often it is asked. */
const RELOAD_MS = 5_000;
const ASK_MS = 20;

const lower = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

/** A statement as a step that is shown. */
export const statementStep = (draft: RemedyDraft, statement: RemedyStatement, index: number): PlanStep => ({
  id: `${draft.remedy.id}-${index + 1}`,
  title: statement.title,
  sql: shownSql(statement),
  command: null,
});

/** Signs in as administrator and finds out which of the statements are needed there. */
export async function prepareSql(
  parts: DiagnoseParts,
  run: KeptRun,
  draft: RemedyDraft,
  action: SqlAction,
): Promise<Result<Prepared, Lack>> {
  const inString = run.credentials?.password?.reveal() ?? "";
  if (action.password === "string" && inString === "") {
    const why = problem("invalid-input", "The string has no password.", {
      next: "Enter one first.",
      field: "password",
    });
    return err({ problem: why, serverId: null });
  }
  const opened = await atServer(parts, run, action.database);
  if (!opened.ok) return opened;
  const { serverId, session } = opened.value;
  const password = action.password === "new" ? parts.secrets.newPassword() : inString;
  const where = { session, open: parts.openAdministrator, serverId, database: action.database };
  const stored = parts.secrets.verifier(password) ?? password;
  const needed: RemedyStatement[] = [];
  for (const statement of action.statements) {
    if (statement.unless === undefined || !(await isMet(session, statement.unless))) needed.push(statement);
  }
  const changed = action.password === "new" && run.credentials !== null;
  return ok({
    as: session.as,
    steps: needed.map((statement, index) =>
      statementWork(where, statementStep(draft, statement, index), statement, stored),
    ),
    dsn: changed && run.credentials ? formatUri(run.credentials.target, password) : null,
    end: () => session.end(),
  });
}

async function isMet(session: SqlSession, sql: string): Promise<boolean> {
  const answer = await session.query(sql);
  return answer.ok && answer.value[0]?.met === true;
}

function statementWork(where: Where, shown: PlanStep, statement: RemedyStatement, password: string): WorkStep {
  return {
    shown,
    run: async (signal) => {
      const { session } = where;
      const { requires, undo } = statement;
      if (requires && !(await isMet(session, requires.sql))) return err(problem("command-failed", requires.otherwise));
      const was = undo ? await lookAt(session, undo) : null;
      const done = await execute(session, shown, statement, password, signal);
      if (!done.ok) return done;
      if (statement.reloads)
        return ok({
          ...undoWork(where, shown, { sql: shownSql(RELOAD), shown: shownSql(RELOAD) }, RELOAD),
          last: true,
        });
      const back = undo && was ? undoSql(undo, was.value) : null;
      return ok(undo && back ? undoWork(where, shown, back, undo) : null);
    },
  };
}

/** What there was, for the way back; null where it may not be seen, so that there is none. */
async function lookAt(session: SqlSession, { look }: StatementUndo): Promise<{ readonly value: string | null } | null> {
  if (look === undefined) return { value: null };
  const answer = await session.query(look);
  if (!answer.ok) return null;
  const was = answer.value[0]?.was;
  return { value: typeof was === "string" ? was : null };
}

async function execute(
  session: SqlSession,
  shown: PlanStep,
  statement: Pick<RemedyStatement, "sql" | "reloads">,
  password: string,
  signal: AbortSignal,
): Promise<Result<null>> {
  const before = statement.reloads ? await loadedAt(session) : null;
  const answer = await session.query(statement.sql(password));
  if (!answer.ok) return err(sqlProblem(answer.error, lower(shown.title)));
  return statement.reloads ? untilLoaded(session, before, signal) : ok(null);
}

async function loadedAt(session: SqlSession): Promise<string | null> {
  const answer = await session.query("SELECT pg_conf_load_time()::text AS loaded");
  const loaded = answer.ok ? answer.value[0]?.loaded : null;
  return typeof loaded === "string" ? loaded : null;
}

/** A session reads the configuration after its postmaster has begun to, and that lets nobody in before it is done. */
async function untilLoaded(session: SqlSession, before: string | null, signal: AbortSignal): Promise<Result<null>> {
  const end = performance.now() + RELOAD_MS;
  while (performance.now() < end && !signal.aborted) {
    if ((await loadedAt(session)) !== before) return ok(null);
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
  return err(
    problem("command-failed", "The server has not read its configuration yet.", { next: "Check again in a moment." }),
  );
}

function undoWork(
  { open, serverId, database }: Pick<Where, "open" | "serverId" | "database">,
  step: PlanStep,
  back: { readonly sql: string; readonly shown: string },
  how: Pick<StatementUndo, "title" | "unlessFilled"> & Pick<RemedyStatement, "reloads">,
): UndoStep {
  const shown = { id: `undo-${step.id}`, title: how.title, sql: back.shown, command: null };
  return {
    shown,
    run: async (signal) => {
      if (how.unlessFilled) {
        const empty = await holdsNothing(open, serverId, how.unlessFilled);
        if (!empty.ok) return empty;
      }
      const opened = await open(serverId, database);
      if (!opened.ok) return opened;
      const done = await execute(opened.value, shown, { sql: () => back.sql, reloads: how.reloads }, "", signal);
      await opened.value.end();
      return done;
    },
  };
}

async function holdsNothing(
  open: Open,
  serverId: string,
  { database, sql }: { readonly database: string; readonly sql: string },
): Promise<Result<null>> {
  const inside = await open(serverId, database);
  if (!inside.ok) return inside;
  const counted = await inside.value.query(sql);
  await inside.value.end();
  if (!counted.ok) return err(sqlProblem(counted.error, `look into ${database}`));
  const holds = Number(counted.value[0]?.holds);
  if (holds === 0) return ok(null);
  return err(
    problem("changed-meanwhile", `"${database}" holds ${holds} tables, views or sequences by now, so it stays.`, {
      next: "Drop it by hand if nothing in it is needed.",
    }),
  );
}

/** Has the server read its configuration over a session that is open, as a step of its own. */
export const reloadWork = (where: Where, id: string): WorkStep =>
  statementWork(where, { id, title: RELOAD.title, sql: shownSql(RELOAD), command: null }, RELOAD, "");
