import type { Remedy } from "../diagnosis";
import type { Endpoint } from "../endpoint";
import type { Sslmode } from "../target";
import type { TrustAnchor } from "./facts";

/** What an edit changes in the connection string; everything else stays as it is. */
export interface TargetEdit {
  readonly endpoint?: Endpoint;
  readonly sslmode?: Sslmode;
  readonly user?: string;
  readonly database?: string;
  /** Parameters to put in. */
  readonly set?: Readonly<Record<string, string>>;
  /** Parameters to take out. */
  readonly drop?: readonly string[];
}

/** How a statement is taken back. */
export interface StatementUndo {
  readonly title: string;
  /** Reads what is there before the statement runs: one row with the text column `was`. Without it `was` is null. */
  readonly look?: string;
  /** The statement that brings `was` back; null where there is nothing to take back. */
  readonly sql: (was: string | null) => string | null;
  /** True when `was` is a secret: what is shown holds `***` in its place. */
  readonly secret?: boolean;
  /** Keeps what has been filled since: a number above 0 in the column `holds`, asked inside `database`. */
  readonly unlessFilled?: { readonly database: string; readonly sql: string };
}

/** One statement of a remedy. `sql` gets the password that belongs into it, or `***` to show. */
export interface RemedyStatement {
  readonly title: string;
  readonly sql: (password: string) => string;
  readonly undo?: StatementUndo;
  /** Left out where this answers true in its column `met`. */
  readonly unless?: string;
  /** Runs only where `sql` answers true in its column `met`; otherwise the remedy ends with these words. */
  readonly requires?: { readonly sql: string; readonly otherwise: string };
  /** True when the server reads its configuration again: done once it has. */
  readonly reloads?: boolean;
}

/** A line for pg_hba.conf: last, where no other fits, or first, where another one must not decide. */
export interface RuleLine {
  readonly line: string;
  readonly place: "first" | "last";
  /** False where its address is only what it looks like from here: the server may see another one. */
  readonly told: boolean;
}

/** What a remedy does when it is chosen. */
export type RemedyAction =
  | { readonly kind: "none" }
  | { readonly kind: "edit"; readonly edit: TargetEdit }
  | { readonly kind: "replace"; readonly dsn: string }
  | { readonly kind: "start"; readonly serverId: string }
  /** Asks again and again, for a bounded time, whether the server lets sessions in. */
  | { readonly kind: "wait" }
  | ({ readonly kind: "rule" } & RuleLine)
  /** Keeps the certificate in a file and names it in the string. */
  | { readonly kind: "trust"; readonly anchor: TrustAnchor }
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

/** Waits for a server that says itself that it is not ready. */
export const waits = (title: string): RemedyDraft => ({
  remedy: { ...base, id: "wait", title, kind: "run" },
  action: { kind: "wait" },
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

/** Writes a line into the server's pg_hba.conf after a yes, and has it read. */
export const addsRule = (id: string, title: string, rule: RuleLine): RemedyDraft => ({
  remedy: { id, title, kind: "run", commands: [rule.line], sql: ["SELECT pg_reload_conf()"], needs: "superuser" },
  action: { kind: "rule", ...rule },
});

/** Keeps a certificate as one to trust after a yes, and names it in the string. */
export const trusts = (anchor: TrustAnchor): RemedyDraft => ({
  remedy: {
    ...base,
    id: "trust-certificate",
    title: `Trust ${anchor.own ? "this certificate" : `the authority ${anchor.subject ?? "that signed it"}`}`,
    kind: "run",
    commands: [`SHA-256 ${anchor.fingerprint}`],
  },
  action: { kind: "trust", anchor },
});

/** The statement as it is shown. */
export const shownSql = (statement: RemedyStatement): string => statement.sql(MASK);

/** The statement that takes another back, as it runs and as it is shown; null where there is nothing to take back. */
export function undoSql(
  undo: StatementUndo,
  was: string | null,
): { readonly sql: string; readonly shown: string } | null {
  const sql = undo.sql(was);
  if (sql === null) return null;
  return { sql, shown: undo.secret && was !== null ? (undo.sql(MASK) ?? sql) : sql };
}
