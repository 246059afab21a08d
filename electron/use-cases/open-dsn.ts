import { parseConnectionString, resolveTarget } from "../../shared/domain/dsn";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import { connectTimeoutMs, goesOn, placesOf } from "./places";
import type { SqlConnector, SqlFailure, SqlSession } from "./ports";

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

/** Signs in with what a connection string says; as in libpq the next host is tried where nobody answers. */
export async function openDsn(dsn: string, options: Options): Promise<Result<DsnSession>> {
  const parsed = parseConnectionString(dsn);
  if (!parsed.ok) return err(problem("invalid-input", parsed.error.message, { next: parsed.error.next, field: "dsn" }));
  const { target, password } = parsed.value;
  const { endpoints, user, database, sslmode } = resolveTarget(parsed.value, options.osUser);
  const places = placesOf(target, endpoints);
  const until = performance.now() + options.timeoutMs;
  let told: SqlFailure | null = null;
  for (const [index, { endpoint, parameters }] of places.entries()) {
    const left = until - performance.now();
    if (left <= 0 || options.signal.aborted) break;
    const timeoutMs = Math.min(left, connectTimeoutMs(parameters) ?? left / (places.length - index));
    const access = { kind: "wire", endpoint, user, password, sslmode, parameters } as const;
    const opened = await options.connector.connect(access, database, { timeoutMs, signal: options.signal });
    if (opened.ok) return ok({ session: opened.value, user, database });
    told ??= opened.error;
    if (goesOn(opened.error)) continue;
    told = opened.error;
    break;
  }
  const message = told?.message ?? "There was no time left for it.";
  // A server's own words end without a full stop.
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
  return err(
    problem("unreachable", `The server cannot be asked: ${sentence}`, {
      code: told?.sqlstate ?? told?.errno ?? null,
      next: "Diagnose says why and how to mend it.",
    }),
  );
}
