import { err, type Result } from "../../shared/domain/result";
import type { Row, SqlFailure, SqlSession } from "./ports";

const UNTOLD: SqlFailure = { sqlstate: null, errno: null, severity: null, routine: null, message: "", detail: null };

/**
 * Runs one statement; when the signal says stop, `interrupt` ends it on the server (pg_cancel_backend) and the
 * statement's real end is waited for, so that what it left behind is known. False from `interrupt` means that the
 * server could not be told: then the wait is given up.
 */
export async function queryInterruptibly(
  session: SqlSession,
  sql: string,
  signal: AbortSignal,
  interrupt: () => Promise<boolean>,
): Promise<Result<readonly Row[], SqlFailure>> {
  if (signal.aborted) return err({ ...UNTOLD, sqlstate: "57014" });
  let giveUp: (failure: SqlFailure) => void = () => undefined;
  const givenUp = new Promise<SqlFailure>((resolve) => {
    giveUp = resolve;
  });
  let telling: Promise<void> | null = null;
  const stop = () => {
    telling = interrupt().then((told) => {
      if (!told) giveUp({ ...UNTOLD, errno: "ETIMEDOUT" });
    });
  };
  signal.addEventListener("abort", stop, { once: true });
  const answer = await Promise.race([session.query(sql), givenUp.then((failure) => err(failure))]);
  signal.removeEventListener("abort", stop);
  await telling;
  return answer;
}
