import { offeredName, type PlanFacts } from "../../shared/domain/database-facts";
import { databaseSteps } from "../../shared/domain/database-plan";
import { proposeName } from "../../shared/domain/names";
import type { PlanStep } from "../../shared/domain/plan";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { DatabaseChoice, DatabasePlan } from "../../shared/ipc/messages";
import type { Databases } from "./database";

export interface NameWish {
  readonly database?: string;
  readonly role?: string;
}

/** Twenty taken names in a row are no accident; then the person chooses. */
const TRIES = 20;

/** A plan whose names are free: those that were asked for as they are, others numbered until they are free. */
export async function planWithFreeNames(
  databases: Databases,
  serverId: string,
  folder: string,
  wish: NameWish,
): Promise<Result<{ readonly plan: DatabasePlan; readonly choice: DatabaseChoice }>> {
  let name = proposeName(folder);
  const password = databases.newPassword();
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const choice: DatabaseChoice = {
      serverId,
      database: wish.database ?? name,
      role: wish.role ?? wish.database ?? name,
      password,
      onRole: "create",
      onDatabase: "create",
      locale: null,
    };
    const plan = await databases.plan(choice);
    if (!plan.ok) return plan;
    const found = plan.value.problems;
    if (found.length === 0) return ok({ plan: plan.value, choice });
    const next = found.map(offeredName).find((offered) => offered !== null);
    const stop = found.find((one) => one.kind !== "exists") ?? (wish.database || wish.role ? found[0] : undefined);
    if (stop || !next) return err(stop ?? found[0] ?? problem("unexpected", "There is no plan."));
    name = next;
  }
  return err(
    problem("exists", "Every name that was tried is taken.", { next: "Choose the names yourself.", field: "database" }),
  );
}

const ASSUMED: PlanFacts = {
  versionNumber: 180_000,
  standby: false,
  administrator: { user: "postgres", superuser: true, createdb: true, createrole: true },
  role: null,
  database: null,
  template: { encoding: "UTF8", ctype: "C.UTF-8", provider: "c" },
  roles: new Set(),
  databases: new Set(),
};

/** What would run on a server that is not running yet, for a dry run: as on a fresh one. */
export function assumedSteps(folder: string, wish: NameWish): readonly PlanStep[] {
  const database = wish.database ?? proposeName(folder);
  const choice = {
    database,
    role: wish.role ?? database,
    onRole: "create",
    onDatabase: "create",
    locale: null,
  } as const;
  return databaseSteps(choice, ASSUMED, "'***'", "dry");
}
