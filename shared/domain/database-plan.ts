import type { PlanChoice, PlanFacts } from "./database-facts";
import type { PlanStep } from "./plan";
import { quoteIdentifier, quoteLiteral } from "./sql";

/** Where a statement runs: as the administrator, as the administrator inside the app's database, or as the app's role. */
export type StepPlace = "administrator" | "administrator-inside" | "role";

/** What a step leaves behind, so that it can be taken back. */
export type Made = "role" | "membership" | "database" | "connect-grant" | "schema-grant";

/** A step with what really runs; `sql` of the PlanStep is the same text with the password as `'***'`. */
export interface DatabaseStep extends PlanStep {
  readonly id:
    | "create-role"
    | "check-password"
    | "lend-role"
    | "create-database"
    | "only-this-role"
    | "return-role"
    | "let-connect"
    | "let-create"
    | "sign-in"
    | "prove-table";
  readonly place: StepPlace;
  readonly statements: readonly string[];
  readonly makes: Made | null;
}

const MASK = "'***'";

/** What sign-in steps ask: the version, and the start time that tells two servers on one port apart. */
export const WHO_ANSWERS =
  "SELECT version() AS version, extract(epoch FROM pg_postmaster_start_time())::text AS started";

/** `CREATE ROLE` for an app: it may sign in and nothing else; row level security binds it. */
const createRole = (role: string, password: string): string =>
  `CREATE ROLE ${quoteIdentifier(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD ${password}`;

/**
 * `CREATE DATABASE` owned by the role, UTF8 from template0. Without a chosen locale the server's own is kept where
 * it can hold UTF8, else "C" is taken.
 */
export function createDatabase(choice: PlanChoice, facts: Pick<PlanFacts, "template" | "versionNumber">): string {
  const { template, versionNumber } = facts;
  const holdsUtf8 = template.encoding === "UTF8" || template.ctype === "C" || template.ctype === "POSIX";
  const locale = choice.locale ?? (holdsUtf8 ? null : "C");
  const provider =
    locale !== null && versionNumber >= 150_000 && template.provider !== "c" ? " LOCALE_PROVIDER libc" : "";
  return (
    `CREATE DATABASE ${quoteIdentifier(choice.database)} OWNER ${quoteIdentifier(choice.role)} ` +
    `ENCODING 'UTF8'${locale === null ? "" : `${provider} LOCALE ${quoteLiteral(locale)}`} TEMPLATE template0`
  );
}

/** The statements that prove a role may work in schema public; one transaction that leaves nothing behind. */
export function proofStatements(tag: string): readonly string[] {
  const table = `public.${quoteIdentifier(`aksara_setup_proof_${tag}`)}`;
  return [
    "BEGIN",
    `CREATE TABLE ${table} (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), note text)`,
    `INSERT INTO ${table} (note) VALUES ('proof')`,
    `SELECT id::text AS id, note FROM ${table}`,
    `DROP TABLE ${table}`,
    "COMMIT",
  ];
}

/** The steps of a plan whose facts are free of problems. `passwordLiteral` is a ready SQL literal; `tag` makes the proof's table unique. */
export function databaseSteps(
  choice: PlanChoice,
  facts: PlanFacts,
  passwordLiteral: string,
  tag: string,
): readonly DatabaseStep[] {
  const role = quoteIdentifier(choice.role);
  const database = quoteIdentifier(choice.database);
  const creates = choice.onDatabase === "create";
  const steps: DatabaseStep[] = [];
  const add = (
    id: DatabaseStep["id"],
    title: string,
    place: StepPlace,
    statements: readonly string[],
    makes: Made | null = null,
    shown: readonly string[] = statements,
  ) => steps.push({ id, title, place, statements, makes, sql: `${shown.join("; ")};`, command: null });
  const asAdministrator = (id: DatabaseStep["id"], title: string, sql: string, makes: Made | null = null) =>
    add(id, title, "administrator", [sql], makes);

  const grantsConnect = !creates && facts.database?.mayConnect === false;
  const grantsCreate = !creates && facts.database?.schema?.mayCreate === false;
  if (choice.onRole === "create") {
    const shown = [createRole(choice.role, MASK)];
    add("create-role", "Create the role", "administrator", [createRole(choice.role, passwordLiteral)], "role", shown);
  } else if (creates || grantsConnect || grantsCreate) {
    add("check-password", "Check the role's password", "role", [WHO_ANSWERS]);
  }
  if (creates) {
    const lends = needsLending(choice, facts);
    if (lends)
      asAdministrator("lend-role", "Lend the role to the administrator", `GRANT ${role} TO CURRENT_USER`, "membership");
    asAdministrator("create-database", "Create the database", createDatabase(choice, facts), "database");
    asAdministrator(
      "only-this-role",
      "Let only this role connect",
      `REVOKE CONNECT ON DATABASE ${database} FROM PUBLIC`,
    );
    if (lends) asAdministrator("return-role", "Give the role back", `REVOKE ${role} FROM CURRENT_USER`);
  }
  if (grantsConnect) {
    asAdministrator(
      "let-connect",
      "Let the role connect",
      `GRANT CONNECT ON DATABASE ${database} TO ${role}`,
      "connect-grant",
    );
  }
  if (grantsCreate) {
    const grant = `GRANT USAGE, CREATE ON SCHEMA public TO ${role}`;
    add("let-create", "Let the role create tables", "administrator-inside", [grant], "schema-grant");
  }
  add("sign-in", choice.onRole === "create" ? "Sign in as the new role" : "Sign in as the role", "role", [WHO_ANSWERS]);
  add("prove-table", "Create, read and drop a table in public", "role", proofStatements(tag));
  return steps;
}

/**
 * True when an administrator who is no superuser must be a member of the role before making it an owner
 * (PostgreSQL manual, CREATE DATABASE; from 16 on with the SET option, which a plain GRANT gives).
 */
export const needsLending = (choice: PlanChoice, facts: PlanFacts): boolean =>
  !facts.administrator.superuser && facts.administrator.user !== choice.role && facts.role?.lent !== true;

/** The plan as one script to copy, passwords masked, saying who runs what where. */
export function planText(steps: readonly DatabaseStep[], choice: PlanChoice, as: string): string {
  const who: Readonly<Record<StepPlace, string>> = {
    administrator: `as ${as}`,
    "administrator-inside": `as ${as}, in the database ${quoteIdentifier(choice.database)}`,
    role: `as ${quoteIdentifier(choice.role)}, in the database ${quoteIdentifier(choice.database)}`,
  };
  return steps.map((step) => `-- ${step.title} (${who[step.place]})\n${step.sql}\n`).join("\n");
}
