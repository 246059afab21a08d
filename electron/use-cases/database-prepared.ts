import type { DatabaseStep } from "../../shared/domain/database-plan";
import type { MadeThing } from "../../shared/domain/database-undo";
import { formatUri } from "../../shared/domain/dsn/format";
import type { Problem } from "../../shared/domain/result";
import type { Secret } from "../../shared/domain/target";
import type { DatabaseChoice } from "../../shared/ipc/messages";
import type { AppWay } from "./role-sign-in";

/** A plan as main keeps it by id: what really runs, with the password, and what it has made so far. */
export interface PreparedPlan {
  readonly id: string;
  readonly serverId: string;
  readonly choice: Omit<DatabaseChoice, "password">;
  readonly password: Secret;
  readonly steps: readonly DatabaseStep[];
  readonly problems: readonly Problem[];
  readonly ways: readonly AppWay[];
  /** Names for the undo, as `undoSteps` takes them. */
  readonly database: string;
  readonly role: string;
  readonly lends: boolean;
  /** The role that is used has more rights than an app should have. */
  readonly tooMany: boolean;
  made: readonly MadeThing[];
  busy: boolean;
}

/** The string for one way to the plan's database: host and port spelled out, sslmode only where it was demanded. */
export function planDsn(plan: PreparedPlan, { endpoint, sslmode, parameters }: AppWay): string {
  return formatUri(
    {
      hosts: [endpoint],
      user: plan.choice.role,
      database: plan.choice.database,
      sslmode: sslmode === "prefer" ? null : sslmode,
      parameters,
    },
    plan.password.reveal(),
  );
}
