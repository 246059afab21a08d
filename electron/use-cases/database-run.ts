import type { DatabaseStep } from "../../shared/domain/database-plan";
import { undoSteps } from "../../shared/domain/database-undo";
import { endpointText } from "../../shared/domain/endpoint";
import type { StepProgress } from "../../shared/domain/plan";
import { err, ok, type Problem, problem, type Result } from "../../shared/domain/result";
import { quoteLiteral } from "../../shared/domain/sql";
import { sqlProblem } from "../../shared/domain/sql-problem";
import type { DatabaseOutcome } from "../../shared/ipc/messages";
import type { Administrator } from "./administrator";
import { type PreparedPlan, planDsn } from "./database-prepared";
import { queryInterruptibly } from "./interruptible";
import type { JobContext } from "./job";
import type { Row, SqlConnector, SqlSession } from "./ports";
import { type RoleSession, signInAsRole } from "./role-sign-in";

interface Needs {
  readonly administrator: Administrator;
  readonly connector: SqlConnector;
}

/** The sessions a running plan holds, closed together at its end. */
interface Running {
  readonly plan: PreparedPlan;
  readonly needs: Needs;
  readonly context: JobContext<StepProgress>;
  readonly administrator: SqlSession;
  readonly backend: number;
  readonly started: string;
  role: RoleSession | null;
}

/** Runs a plan's steps in order, stops at the first that fails, and says what can be taken back. */
export async function runPlan(
  plan: PreparedPlan,
  needs: Needs,
  context: JobContext<StepProgress>,
): Promise<DatabaseOutcome> {
  const begun = performance.now();
  const end = (found: Problem | null, dsn: string | null): DatabaseOutcome => ({
    ok: dsn !== null,
    dsn,
    problem: found,
    undo: undoSteps(plan.made, plan),
    durationMs: performance.now() - begun,
  });
  const opened = await needs.administrator.openMaintenance(plan.serverId);
  if (!opened.ok) return end(opened.error, null);
  const who = await opened.value.query(
    "SELECT extract(epoch FROM pg_postmaster_start_time())::text AS started, pg_backend_pid() AS pid",
  );
  if (!who.ok) {
    await opened.value.end();
    return end(sqlProblem(who.error, "ask the server who it is"), null);
  }
  const running: Running = {
    plan,
    needs,
    context,
    administrator: opened.value,
    backend: Number(who.value[0]?.pid),
    started: String(who.value[0]?.started),
    role: null,
  };
  const failed = await runSteps(running);
  const dsn = failed === null && running.role ? planDsn(plan, running.role.way) : null;
  await Promise.all([running.administrator.end(), running.role?.session.end()]);
  return end(failed, dsn);
}

async function runSteps(running: Running): Promise<Problem | null> {
  for (const step of running.plan.steps) {
    if (running.context.signal.aborted) return problem("cancelled", "Stopped before it was done.");
    const told = { stepId: step.id, title: step.title, sql: step.sql, command: null };
    running.context.emit({ ...told, status: "running", durationMs: null, message: null });
    const begun = performance.now();
    const result = await runStep(running, step);
    const durationMs = performance.now() - begun;
    if (!result.ok) {
      running.context.emit({ ...told, status: "failed", durationMs, message: result.error.message });
      return result.error;
    }
    running.context.emit({ ...told, status: "done", durationMs, message: result.value });
  }
  return null;
}

function runStep(running: Running, step: DatabaseStep): Promise<Result<string | null>> {
  switch (step.id) {
    case "check-password":
      return checkPassword(running);
    case "sign-in":
      return signIn(running);
    case "prove-table":
      return prove(running, step);
    default:
      return change(running, step);
  }
}

/** Runs a step that changes the server, and keeps what it made with the oid that proves it later. */
async function change(running: Running, step: DatabaseStep): Promise<Result<string | null>> {
  const { plan, needs, context } = running;
  let session = running.administrator;
  if (step.place === "administrator-inside") {
    const inside = await needs.administrator.open(plan.serverId, plan.choice.database);
    if (!inside.ok) return inside;
    session = inside.value;
  }
  for (const statement of step.statements) {
    const answer = await queryInterruptibly(session, statement, context.signal, () => interrupt(running));
    if (answer.ok) continue;
    if (session !== running.administrator) await session.end();
    return err(sqlProblem(answer.error, doingText(step)));
  }
  if (session !== running.administrator) await session.end();
  return keep(running, step);
}

