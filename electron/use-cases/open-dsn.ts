import { parseConnectionString, resolveTarget } from "../../shared/domain/dsn";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { SqlConnector, SqlSession } from "./ports";

interface Options {
  readonly connector: SqlConnector;
  readonly osUser: string;
  /** Bounds the whole opening, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** A session as the string says, with the user and database that were used. */
export interface DsnSession {
  readonly session: SqlSession;
  readonly user: string;
  readonly database: string;
}

/** Signs in once with what a connection string says; the first address only. */
export async function openDsn(dsn: string, options: Options): Promise<Result<DsnSession>> {
  const parsed = parseConnectionString(dsn);
  if (!parsed.ok) return err(problem("invalid-input", parsed.error.message, { next: parsed.error.next, field: "dsn" }));
  const { target, password } = parsed.value;
  const resolved = resolveTarget(parsed.value, options.osUser);
  const endpoint = resolved.endpoints[0];
  if (!endpoint) return err(problem("invalid-input", "The string names no address.", { field: "host" }));
  const opened = await options.connector.connect(
    { kind: "wire", endpoint, user: resolved.user, password, sslmode: resolved.sslmode, parameters: target.parameters },
    resolved.database,
    { timeoutMs: options.timeoutMs, signal: options.signal },
  );
  if (!opened.ok) {
    const { sqlstate, errno, message } = opened.error;
    return err(
      problem("unreachable", `The server cannot be asked: ${message}`, {
        code: sqlstate ?? errno,
        next: "Diagnose says why and how to mend it.",
      }),
    );
  }
  return ok({ session: opened.value, user: resolved.user, database: resolved.database });
}
