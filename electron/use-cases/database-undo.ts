import { COUNT_RELATIONS, type UndoStep, undoSteps } from "../../shared/domain/database-undo";
import type { StepProgress } from "../../shared/domain/plan";
import { err, ok, type Problem, problem, type Result } from "../../shared/domain/result";
import { sqlProblem } from "../../shared/domain/sql-problem";
import type { Administrator } from "./administrator";
import type { PreparedPlan } from "./database-prepared";
import { oidQuery } from "./database-run";
import type { JobContext } from "./job";
import type { SqlSession } from "./ports";

/**
 * Takes back exactly what a plan made: each thing is looked at by its oid first, a database that holds tables by now
 * stays, and the first step that fails ends it with the reason. What is gone already is passed over.
 */
export async function undoPlan(
  plan: PreparedPlan,
  administrator: Administrator,
  context: JobContext<StepProgress>,
): Promise<Result<null>> {
  if (plan.made.length === 0) return ok(null);
  const opened = await administrator.openMaintenance(plan.serverId);
  if (!opened.ok) return opened;
  const failed = await undoEach(plan, administrator, opened.value, context);
  await opened.value.end();
  return failed ? err(failed) : ok(null);
}

async function undoEach(
  plan: PreparedPlan,
  administrator: Administrator,
  session: SqlSession,
  context: JobContext<StepProgress>,
): Promise<Problem | null> {
  for (const step of undoSteps(plan.made, plan)) {
    if (context.signal.aborted) return problem("cancelled", "Stopped before it was done.");
    const told = { stepId: step.id, title: step.title, sql: step.sql, command: null };
    context.emit({ ...told, status: "running", durationMs: null, message: null });
    const begun = performance.now();
    const result = await undoOne(plan, administrator, session, step);
    const durationMs = performance.now() - begun;
    if (!result.ok) {
      context.emit({ ...told, status: "failed", durationMs, message: result.error.message });
      return result.error;
    }
    plan.made = plan.made.filter((thing) => thing !== step.thing);
    const gone = result.value === "gone";
    context.emit({
      ...told,
      status: gone ? "skipped" : "undone",
      durationMs,
      message: gone ? "It is gone already." : null,
    });
  }
  return null;
}

async function undoOne(
  plan: PreparedPlan,
  administrator: Administrator,
  session: SqlSession,
  step: UndoStep,
): Promise<Result<"gone" | "undone">> {
  const kind = step.thing?.kind;
  if (kind === "role" || kind === "database") {
    const same = await stillTheSame(session, kind, plan[kind], step.thing?.oid ?? null);
    if (!same.ok || !same.value) return same.ok ? ok("gone") : same;
  }
  if (kind === "database") {
    const empty = await holdsNothing(plan, administrator);
    if (!empty.ok) return empty;
  }
  const where = step.inside ? await administrator.open(plan.serverId, plan.database) : ok(session);
  if (!where.ok) return where;
  const answer = await where.value.query(step.sql ?? "");
  if (where.value !== session) await where.value.end();
  if (answer.ok) return ok("undone");
  return err(sqlProblem(answer.error, step.title.charAt(0).toLowerCase() + step.title.slice(1)));
}

/** True when the name still means what was made; false when there is nothing of that name any more. */
async function stillTheSame(
  session: SqlSession,
  kind: "role" | "database",
  name: string,
  oid: string | null,
): Promise<Result<boolean>> {
  const found = await session.query(oidQuery(kind, name));
  if (!found.ok) return err(sqlProblem(found.error, `look for the ${kind}`));
  const now = found.value[0]?.oid;
  if (now === undefined) return ok(false);
  if (String(now) === oid) return ok(true);
  return err(
    problem("changed-meanwhile", `The ${kind} "${name}" is another one by now, so it stays.`, { field: kind }),
  );
}

async function holdsNothing(plan: PreparedPlan, administrator: Administrator): Promise<Result<null>> {
  const inside = await administrator.open(plan.serverId, plan.database);
  if (!inside.ok) return inside;
  const counted = await inside.value.query(COUNT_RELATIONS);
  await inside.value.end();
  if (!counted.ok) return err(sqlProblem(counted.error, "look into the database"));
  const number = Number(counted.value[0]?.holds);
  if (number === 0) return ok(null);
  return err(
    problem("changed-meanwhile", `"${plan.database}" holds ${number} tables, views or sequences by now, so it stays.`, {
      next: "Drop it by hand if nothing in it is needed.",
      field: "database",
    }),
  );
}
