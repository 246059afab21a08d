import type { Made } from "./database-plan";
import type { PlanStep } from "./plan";
import { quoteIdentifier } from "./sql";

/** Something a plan made; `oid` proves later that it is still the same thing, null for grants. */
export interface MadeThing {
  readonly kind: Made;
  readonly oid: string | null;
}

/** Tables, views and sequences that are nobody's but the database's users'; their number is in the column `holds`. */
export const COUNT_RELATIONS =
  "SELECT count(*)::int AS holds FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace " +
  "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema') " +
  "AND n.nspname NOT LIKE 'pg\\_toast%'";

/** A step that takes one made thing back; `thing` is null for what only prepares the next step. */
export interface UndoStep extends PlanStep {
  readonly thing: MadeThing | null;
  /** Runs inside the app's database rather than in the maintenance one. */
  readonly inside: boolean;
}

interface Names {
  readonly database: string;
  readonly role: string;
  /** The administrator is no superuser and must be a member of the role to drop its database. */
  readonly lends: boolean;
}

/** The steps that take back exactly what was made, last made first. */
export function undoSteps(made: readonly MadeThing[], names: Names): readonly UndoStep[] {
  const role = quoteIdentifier(names.role);
  const database = quoteIdentifier(names.database);
  const find = (kind: Made) => made.find((thing) => thing.kind === kind) ?? null;
  const steps: UndoStep[] = [];
  const add = (id: string, title: string, sql: string, thing: MadeThing | null, inside = false) =>
    steps.push({ id, title, sql: `${sql};`, command: null, thing, inside });

  const schemaGrant = find("schema-grant");
  if (schemaGrant) {
    const sql = `REVOKE USAGE, CREATE ON SCHEMA public FROM ${role}`;
    add("undo-let-create", "Take back the right to create tables", sql, schemaGrant, true);
  }
  const connectGrant = find("connect-grant");
  if (connectGrant) {
    const sql = `REVOKE CONNECT ON DATABASE ${database} FROM ${role}`;
    add("undo-let-connect", "Take back the right to connect", sql, connectGrant);
  }
  const madeDatabase = find("database");
  const membership = find("membership");
  const lendAgain = madeDatabase !== null && names.lends && membership === null;
  if (lendAgain) add("undo-lend", "Lend the role to the administrator", `GRANT ${role} TO CURRENT_USER`, null);
  if (madeDatabase) add("undo-database", "Drop the database", `DROP DATABASE ${database}`, madeDatabase);
  if (membership || lendAgain) {
    add("undo-membership", "Give the role back", `REVOKE ${role} FROM CURRENT_USER`, membership);
  }
  const madeRole = find("role");
  if (madeRole) add("undo-role", "Drop the role", `DROP ROLE ${role}`, madeRole);
  return steps;
}
