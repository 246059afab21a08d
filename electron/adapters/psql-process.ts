import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { SqlFailure } from "../use-cases/ports";
import type { OsAccount } from "./os-account";

/** What one statement printed, and how psql says it ended. */
export interface PsqlAnswer {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when psql itself ended before the statement did. */
  readonly sqlstate: string | null;
  readonly failed: boolean;
  /** The server's primary message when it failed. */
  readonly message: string;
}

/** One running psql that takes statements by its standard input, one at a time. */
export interface PsqlProcess {
  readonly nullMark: string;
  /** `text` is one or more psql lines whose last one sends the statement. */
  send(text: string): Promise<PsqlAnswer>;
  stop(): Promise<void>;
}

export interface PsqlOptions {
  readonly program: string;
  readonly account: OsAccount;
  readonly osUser: string;
  readonly socketDirectory: string;
  readonly port: number;
  readonly database: string;
  readonly connectSeconds: number;
}

/** How long a psql that was told to leave may take before it is ended, in milliseconds. */
const LEAVE_MS = 2_000;

/**
 * Starts psql as an account of this computer. Nothing secret and no SQL goes by argv; the database goes by
 * PGDATABASE, because psql reads a `-d` with "=" in it as a connection string.
 */
export function startPsql(options: PsqlOptions): PsqlProcess {
  const mark = `--mark-${randomBytes(9).toString("hex")}`;
  const { uid, gid, home } = options.account;
  const child = spawn(
    options.program,
    ["-X", "-q", "-w", "-h", options.socketDirectory, "-p", String(options.port), "-U", options.osUser],
    {
      ...(uid === null ? {} : { uid }),
      ...(gid === null ? {} : { gid }),
      cwd: "/",
      env: {
        PATH: process.env.PATH ?? "/usr/bin:/bin",
        HOME: home,
        LC_ALL: "C",
        PGDATABASE: options.database,
        PGCLIENTENCODING: "UTF8",
        PGCONNECT_TIMEOUT: String(options.connectSeconds),
        PGAPPNAME: "aksara-database-setup",
      },
    },
  );
  return talk(child, mark);
}

/** Frames statements by a mark that no output holds: psql echoes it on both streams when a statement is through. */
function talk(child: ChildProcessWithoutNullStreams, mark: string): PsqlProcess {
  const nullMark = `${mark}-null`;
  let stdout = "";
  let stderr = "";
  let gone: string | null = null;
  let waiting: ((answer: PsqlAnswer) => void) | null = null;
  const endLine = new RegExp(`^${mark} (true|false) (\\S{5}) (.*)\\n${mark}-end$`, "ms");

  const settle = () => {
    if (!waiting) return;
    const found = endLine.exec(stdout);
    const errorEnd = stderr.indexOf(`${mark}-end`);
    if (found && errorEnd >= 0) {
      const answer = {
        stdout: stdout.slice(0, found.index),
        stderr: stderr.slice(0, errorEnd),
        sqlstate: found[2] ?? null,
        failed: found[1] === "true",
        message: (found[3] ?? "").trim(),
      };
      stdout = "";
      stderr = "";
      finish(answer);
    } else if (gone !== null) {
      finish({ stdout, stderr, sqlstate: null, failed: true, message: stderr.trim() || gone });
    }
  };
  const finish = (answer: PsqlAnswer) => {
    const resolve = waiting;
    waiting = null;
    resolve?.(answer);
  };
  const leave = (reason: string) => {
    gone ??= reason;
    settle();
  };

  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    settle();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
    settle();
  });
  // A psql that died makes writes fail with EPIPE; "close" below tells the story.
  child.stdin.on("error", () => undefined);
  child.on("error", (error: NodeJS.ErrnoException) =>
    leave(`psql cannot be started: ${error.code ?? "unknown reason"}`),
  );
  child.on("close", () => leave("psql ended"));
  child.stdin.write(
    `\\set VERBOSITY verbose\n\\pset format csv\n\\pset null '${nullMark}'\n\\pset pager off\n\\pset footer off\n`,
  );

  const send = (text: string) =>
    new Promise<PsqlAnswer>((resolve) => {
      waiting = resolve;
      if (gone !== null) return settle();
      child.stdin.write(
        `${text}\n\\echo ${mark} :ERROR :SQLSTATE :LAST_ERROR_MESSAGE\n\\echo ${mark}-end\n\\warn ${mark}-end\n`,
      );
    });
  let queue: Promise<unknown> = Promise.resolve();
  return {
    nullMark,
    send(text) {
      const answer = queue.then(() => send(text));
      queue = answer;
      return answer;
    },
    stop: () =>
      new Promise((resolve) => {
        if (gone !== null) return resolve();
        const timer = setTimeout(() => child.kill("SIGKILL"), LEAVE_MS);
        child.once("close", () => {
          clearTimeout(timer);
          resolve();
        });
        child.once("error", () => resolve());
        child.stdin.end("\\q\n");
      }),
  };
}

/** The failure an answer tells; detail and routine come from libpq's verbose report, whose labels LC_ALL=C fixes. */
export function failureOf(answer: PsqlAnswer): SqlFailure {
  const report = /^(?:psql:.*?: )?(\S+):\s+([0-9A-Z]{5}): (.*)$/m.exec(lastReport(answer.stderr));
  return {
    sqlstate: answer.sqlstate ?? report?.[2] ?? null,
    errno: null,
    severity: report?.[1] ?? null,
    routine: /^LOCATION:\s+(\w+),/m.exec(answer.stderr.slice(answer.stderr.lastIndexOf("LOCATION:")))?.[1] ?? null,
    message: answer.sqlstate === null ? (report?.[3] ?? answer.message) : answer.message,
    detail: /^DETAIL:\s+(.*)$/m.exec(lastReport(answer.stderr))?.[1] ?? null,
  };
}

/** The last report on psql's error stream that is no notice (class 00 or 01). */
function lastReport(stderr: string): string {
  const starts = [...stderr.matchAll(/^(?:psql:.*?: )?\S+:\s+(?!00|01)[0-9A-Z]{5}: /gm)];
  return stderr.slice(starts.at(-1)?.index ?? 0);
}
