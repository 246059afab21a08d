import { ERRNO } from "./diagnose/facts";
import { type Problem, problem } from "./result";

/** The fields a failure of SQL or of the way to it is judged by; `message` is the server's own text. */
export interface FailureFields {
  readonly sqlstate: string | null;
  readonly errno: string | null;
  readonly message: string;
}

const SIGN_IN: Readonly<Record<string, { message: string; next: string; field: string }>> = {
  "28P01": {
    message: "The server rejects this password.",
    next: "Check the name and the password.",
    field: "password",
  },
  "28000": {
    message: "The server's rules do not let this role in this way.",
    next: "Sign in as another role, or look at pg_hba.conf.",
    field: "user",
  },
};

/** States of PostgreSQL's appendix A that mean "the server went away", whatever was asked. */
const GONE = new Set(["57P01", "57P02", "57P04", "57P05", "08000", "08003", "08006", "08001", "08004", "08P01"]);

/** True when the session is lost: nothing more can be asked over it, and the last statement's end is unknown. */
export const sessionLost = (failure: FailureFields): boolean => failure.sqlstate === null || GONE.has(failure.sqlstate);

/**
 * A failure as a person reads it, decided by SQLSTATE or errno (PostgreSQL manual, appendix A), never by its text.
 * `doing` says what was being done: "create the database".
 */
export function sqlProblem(failure: FailureFields, doing: string): Problem {
  const code = failure.sqlstate ?? failure.errno;
  const say = (kind: Problem["kind"], message: string, next: string | null, field: string | null = null): Problem =>
    problem(kind, message, { next, field, code });
  const state = failure.sqlstate;
  const signIn = state === null ? undefined : SIGN_IN[state];
  if (signIn) return say("sign-in-refused", signIn.message, signIn.next, signIn.field);
  switch (state) {
    case "3D000":
      return say("not-found", "This database is not there.", "Check its name.", "database");
    case "42704":
      return say("not-found", `The server does not know something this step names: ${failure.message}`, null);
    case "42P04":
      return say("exists", "A database of this name is there already.", "Use it, or take another name.", "database");
    case "42710":
      return say("exists", "A role of this name is there already.", "Use it, or take another name.", "role");
    case "42501":
      return say(
        "no-permission",
        `The rights to ${doing} are missing: ${failure.message}`,
        "Sign in as an administrator.",
      );
    case "0LP01":
      return say("no-permission", `The role cannot be lent: ${failure.message}`, "Sign in as a superuser.");
    case "53300":
      return say(
        "unreachable",
        "The server has no free connection.",
        "Close other programs that use it, then try again.",
      );
    case "53100":
      return say("command-failed", "The server's disk is full.", "Make room on that disk, then try again.");
    case "57P03":
      return say("unreachable", "The server is starting or stopping.", "Wait a moment, then try again.");
    case "57014":
      return say("cancelled", "Stopped before it was done.", null);
    case "25006":
      return say("no-permission", "The server is read-only, a standby perhaps.", "Choose the primary server.");
    case "55006":
      return say(
        "changed-meanwhile",
        `Someone is using it: ${failure.message}`,
        "Close that connection, then try again.",
      );
    case "2BP01":
      return say("changed-meanwhile", `Other things depend on it: ${failure.message}`, null);
    case "22023":
      return say("invalid-input", `The server refuses a value: ${failure.message}`, "Choose another locale.", "locale");
    default:
  }
  if (failure.errno === ERRNO.passwordMissing) {
    return say("sign-in-refused", "The server asks for a password.", "Enter it.", "password");
  }
  if (failure.errno === ERRNO.unsupportedMethod) {
    return say(
      "sign-in-refused",
      "The server asks for a way to sign in that needs more than a password.",
      "Sign in as another role.",
    );
  }
  if (sessionLost(failure)) {
    const errno = failure.errno;
    if (errno === "ECONNREFUSED" || errno === "ENOENT") {
      return say(
        "unreachable",
        "Nothing answers at this address: the server is not running.",
        "Start it, then try again.",
      );
    }
    if (errno === "ENOTFOUND" || errno === "EAI_AGAIN") {
      return say("unreachable", "The host's name leads nowhere.", "Check its spelling and the network.", "host");
    }
    if (errno === "EACCES" || errno === "EPERM") {
      return say("no-permission", `The system does not let this app ${doing}.`, null);
    }
    if (errno === "ETIMEDOUT") {
      return say("unreachable", "The server does not answer in time.", "Check the address and the network.");
    }
    const said = failure.sqlstate === null && failure.message ? `: ${failure.message}` : ".";
    return say(
      "unreachable",
      `The connection broke off while trying to ${doing}${said}`,
      "See whether the server runs, then try again.",
    );
  }
  return say("sql-failed", `The server refuses to ${doing}: ${failure.message}`, null);
}
