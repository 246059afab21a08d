import { checkName } from "../../shared/domain/names";
import type { Problem } from "../../shared/domain/result";
import type { DatabaseChoice, DatabaseProposal } from "../../shared/ipc/messages";

export type NameField = "database" | "role";

/** A proposal, and the project's folder it came from: another project means other names. */
export interface Proposed extends DatabaseProposal {
  readonly projectPath: string | null;
}

/** The first choice: everything new, by the proposal. */
export const firstChoice = (serverId: string, { database, role, password }: DatabaseProposal): DatabaseChoice => ({
  serverId,
  database,
  role,
  password,
  onRole: "create",
  onDatabase: "create",
  locale: null,
});

/** A new name means a new thing; a role that is new again gets the generated password back. */
export function withName(choice: DatabaseChoice, field: NameField, name: string, generated: string): DatabaseChoice {
  if (field === "database") return { ...choice, database: name, onDatabase: "create" };
  const password = choice.onRole === "use" ? generated : choice.password;
  return { ...choice, role: name, onRole: "create", password };
}

/** Takes what exists under this name; an existing role has a password already, which only the person knows. */
export const withExisting = (choice: DatabaseChoice, field: NameField): DatabaseChoice =>
  field === "database"
    ? { ...choice, onDatabase: "use", locale: null }
    : { ...choice, onRole: "use", password: choice.onRole === "use" ? choice.password : "" };

/** True while no name was changed, so that another project's names may replace them. */
export const isUntouched = (choice: DatabaseChoice, proposed: Proposed): boolean =>
  choice.database === proposed.database && choice.role === proposed.role;

/** True when a server can be asked about the names. */
export const canPlan = (choice: DatabaseChoice): boolean =>
  checkName(choice.database, "database") === null && checkName(choice.role, "role") === null;

const FIELDS: readonly (string | null)[] = ["database", "role", "password"];

/** Problems that stand at no field of the form: what the server is, what the administrator may do. */
export const generalProblems = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ field }) => !FIELDS.includes(field));

/** The password's problem; none while the person has yet to type the password of a role that exists. */
export function passwordProblem(choice: DatabaseChoice, problems: readonly Problem[]): string | null {
  if (choice.onRole === "use" && choice.password === "") return null;
  return problems.find(({ field }) => field === "password")?.message ?? null;
}
