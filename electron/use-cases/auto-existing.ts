import { proofStatements } from "../../shared/domain/database-plan";
import { err, ok, type Problem, type Result } from "../../shared/domain/result";
import { sqlProblem } from "../../shared/domain/sql-problem";
import { openDsn } from "./open-dsn";
import type { SqlConnector } from "./ports";

interface Needs {
  readonly connector: SqlConnector;
  readonly osUser: string;
  readonly signal: AbortSignal;
  /** Makes the proof's table unique. */
  readonly tag: string;
}

/** How long a string that is there already may take to sign in, in milliseconds. */
const OPEN_MS = 3_000;

/** Signs in once with a string and proves that it may work in schema public; leaves nothing behind. */
export async function proveDsn(dsn: string, needs: Needs): Promise<Result<null, Problem>> {
  const opened = await openDsn(dsn, { ...needs, timeoutMs: OPEN_MS });
  if (!opened.ok) return opened;
  const { session } = opened.value;
  for (const statement of proofStatements(needs.tag)) {
    const answer = await session.query(statement);
    if (answer.ok) continue;
    await session.end();
    return err(sqlProblem(answer.error, "create a table in public"));
  }
  await session.end();
  return ok(null);
}
