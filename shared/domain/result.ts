/** A value, or the reason there is none. Expected failures are values, never exceptions. */
export type Result<T, E = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export type ProblemKind =
  | "invalid-input"
  | "not-found"
  | "exists"
  | "no-permission"
  | "unreachable"
  | "sign-in-refused"
  | "command-failed"
  | "sql-failed"
  | "changed-meanwhile"
  | "unwritable"
  | "cancelled"
  | "unexpected";

/** A failure as a person reads it: what is, why, and what to do next. Never holds a secret. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly message: string;
  /** What the person can do about it, one sentence. */
  readonly next: string | null;
  /** Name of the input the problem belongs to ("database", "role", "port", ...), when it has one. */
  readonly field: string | null;
  /** SQLSTATE (PostgreSQL manual, appendix A) or errno name, when one was seen. */
  readonly code: string | null;
}

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** Builds a Problem; `next`, `field` and `code` are null unless given. */
export const problem = (
  kind: ProblemKind,
  message: string,
  more: Partial<Pick<Problem, "next" | "field" | "code">> = {},
): Problem => ({ kind, message, next: null, field: null, code: null, ...more });
