import { proofStatements } from "../../shared/domain/database-plan";
import { err, ok, type Problem, type Result } from "../../shared/domain/result";
import { sqlProblem } from "../../shared/domain/sql-problem";
import type { Teller } from "./auto-tell";
import type { AutoNeeds, Draft, SetupWish } from "./auto-types";
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

/** Signs in once with a string and proves that it may work in schema public; everything is rolled back. */
async function proveDsn(dsn: string, needs: Needs): Promise<Result<null, Problem>> {
  const opened = await openDsn(dsn, { ...needs, timeoutMs: OPEN_MS });
  if (!opened.ok) return opened;
  const { session } = opened.value;
  for (const statement of [...proofStatements(needs.tag).slice(0, -1), "ROLLBACK"]) {
    const answer = await session.query(statement);
    if (answer.ok) continue;
    await session.end();
    return err(sqlProblem(answer.error, "create a table in public"));
  }
  await session.end();
  return ok(null);
}

/** A string that is in `.env` already and works is kept, unless something else was asked for. */
export async function reuseExisting(needs: AutoNeeds, wish: SetupWish, draft: Draft, teller: Teller): Promise<boolean> {
  const asked = wish.serverId ?? wish.database ?? wish.role;
  const present = needs.projects.rawDatabaseUrl();
  if (asked !== undefined || wish.usePrivate || present === null) return false;
  const step = { id: "try-existing", title: "Try the DATABASE_URL in .env", sql: null, command: null };
  const answer = await teller.step(step, async () => {
    const proven = await proveDsn(present, { ...needs, signal: teller.signal, tag: needs.secrets.tag() });
    const message = proven.ok ? "It works and may create tables, so it stays." : `It does not: ${proven.error.message}`;
    return ok({ value: proven.ok, message });
  });
  if (!answer.ok || !answer.value) return false;
  draft.dsn = present;
  return true;
}
