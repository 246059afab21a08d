import { checkName, freeName } from "./names";
import { checkPassword } from "./password";
import { type Problem, problem } from "./result";

/** What the person chose on the Database screen; the password itself is held elsewhere. */
export interface PlanChoice {
  readonly database: string;
  readonly role: string;
  readonly onRole: "create" | "use";
  readonly onDatabase: "create" | "use";
  readonly locale: string | null;
}

/** The signed-in administrator, from pg_roles. */
export interface AdministratorFacts {
  readonly user: string;
  readonly superuser: boolean;
  readonly createdb: boolean;
  readonly createrole: boolean;
}

export interface RoleFacts {
  readonly oid: string;
  readonly canLogin: boolean;
  readonly superuser: boolean;
  readonly bypassRls: boolean;
  /** The administrator may already act as this role. */
  readonly lent: boolean;
}

/** An existing database; what the app's role may do in it (a role that is yet to be made: what everyone may). */
export interface DatabaseFacts {
  readonly oid: string;
  readonly owner: string;
  readonly allowsConnections: boolean;
  readonly mayConnect: boolean;
  /** Null when the administrator could not look inside. */
  readonly schema: { readonly exists: boolean; readonly mayCreate: boolean } | null;
}

/** template0, the pattern of new databases; `provider` is "c" for libc, "i" for ICU, "b" for built in. */
export interface TemplateFacts {
  readonly encoding: string;
  readonly ctype: string;
  readonly provider: string;
}

/** All the plan depends on, read from the server just before. */
export interface PlanFacts {
  /** server_version_num: 150018 is 15.18. */
  readonly versionNumber: number;
  readonly standby: boolean;
  readonly administrator: AdministratorFacts;
  readonly role: RoleFacts | null;
  readonly database: DatabaseFacts | null;
  readonly template: TemplateFacts;
  readonly roles: ReadonlySet<string>;
  readonly databases: ReadonlySet<string>;
}

/** What is wrong with the typed values alone; empty when a server can be asked about them. */
export function checkChoice(choice: PlanChoice, password: string): readonly Problem[] {
  return [
    checkName(choice.database, "database"),
    checkName(choice.role, "role"),
    checkPassword(password, choice.onRole === "create" ? "new" : "existing"),
  ].filter((found) => found !== null);
}

/** The free name a Problem of kind "exists" offers; null when it offers none. */
export const offeredName = (found: Problem): string | null =>
  found.kind === "exists" ? (found.next?.match(/free name "(.*)"/s)?.[1] ?? null) : null;

/** What an administrator's role lacks to make roles and databases: "CREATEDB", "CREATEROLE". */
export function lackedRights(administrator: AdministratorFacts): readonly string[] {
  if (administrator.superuser) return [];
  return [administrator.createdb ? null : "CREATEDB", administrator.createrole ? null : "CREATEROLE"].filter(
    (right) => right !== null,
  );
}

/** What stands in the plan's way on this server, each at its field; the plan may run only when this is empty. */
export function judgeFacts(choice: PlanChoice, facts: PlanFacts): readonly Problem[] {
  return [...judgeServer(choice, facts), ...judgeRole(choice, facts), ...judgeDatabase(choice, facts)];
}

function judgeServer(choice: PlanChoice, facts: PlanFacts): readonly Problem[] {
  const found: Problem[] = [];
  if (facts.versionNumber < 130_000) {
    const major = Math.floor(facts.versionNumber / 10_000);
    found.push(
      problem("invalid-input", `This server is PostgreSQL ${major}; Aksara needs 13 or newer.`, {
        next: "Choose another server.",
      }),
    );
  }
  if (facts.standby) {
    found.push(
      problem("no-permission", "This server is a read-only standby.", {
        next: "Choose its primary server.",
        code: "25006",
      }),
    );
  }
  const lacks = lackedRights(facts.administrator).filter(
    (right) => (right === "CREATEDB" ? choice.onDatabase : choice.onRole) === "create",
  );
  if (lacks.length > 0) {
    found.push(
      problem("no-permission", `${facts.administrator.user} lacks ${lacks.join(" and ")}.`, {
        next: "Sign in as an administrator that has it.",
        code: "42501",
      }),
    );
  }
  return found;
}

function judgeRole(choice: PlanChoice, facts: PlanFacts): readonly Problem[] {
  if (choice.onRole === "create") {
    return facts.role ? [taken("role", choice.role, facts.roles)] : [];
  }
  if (!facts.role) {
    return [problem("not-found", `There is no role "${choice.role}".`, { next: "Create it.", field: "role" })];
  }
  if (facts.role.canLogin) return [];
  return [
    problem("no-permission", `"${choice.role}" may not sign in (NOLOGIN).`, {
      next: "Take another role, or create one.",
      field: "role",
    }),
  ];
}

function judgeDatabase(choice: PlanChoice, facts: PlanFacts): readonly Problem[] {
  const found = facts.database;
  if (choice.onDatabase === "create") return found ? [taken("database", choice.database, facts.databases)] : [];
  if (!found) {
    return [
      problem("not-found", `There is no database "${choice.database}".`, { next: "Create it.", field: "database" }),
    ];
  }
  if (!found.allowsConnections) {
    return [
      problem("no-permission", `"${choice.database}" accepts no connections.`, {
        next: "Take another database.",
        field: "database",
      }),
    ];
  }
  if (found.schema && !found.schema.exists) {
    return [
      problem("not-found", `"${choice.database}" has no schema public, where Aksara makes its tables.`, {
        next: "Take another database, or create one.",
        field: "database",
      }),
    ];
  }
  return [];
}

function taken(field: "role" | "database", name: string, names: ReadonlySet<string>): Problem {
  return problem("exists", `A ${field} named "${name}" is there already. It stays as it is.`, {
    next: `Use it, or take the free name "${freeName(name, names)}".`,
    field,
    code: field === "role" ? "42710" : "42P04",
  });
}
