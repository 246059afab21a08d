import { ERRNO, type Failure } from "../../../shared/domain/diagnose/facts";
import { err, ok, type Result } from "../../../shared/domain/result";
import { failure } from "./failure";
import type { WireSession } from "./session";
import { type Limit, within } from "./socket";

interface Look {
  readonly standby: boolean;
  readonly readOnly: boolean;
}

/** What each value of target_session_attrs asks for, and what is said where it is not so. */
const WANTED: Readonly<Record<string, readonly [(look: Look) => boolean, string]>> = {
  "read-write": [({ readOnly }) => !readOnly, "The session is read-only."],
  "read-only": [({ readOnly }) => readOnly, "The session is not read-only."],
  primary: [({ standby }) => !standby, "The server is a standby."],
  standby: [({ standby }) => standby, "The server is no standby."],
};

const QUESTION =
  "SELECT pg_catalog.pg_is_in_recovery() AS standby, pg_catalog.current_setting('transaction_read_only') AS read_only";

/**
 * Lets a session through that is as target_session_attrs wants it; ends any other (ERRNO.sessionAttributes). Asks the
 * server only where something particular is wanted.
 */
export async function fitsAttributes(
  session: WireSession,
  wanted: string | undefined,
  limit: Limit,
): Promise<Result<WireSession, Failure>> {
  const wish = WANTED[wanted ?? "any"];
  if (!wish) return ok(session);
  const answer = await within(session.query(QUESTION), limit, "The server did not say in time what it is.");
  const seen = answer.ok ? answer.value : answer;
  if (seen.ok) {
    const [row] = seen.value;
    if (wish[0]({ standby: row?.standby === true, readOnly: row?.read_only === "on" })) return ok(session);
  }
  await session.end();
  return err(
    seen.ok ? failure(ERRNO.sessionAttributes, `${wish[1]} target_session_attrs=${wanted} wants another.`) : seen.error,
  );
}
