import { checkChoice, judgeFacts } from "../../shared/domain/database-facts";
import { databaseSteps, needsLending, planText } from "../../shared/domain/database-plan";
import { proposeName } from "../../shared/domain/names";
import type { StepProgress } from "../../shared/domain/plan";
import { err, ok, type Problem, problem, type Result } from "../../shared/domain/result";
import { quoteLiteral } from "../../shared/domain/sql";
import { sqlProblem } from "../../shared/domain/sql-problem";
import { Secret } from "../../shared/domain/target";
import type { DatabaseChoice, DatabaseOutcome, DatabasePlan, DatabaseProposal } from "../../shared/ipc/messages";
import { accessText } from "./access";
import type { Administrator } from "./administrator";
import { readDatabaseNames, readLocales, readPlanFacts } from "./catalogue";
import { type PreparedPlan, planDsn } from "./database-prepared";
import { runPlan } from "./database-run";
import { undoPlan } from "./database-undo";
import type { JobContext } from "./job";
import type { SqlConnector, SqlSession } from "./ports";
import { appWays } from "./role-sign-in";
import type { SecretSource } from "./secret-source";
import type { ServerRegistry } from "./server-registry";

interface Needs {
  readonly registry: ServerRegistry;
  readonly administrator: Administrator;
  readonly connector: SqlConnector;
  readonly secrets: SecretSource;
  /** The open project, whose folder gives the names. */
  readonly projects?: { current(): { readonly path: string } | null };
}

/** Making a role and a database: proposed, planned, run, and taken back. */
export interface Databases {
  newPassword(): string;
  propose(serverId: string): Promise<Result<DatabaseProposal>>;
  plan(choice: DatabaseChoice): Promise<Result<DatabasePlan>>;
  run(planId: string, context: JobContext<StepProgress>): Promise<DatabaseOutcome>;
  undo(planId: string, context: JobContext<StepProgress>): Promise<Result<null>>;
  list(serverId: string): Promise<Result<readonly string[]>>;
  /** The string a plan would lead to, not proven yet: for previews; null for a plan that is out of date. */
  plannedDsn(planId: string): string | null;
}

/** Plans are made anew at every keystroke; more than this many old ones are forgotten, those with something to undo last. */
const KEPT_PLANS = 50;

/** Databases on known servers, as their administrators. */
export function createDatabases(needs: Needs): Databases {
  const { administrator, registry, secrets } = needs;
  const plans = new Map<string, PreparedPlan>();

  function keep(plan: PreparedPlan): void {
    plans.set(plan.id, plan);
    for (const old of plans.values()) {
      if (plans.size <= KEPT_PLANS) break;
      if (!old.busy && old.made.length === 0) plans.delete(old.id);
    }
  }

  async function withAdministrator<T>(
    serverId: string,
    doing: string,
    work: (session: SqlSession) => Promise<Result<T, Parameters<typeof sqlProblem>[0]>>,
  ): Promise<Result<T>> {
    const opened = await administrator.openMaintenance(serverId);
    if (!opened.ok) return opened;
    const result = await work(opened.value);
    await opened.value.end();
    return result.ok ? result : err(sqlProblem(result.error, doing));
  }

  async function take(planId: string): Promise<Result<PreparedPlan>> {
    const plan = plans.get(planId);
    if (!plan) return err(problem("not-found", "This plan is out of date.", { next: "Look at the plan again." }));
    if (plan.busy) return err(problem("changed-meanwhile", "This plan is running already."));
    const stop = plan.problems[0];
    return stop ? err(stop) : ok(plan);
  }

  const notRun = (found: Problem): DatabaseOutcome => ({
    ok: false,
    dsn: null,
    problem: found,
    undo: [],
    durationMs: 0,
  });

  return {
    newPassword: () => secrets.newPassword(),

    async propose(serverId) {
      if (!registry.get(serverId)) return err(problem("not-found", "This server is no longer in the list."));
      const folder = needs.projects
        ?.current()
        ?.path.split(/[/\\]/)
        .filter((part) => part !== "")
        .at(-1);
      const name = proposeName(folder ?? "");
      const locales = await withAdministrator(serverId, "read the locales", readLocales);
      return ok({
        database: name,
        role: name,
        password: secrets.newPassword(),
        encodings: locales.ok ? locales.value : [],
      });
    },

    async plan({ password, ...choice }) {
      const known = registry.get(choice.serverId);
      if (!known)
        return err(problem("not-found", "This server is no longer in the list.", { next: "Look for servers again." }));
      const access = await administrator.access(choice.serverId);
      if (!access.ok) return access;
      const as = accessText(access.value, known.server);
      const id = `plan-${secrets.tag()}${secrets.tag()}`;
      const typed = checkChoice(choice, password);
      if (typed.length > 0) return ok({ id, as, steps: [], problems: typed, sqlText: "" });
      const openInside = async () => {
        const inside = await administrator.open(choice.serverId, choice.database);
        return inside.ok ? inside.value : null;
      };
      const facts = await withAdministrator(choice.serverId, "look at the server", (session) =>
        readPlanFacts(session, choice, openInside),
      );
      if (!facts.ok) return facts;
      const problems = judgeFacts(choice, facts.value);
      const literal = quoteLiteral(secrets.verifier(password) ?? password);
      const steps = databaseSteps(choice, facts.value, literal, secrets.tag());
      keep({
        id,
        serverId: choice.serverId,
        choice,
        password: new Secret(password),
        steps,
        problems,
        ways: appWays(known.server.endpoints, access.value),
        database: choice.database,
        role: choice.role,
        lends: needsLending(choice, facts.value),
        tooMany:
          choice.onRole === "use" && (facts.value.role?.superuser === true || facts.value.role?.bypassRls === true),
        made: [],
        busy: false,
      });
      const shown = steps.map(({ id: stepId, title, sql, command }) => ({ id: stepId, title, sql, command }));
      return ok({ id, as, steps: shown, problems, sqlText: planText(steps, choice, facts.value.administrator.user) });
    },

    async run(planId, context) {
      const plan = await take(planId);
      if (!plan.ok) return notRun(plan.error);
      if (plan.value.made.length > 0) {
        return notRun(
          problem("changed-meanwhile", "This plan has run already.", {
            next: "Undo it first, or look at the plan again.",
          }),
        );
      }
      plan.value.busy = true;
      const outcome = await runPlan(plan.value, needs, context);
      plan.value.busy = false;
      return outcome;
    },

    async undo(planId, context) {
      const plan = await take(planId);
      if (!plan.ok) return plan;
      plan.value.busy = true;
      const result = await undoPlan(plan.value, administrator, context);
      plan.value.busy = false;
      return result;
    },

    list: (serverId) => withAdministrator(serverId, "list the databases", readDatabaseNames),

    plannedDsn(planId) {
      const plan = plans.get(planId);
      const way = plan?.ways[0];
      return plan && way ? planDsn(plan, way) : null;
    },
  };
}
