import type { Remedy } from "../diagnosis";
import type { Endpoint } from "../endpoint";
import { quoteLiteral } from "../sql";
import type { Sslmode } from "../target";

/** What an edit changes in the connection string; everything else stays as it is. */
export interface TargetEdit {
  readonly endpoint?: Endpoint;
  readonly sslmode?: Sslmode;
  readonly user?: string;
  readonly database?: string;
  /** Parameters to take out. */
  readonly drop?: readonly string[];
}

/** One statement of a remedy. `sql` gets the password that belongs into it, or `***` to show. */
export interface RemedyStatement {
  readonly title: string;
  readonly sql: (password: string) => string;
}

/** What a remedy does when it is chosen. */
export type RemedyAction =
  | { readonly kind: "none" }
  | { readonly kind: "edit"; readonly edit: TargetEdit }
  | { readonly kind: "replace"; readonly dsn: string }
  | { readonly kind: "start"; readonly serverId: string }
  | {
      readonly kind: "sql";
      /** The database the administrator signs in to: grants on a schema only count where the schema is. */
      readonly database: string;
      readonly statements: readonly RemedyStatement[];
      /** "string": the one in the connection string; "new": one made now, which then goes into the string. */
      readonly password: "none" | "string" | "new";
    };

/** A remedy with what it does; only `remedy` is shown. */
export interface RemedyDraft {
  readonly remedy: Remedy;
  readonly action: RemedyAction;
}

const MASK = "***";
const base = { commands: [], sql: [], needs: "nothing" } as const;

/** Leads to another connection string. */
export const edits = (id: string, title: string, edit: TargetEdit): RemedyDraft => ({
  remedy: { ...base, id, title, kind: "edit" },
  action: { kind: "edit", edit },
});

/** Leads to a string that is already there as a whole. */
export const replaces = (id: string, title: string, dsn: string): RemedyDraft => ({
  remedy: { ...base, id, title, kind: "edit" },
  action: { kind: "replace", dsn },
});

/** For the person's own hands: commands, SQL or a line for a file. */
export const copies = (
  id: string,
  title: string,
  what: { readonly commands?: readonly string[]; readonly sql?: readonly string[] } = {},
  needs: Remedy["needs"] = "nothing",
): RemedyDraft => ({
  remedy: { id, title, kind: "copy", commands: what.commands ?? [], sql: what.sql ?? [], needs },
  action: { kind: "none" },
});

/** Starts a server that detection knows. */
export const starts = (serverId: string, title: string, command: string | null): RemedyDraft => ({
  remedy: { ...base, id: "start-server", title, kind: "run", commands: command ? [command] : [] },
  action: { kind: "start", serverId },
});

/** Runs statements as administrator after a yes. */
export const runs = (
  id: string,
  title: string,
  how: {
    readonly database: string;
    readonly statements: readonly RemedyStatement[];
    readonly password?: "string" | "new";
    readonly needs?: Remedy["needs"];
  },
): RemedyDraft => ({
  remedy: {
    id,
    title,
    kind: "run",
    commands: [],
    sql: how.statements.map((statement) => statement.sql(MASK)),
    needs: how.needs ?? "administrator",
  },
  action: { kind: "sql", database: how.database, statements: how.statements, password: how.password ?? "none" },
});

/** The statement as it is shown. */
export const shownSql = (statement: RemedyStatement): string => statement.sql(MASK);

/** `PASSWORD '...'`. */
export const passwordClause = (password: string): string => `PASSWORD ${quoteLiteral(password)}`;
