import { spawn } from "node:child_process";
import { open, readFile, stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { err, ok, type Problem, problem, type Result } from "../../../shared/domain/result";
import type { TellLine } from "../../use-cases/detection";
import type { Machine } from "../detect/machine";
import { withOwnFilesOnly } from "../own-files-only";
import { type Command, plainEnvironment, runCommand } from "../run-command";
import type { Account } from "./account";
import { inside, socketDirectoryIn } from "./layout";
import { observe } from "./observe";
import type { Programs } from "./programs";

/** Recovery after a power cut may take its time. */
const START_MS = 60_000;
const LOOK_AGAIN_MS = 20;
/** A fast shutdown gets this long before it becomes an immediate one. */
const STOP_MS = 10_000;
/** A log longer than this is begun anew at the next start. */
const LOG_MAX = 10 * 1024 * 1024;

/** The server as it is started; what is shown is what runs. */
export function serverCommand(
  platform: NodeJS.Platform,
  programs: Programs,
  folder: string,
  port: number,
  account: Account | null,
): Command {
  const paths = inside(folder);
  const options = ["-c", "listen_addresses=127.0.0.1", "-c", `port=${port}`];
  const asAccount = account ? { uid: account.uid, gid: account.gid } : {};
  if (platform === "win32") {
    // On Windows only pg_ctl gives up administrator rights, which PostgreSQL refuses to run with.
    const args = ["start", "-w", "-D", paths.data, "-l", paths.log, "-o", options.join(" ")];
    return { program: programs.pgCtl, args, cwd: folder };
  }
  const socket = socketDirectoryIn(folder, platform) ?? "";
  const sockets = [
    "-c",
    `unix_socket_directories=${socket ? `"${socket}"` : ""}`,
    "-c",
    "unix_socket_permissions=0700",
  ];
  return {
    program: programs.postgres,
    args: ["-D", paths.data, ...options, ...sockets],
    cwd: folder,
    home: folder,
    ...asAccount,
  };
}

export function stopCommand(programs: Programs, folder: string, account: Account | null): Command {
  const args = ["stop", "-w", "-m", "fast", "-D", inside(folder).data];
  return {
    program: programs.pgCtl,
    args,
    cwd: folder,
    home: folder,
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  };
}

/** What the server wrote to its log since `from` bytes, its last lines. */
async function logSince(file: string, from: number): Promise<string> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  return bytes.subarray(from).toString("utf8").trim().split("\n").slice(-4).join(" ");
}

interface Running {
  /** Ended by itself, or by us. */
  readonly ended: () => boolean;
  readonly stop: (signal: "SIGINT" | "SIGQUIT") => void;
}

/** Starts the server so that it outlives this process: its own session, its output in its log. */
async function launch(command: Command, log: string): Promise<Running> {
  const size = (await stat(log).catch(() => null))?.size ?? 0;
  const file = await open(log, size > LOG_MAX ? "w" : "a", 0o600);
  try {
    let ended = false;
    const child = withOwnFilesOnly(["ignore", file.fd, file.fd], (stdio) =>
      spawn(command.program, [...command.args], {
        cwd: command.cwd,
        env: plainEnvironment(command.home),
        stdio,
        detached: true,
        windowsHide: true,
        ...(command.uid === undefined ? {} : { uid: command.uid, gid: command.gid }),
      }),
    );
    child.once("error", () => {
      ended = true;
    });
    child.once("exit", () => {
      ended = true;
    });
    child.unref();
    return { ended: () => ended, stop: (signal) => void child.kill(signal) };
  } finally {
    await file.close();
  }
}

/** Starts the server and answers when it takes connections; cancelled, it stops it again. */
export async function startServer(
  machine: Machine,
  command: Command,
  folder: string,
  tell: TellLine,
  signal: AbortSignal,
): Promise<Result<null>> {
  if (machine.platform === "win32") return runCommand(command, tell, signal);
  const { log } = inside(folder);
  const from = (await stat(log).catch(() => null))?.size ?? 0;
  const running = await launch(command, log);
  const until = performance.now() + START_MS;
  let failure: Problem | null = null;
  let endBy = 0;
  for (;;) {
    if (running.ended()) {
      if (failure) return err(failure);
      const why = await logSince(log, from > LOG_MAX ? 0 : from);
      return err(problem("command-failed", why || "PostgreSQL ended at once.", { next: `Its log is ${log}.` }));
    }
    if (!failure && (await observe(machine, folder)).kind === "running") return ok(null);
    if (!failure && (signal.aborted || performance.now() > until)) {
      failure = signal.aborted
        ? problem("cancelled", "It was cancelled.")
        : problem("command-failed", "PostgreSQL is not ready after a minute.", { next: `Its log is ${log}.` });
      endBy = performance.now() + STOP_MS;
      running.stop("SIGINT");
    } else if (failure && performance.now() > endBy) {
      endBy = Number.POSITIVE_INFINITY;
      running.stop("SIGQUIT");
    }
    await wait(LOOK_AGAIN_MS);
  }
}

/** Waits for a server that somebody else is starting. */
export async function untilReady(machine: Machine, folder: string, signal: AbortSignal): Promise<Result<null>> {
  const until = performance.now() + START_MS;
  while ((await observe(machine, folder)).kind === "starting") {
    if (signal.aborted) return err(problem("cancelled", "It was cancelled."));
    if (performance.now() > until) return err(problem("command-failed", "PostgreSQL is not ready after a minute."));
    await wait(LOOK_AGAIN_MS);
  }
  return ok(null);
}
