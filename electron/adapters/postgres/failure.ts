import { ERRNO, type Failure } from "../../../shared/domain/diagnose/facts";

/** A failure that no server message tells: an errno name and a sentence. */
export const failure = (errno: string, message: string): Failure => ({
  sqlstate: null,
  errno,
  severity: null,
  routine: null,
  message,
  detail: null,
});

const textOf = (value: unknown, key: string): string | null => {
  if (typeof value !== "object" || value === null) return null;
  const field = (value as Readonly<Record<string, unknown>>)[key];
  return typeof field === "string" && field !== "" ? field : null;
};

/** SQLSTATEs are five characters of A-Z and 0-9; errno names are longer or hold an underscore (appendix A). */
const isSqlstate = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code);

/**
 * Fields of anything thrown or emitted by sockets, TLS or node-postgres. Node reports a refusal on both address
 * families as an AggregateError with an empty message: its first inner error is taken.
 */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return failureOf(thrown.errors[0]);
  const code = textOf(thrown, "code");
  const severity = textOf(thrown, "severity");
  const fromServer = code !== null && severity !== null && isSqlstate(code);
  return {
    sqlstate: fromServer ? code : null,
    errno: fromServer ? null : code,
    severity,
    routine: textOf(thrown, "routine"),
    message: textOf(thrown, "message") ?? code ?? "It failed without a reason.",
    detail: textOf(thrown, "detail"),
  };
}

/** Why a signal fired, as a failure: its reason's own errno (ETIMEDOUT where a time limit fired), else "on request". */
export function stoppedBy(signal: AbortSignal): Failure {
  const reason = failureOf(signal.reason);
  return reason.errno ? reason : failure(ERRNO.cancelled, "Stopped on request.");
}