async function keep(running: Running, step: DatabaseStep): Promise<Result<string | null>> {
  const { plan, administrator } = running;
  if (step.id === "return-role") plan.made = plan.made.filter((thing) => thing.kind !== "membership");
  if (step.makes === null) return ok(null);
  let oid: string | null = null;
  if (step.makes === "role" || step.makes === "database") {
    const found = await administrator.query(oidQuery(step.makes, plan.choice[step.makes]));
    if (!found.ok) return err(sqlProblem(found.error, "look at what was made"));
    oid = String(found.value[0]?.oid);
  }
  plan.made = [...plan.made, { kind: step.makes, oid }];
  return ok(null);
}

/** Asks for the oid of a role or database by its name; no row when there is none. */
export const oidQuery = (kind: "role" | "database", name: string): string =>
  kind === "role"
    ? `SELECT oid::text AS oid FROM pg_catalog.pg_roles WHERE rolname = ${quoteLiteral(name)}`
    : `SELECT oid::text AS oid FROM pg_catalog.pg_database WHERE datname = ${quoteLiteral(name)}`;

/** Ends the administrator's running statement from a second session; false when that cannot be done. */
async function interrupt(running: Running): Promise<boolean> {
  const second = await running.needs.administrator.openMaintenance(running.plan.serverId);
  if (!second.ok) return false;
  const told = await second.value.query(`SELECT pg_cancel_backend(${running.backend}) AS told`);
  await second.value.end();
  return told.ok;
}

/** Signs in as an existing role before anything is made; a role that may not connect there has shown its password all the same. */
async function checkPassword(running: Running): Promise<Result<string | null>> {
  const opened = await asRole(running, "postgres");
  if (!opened.ok) return opened.error.code === "42501" || opened.error.code === "3D000" ? ok(null) : opened;
  await opened.value.session.end();
  return ok("The password is right.");
}

const asRole = ({ plan, needs, context, started }: Running, database: string): Promise<Result<RoleSession>> =>
  signInAsRole({
    connector: needs.connector,
    ways: plan.ways,
    role: plan.choice.role,
    password: plan.password,
    database,
    started,
    passwordIsOurs: plan.choice.onRole === "create",
    signal: context.signal,
  });

async function signIn(running: Running): Promise<Result<string | null>> {
  const opened = await asRole(running, running.plan.choice.database);
  if (!opened.ok) return opened;
  running.role = opened.value;
  const note = running.plan.tooMany
    ? " The role is a superuser or has BYPASSRLS: row level security does not bind it."
    : "";
  return ok(`${opened.value.version} at ${endpointText(opened.value.way.endpoint)}.${note}`);
}

async function prove(running: Running, step: DatabaseStep): Promise<Result<string | null>> {
  const { plan, role, context } = running;
  if (!role) return err(problem("unexpected", "Nobody is signed in as the role."));
  let read: Row | undefined;
  for (const statement of step.statements) {
    // The proof is one transaction: closing the session takes all of it back.
    const answer = await queryInterruptibly(role.session, statement, context.signal, () => Promise.resolve(false));
    if (!answer.ok)
      return err(
        context.signal.aborted ? problem("cancelled", "Stopped before it was done.") : unproven(plan, answer.error),
      );
    read = answer.value[0] ?? read;
  }
  if (read?.note !== "proof") return err(problem("unexpected", "The row that was written did not come back."));
  return ok(`Row ${String(read.id)} was written, read and dropped.`);
}

function unproven(plan: PreparedPlan, failure: Parameters<typeof sqlProblem>[0]): Problem {
  const { role, database } = plan.choice;
  if (failure.sqlstate !== "42501") return sqlProblem(failure, "create a table in public");
  return problem("no-permission", `"${role}" may not create tables in the schema public of "${database}".`, {
    next: "Take another database, or have its owner grant CREATE on the schema.",
    field: "database",
    code: "42501",
  });
}

const doingText = (step: DatabaseStep): string => step.title.charAt(0).toLowerCase() + step.title.slice(1);
