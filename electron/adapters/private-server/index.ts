import { rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { err, ok, type Problem, problem, type Result } from "../../../shared/domain/result";
import type { Finding, PrivateServer, PrivateServerStatus, TellLine } from "../../use-cases/detection";
import { type Machine, thisMachine } from "../detect/machine";
import { runCommand, showCommand } from "../run-command";
import { accountFor } from "./account";
import { privateFinding } from "./card";
import { freePort, isFree } from "./free-port";
import { initialise, makeHome } from "./initialise";
import { inside, type Layout, layoutFor, MAJOR } from "./layout";
import { underLock } from "./lock";
import { type Observed, observe } from "./observe";
import { privatePlan } from "./plans";
import { copiedPrograms, locatePrograms, type Programs } from "./programs";
import { isOurs, readPassword, readPort, writePort } from "./record";
import { serverCommand, startServer, stopCommand, untilReady } from "./start";

interface Options {
  /** The app's data folder; as root the server may live elsewhere, see layoutFor. */
  readonly dataFolder: string;
  readonly machine?: Machine;
  /** Where to look for the platform package; for tests. */
  readonly programFolders?: readonly string[];
}

/** Another program may take a port between the look and the start. */
const PORT_TRIES = 5;

const foreign = (layout: Layout): Problem =>
  problem("exists", `${layout.folder} is in the way and was not made by the app.`, {
    next: "Move it away, then try again.",
  });

const absent = problem("not-found", "There is no private server.", { next: "Create it first." });

/** The app's own PostgreSQL. Nothing of it runs or exists until `create`; it is found again by its folder. */
export function createPrivateServer(options: Options): PrivateServer {
  const machine = options.machine ?? thisMachine();
  const account = accountFor(machine.uid, machine.paths.passwd);
  // Looked up each time: a folder's rights, which decide where the server lives as root, may change while we run.
  const layoutNow = (): Layout => layoutFor(options.dataFolder, account);

  async function programsOf(folder: string): Promise<Result<Programs>> {
    const copied = await copiedPrograms(inside(folder).programs);
    return copied ? ok(copied) : locatePrograms(options.programFolders);
  }

  async function describe(
    layout: Layout,
    observed: Exclude<Observed, { kind: "absent" | "foreign" }>,
  ): Promise<Finding> {
    const { folder } = layout;
    const programs = await programsOf(folder);
    const port = "port" in observed && observed.port ? observed.port : 0;
    const command = programs.ok ? serverCommand(machine.platform, programs.value, folder, port, account) : null;
    return privateFinding(observed, {
      platform: machine.platform,
      folder,
      version: programs.ok ? programs.value.version : null,
      password: await readPassword(folder),
      startCommand: command && showCommand(command.program, command.args),
    });
  }

  async function found(layout: Layout): Promise<Result<Finding>> {
    const observed = await observe(machine, layout.folder);
    if (observed.kind === "absent") return err(absent);
    if (observed.kind === "foreign") return err(foreign(layout));
    return ok(await describe(layout, observed));
  }

  async function status(): Promise<PrivateServerStatus> {
    const layout = layoutNow();
    const observed = await observe(machine, layout.folder);
    if (observed.kind === "absent" || observed.kind === "foreign") {
      const reason = observed.kind === "foreign" ? foreign(layout).message : null;
      return { kind: "absent", state: "stopped", major: MAJOR, folder: layout.folder, reason, finding: null };
    }
    const finding = await describe(layout, observed);
    const reason = finding.server.reason;
    return { kind: "present", state: observed.kind, major: MAJOR, folder: layout.folder, reason, finding };
  }

  /** Starts the stopped server on its own port, or on another one when that is taken. */
  async function startOnFreePort(layout: Layout, tell: TellLine, signal: AbortSignal): Promise<Result<null>> {
    const programs = await programsOf(layout.folder);
    if (!programs.ok) return programs;
    let last: Result<null> = err(problem("command-failed", "No port is free on 127.0.0.1."));
    for (let i = 0; i < PORT_TRIES; i++) {
      const kept = await readPort(layout.folder);
      const port = await freePort(kept);
      if (port === null) return last;
      if (port !== kept) {
        if (kept !== null) tell(`Port ${kept} is taken by another program; the server takes port ${port} from now on.`);
        await writePort(layout.folder, port);
      }
      const command = serverCommand(machine.platform, programs.value, layout.folder, port, account);
      tell(`Starting PostgreSQL on 127.0.0.1:${port}`);
      last = await startServer(machine, command, layout.folder, tell, signal);
      if (last.ok || signal.aborted || (await isFree(port))) return last;
    }
    return last;
  }

  async function startLocked(layout: Layout, tell: TellLine, signal: AbortSignal): Promise<Result<Finding>> {
    const observed = await observe(machine, layout.folder);
    if (observed.kind === "absent") return err(absent);
    if (observed.kind === "foreign") return err(foreign(layout));
    if (observed.kind === "broken") return err(problem("command-failed", observed.reason));
    if (observed.kind === "no-permission") return err(problem("no-permission", observed.reason));
    if (observed.kind === "stopped") {
      const started = await startOnFreePort(layout, tell, signal);
      if (!started.ok) return started;
      tell("PostgreSQL takes connections");
    } else if (observed.kind === "starting") {
      const ready = await untilReady(machine, layout.folder, signal);
      if (!ready.ok) return ready;
    }
    return found(layout);
  }

  async function createLocked(layout: Layout, tell: TellLine, signal: AbortSignal): Promise<Result<Finding>> {
    if ((await observe(machine, layout.folder)).kind !== "absent") return startLocked(layout, tell, signal);
    const programs = await locatePrograms(options.programFolders);
    if (!programs.ok) return programs;
    const port = await freePort();
    if (port === null) return err(problem("command-failed", "No port is free on 127.0.0.1."));
    tell(`Making a PostgreSQL ${programs.value.version ?? MAJOR} in ${layout.folder}`);
    const made = await initialise(layout, programs.value, account, port, tell, signal);
    if (!made.ok) return made;
    const started = await startLocked(layout, tell, signal);
    // It never took a connection: nothing of anybody's is in it.
    if (!started.ok) await rm(layout.folder, { recursive: true, force: true, maxRetries: 5 });
    return started;
  }

  async function stopLocked(layout: Layout, tell: TellLine, signal: AbortSignal): Promise<Result<null>> {
    const observed = await observe(machine, layout.folder);
    if (observed.kind !== "running" && observed.kind !== "starting") return ok(null);
    const programs = await programsOf(layout.folder);
    return programs.ok ? runCommand(stopCommand(programs.value, layout.folder, account), tell, signal) : programs;
  }

  async function removeLocked(layout: Layout, tell: TellLine, signal: AbortSignal): Promise<Result<null>> {
    const observed = await observe(machine, layout.folder);
    if (observed.kind === "absent") return ok(null);
    if (observed.kind === "no-permission") return err(problem("no-permission", observed.reason));
    if (!(await isOurs(layout.folder))) return err(foreign(layout));
    const stopped = await stopLocked(layout, tell, signal);
    if (!stopped.ok) return stopped;
    if (signal.aborted) return err(problem("cancelled", "It was cancelled."));
    try {
      await rm(layout.folder, { recursive: true, force: true, maxRetries: 5 });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? null;
      return err(
        problem("unwritable", `${layout.folder} cannot be removed.`, { code, next: "Check the folder's permissions." }),
      );
    }
    tell(`Removed ${layout.folder}`);
    return ok(null);
  }

  async function plan(action: "create" | "start" | "stop" | "delete"): ReturnType<PrivateServer["plan"]> {
    const layout = layoutNow();
    const observed = await observe(machine, layout.folder);
    if (observed.kind === "foreign") return err(foreign(layout));
    if (observed.kind === "absent" && action !== "create") return err(absent);
    const programs = await programsOf(layout.folder);
    if (!programs.ok) return programs;
    const wanted = observed.kind === "absent" ? "create" : action === "create" ? "start" : action;
    const kept = "port" in observed ? observed.port : null;
    const running = observed.kind === "running" || observed.kind === "starting";
    const port = (running ? kept : await freePort(kept)) ?? 0;
    return privatePlan(wanted, {
      platform: machine.platform,
      layout,
      programs: programs.value,
      account,
      port,
      running,
    });
  }

  /** Work that changes the server is done by one process at a time; a second copy of the app waits for the first. */
  function alone<T>(work: (layout: Layout, tell: TellLine, signal: AbortSignal) => Promise<Result<T>>) {
    return async (tell: TellLine, signal: AbortSignal): Promise<Result<T>> => {
      const layout = layoutNow();
      return underLock(layout.lock, signal, () => work(layout, tell, signal));
    };
  }

  /** As `alone`, for work on a server that is there already; without one there is no folder to put a lock in. */
  function existing<T>(work: (layout: Layout, tell: TellLine, signal: AbortSignal) => Promise<Result<T>>) {
    return async (tell: TellLine, signal: AbortSignal): Promise<Result<T>> => {
      const { kind } = await observe(machine, layoutNow().folder);
      return kind === "absent" ? err(absent) : alone(work)(tell, signal);
    };
  }

  return {
    status,
    plan,
    async create(tell, signal) {
      const home = await makeHome(layoutNow(), account);
      return home.ok ? alone(createLocked)(tell, signal) : home;
    },
    start: existing(startLocked),
    stop: existing(async (layout, tell, signal) => {
      const stopped = await stopLocked(layout, tell, signal);
      return stopped.ok ? found(layout) : stopped;
    }),
    async remove(tell, signal) {
      const { home, homeIsOwn } = layoutNow();
      const removed = await existing(removeLocked)(tell, signal);
      // Empty by now, or another copy is at work in it and it stays.
      if (removed.ok && homeIsOwn) {
        await rmdir(home)
          .then(() => rmdir(path.dirname(home)))
          .catch(() => undefined);
      }
      return removed;
    },
  };
}
