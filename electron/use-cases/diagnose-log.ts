import type { Failure } from "../../shared/domain/diagnose/facts";
import { type LogLook, type LogTail, readLog } from "../../shared/domain/diagnose/server-log";
import type { Server } from "../../shared/domain/server";

/** How long to read. */
export interface LogReading {
  /** Whether a log's end tells already what is looked for; one that is still being written is read until it does. */
  readonly isEnough: (text: string) => boolean;
  readonly signal: AbortSignal;
}

/** The end of a server's own log; null where there is none or the rights do not reach. Bounded in bytes and time. */
export type ReadServerLog = (server: Server, reading: LogReading) => Promise<LogTail | null>;

/** Failures of which the server tells its log more than the client; of a rule that lets nobody in it tells the same. */
const tellsMore = ({ sqlstate, routine }: Failure): boolean =>
  /^(28...|57P03)$/.test(sqlstate ?? "") && routine !== "ClientAuthentication";

/** What the log of the server that answered says about a failure that happened just now. */
export async function lookAtLog(
  read: ReadServerLog | undefined,
  server: Server | null,
  about: { readonly user: string; readonly failure: Failure; readonly began: number; readonly signal: AbortSignal },
): Promise<LogLook | null> {
  const { user, failure, began, signal } = about;
  const { sqlstate } = failure;
  if (!read || !server || !tellsMore(failure)) return null;
  const find = (tail: LogTail): LogLook | null =>
    readLog(tail, { user, refused: sqlstate === "28P01", now: Date.now(), spanMs: performance.now() - began });
  const isEnough = (text: string): boolean => {
    const look = find({ file: "", text });
    return look !== null && (look.hbaLine !== null || (sqlstate === "57P03" && look.standby));
  };
  const tail = await read(server, { isEnough, signal });
  return tail && find(tail);
}
