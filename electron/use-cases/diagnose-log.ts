import type { Failure } from "../../shared/domain/diagnose/facts";
import { type LogLook, type LogTail, readLog } from "../../shared/domain/diagnose/server-log";
import type { Server } from "../../shared/domain/server";

/** The end of a server's own log; null where there is none or the rights do not reach. Bounded in bytes. */
export type ReadServerLog = (server: Server) => Promise<LogTail | null>;

/** Failures of which the server tells its log more than the client. */
const TELLS_MORE = /^(28...|57P03)$/;

/** What the log of the server that answered says about a failure that happened just now. */
export async function lookAtLog(
  read: ReadServerLog | undefined,
  server: Server | null,
  { user, failure, spanMs }: { readonly user: string; readonly failure: Failure; readonly spanMs: number },
): Promise<LogLook | null> {
  if (!read || !server || !TELLS_MORE.test(failure.sqlstate ?? "")) return null;
  const tail = await read(server);
  return tail && readLog(tail, { user, refused: failure.sqlstate === "28P01", now: Date.now(), spanMs });
}
