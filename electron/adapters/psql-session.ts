import { connect as connectSocket } from "node:net";
import { socketPath } from "../../shared/domain/endpoint";
import { err, ok, type Result } from "../../shared/domain/result";
import { quoteLiteral } from "../../shared/domain/sql";
import type { Access, SqlConnector, SqlFailure, SqlSession } from "../use-cases/ports";
import { osAccount } from "./os-account";
import { parseCsv, toRows } from "./psql-output";
import { failureOf, type PsqlProcess, startPsql } from "./psql-process";

type PsqlAccess = Extract<Access, { kind: "psql" }>;

/** Statements that give rows; their columns' types are asked for first, so that values come typed. */
const GIVES_ROWS = /^\s*(select|with|values|table|show)\b|\breturning\b/i;

const failure = (message: string, more: Partial<SqlFailure> = {}): SqlFailure => ({
  sqlstate: null,
  errno: null,
  severity: null,
  routine: null,
  message,
  detail: null,
  ...more,
});

/** Opens sessions through psql run as another account of this computer: peer authentication over the local socket. */
export function createPsqlConnector(): { connect(access: PsqlAccess, ...rest: ConnectRest): ConnectResult } {
  return { connect };
}

type ConnectRest = [database: string, options: { readonly timeoutMs: number; readonly signal?: AbortSignal }];
type ConnectResult = ReturnType<SqlConnector["connect"]>;

async function connect(
  access: PsqlAccess,
  ...[database, options]: ConnectRest
): Promise<Result<SqlSession, SqlFailure>> {
  const account = await osAccount(access.osUser);
  if (!account.ok) return err(failure(account.error, { errno: "EPERM" }));
  if (options.signal?.aborted) return err(failure("stopped", { errno: "ECANCELED" }));
  const psql = startPsql({
    ...access,
    account: account.value,
    database,
    connectSeconds: Math.max(2, Math.ceil(options.timeoutMs / 1000)),
  });
  const outcome = await firstAnswer(psql, options);
  if (outcome === "answered") return ok(sessionOver(psql, access));
  if (outcome === "timeout" || outcome === "aborted") {
    // Its exit needs no waiting for: nothing was asked yet.
    void psql.stop();
    const errno = outcome === "timeout" ? "ETIMEDOUT" : "ECANCELED";
    return err(failure(outcome === "timeout" ? "no answer in time" : "stopped", { errno }));
  }
  return err(await explainRefusal(access, database, outcome, options));
}

type FirstAnswer = "answered" | "timeout" | "aborted" | SqlFailure;

function firstAnswer(psql: PsqlProcess, options: ConnectRest[1]): Promise<FirstAnswer> {
  return new Promise((resolve) => {
    const abort = () => finish("aborted");
    const timer = setTimeout(() => finish("timeout"), options.timeoutMs);
    const finish = (answer: FirstAnswer) => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", abort);
      resolve(answer);
    };
    options.signal?.addEventListener("abort", abort, { once: true });
    psql.send("SELECT 1;").then((answer) => finish(answer.failed ? failureOf(answer) : "answered"));
  });
}

/**
 * psql tells why a sign-in failed in localised words only. The socket itself tells whether a server listens, and the
 * catalogue whether the database exists.
 */
async function explainRefusal(
  access: PsqlAccess,
  database: string,
  seen: SqlFailure,
  options: ConnectRest[1],
): Promise<SqlFailure> {
  if (seen.sqlstate !== null) return seen;
  const errno = await socketErrno(socketPath(access));
  if (errno !== null) return { ...seen, errno };
  if (database === "postgres") return seen;
  const opened = await connect(access, "postgres", options);
  if (!opened.ok) return seen;
  const found = await opened.value.query(
    `SELECT 1 AS found FROM pg_database WHERE datname = ${quoteLiteral(database)}`,
  );
  await opened.value.end();
  return found.ok && found.value.length === 0 ? { ...seen, sqlstate: "3D000" } : seen;
}

/** Null when something accepts connections on the socket, else why not (ENOENT, ECONNREFUSED, EACCES). */
function socketErrno(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connectSocket(path);
    const finish = (errno: string | null) => {
      socket.destroy();
      resolve(errno);
    };
    socket.setTimeout(2_000, () => finish("ETIMEDOUT"));
    socket.once("connect", () => finish(null));
    socket.once("error", (error: NodeJS.ErrnoException) => finish(error.code ?? "ECONNREFUSED"));
  });
}

function sessionOver(psql: PsqlProcess, access: PsqlAccess): SqlSession {
  return {
    as: `${access.osUser} over the local socket`,
    async query(sql) {
      const statement = sql.replace(/[;\s]+$/, "");
      const types = new Map<string, string>();
      if (GIVES_ROWS.test(statement)) {
        const described = await psql.send(`${statement}\n\\gdesc`);
        if (described.failed) return err(failureOf(described));
        for (const [name, type] of parseCsv(described.stdout, psql.nullMark).slice(1))
          types.set(name ?? "", type ?? "text");
      }
      const answer = await psql.send(`${statement}\n;`);
      if (answer.failed) return err(failureOf(answer));
      return ok(toRows(parseCsv(answer.stdout, psql.nullMark), types));
    },
    end: () => psql.stop(),
  };
}
