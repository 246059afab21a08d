import { setTimeout as wait } from "node:timers/promises";
import { lastLines } from "../../shared/domain/containers/log";
import { failedStart } from "../../shared/domain/detect/log-tail";
import { err, ok, type Problem, problem, type Result } from "../../shared/domain/result";
import type { Server, ServerAction } from "../../shared/domain/server";
import type { Finding, ServerControl, TellLine } from "../use-cases/detection";
import { LOG_LINES } from "./detect/evidence";
import type { Installation, Installer } from "./detect/installation";
import { type Looked, lookAtInstallation } from "./detect/installation-finding";
import type { Machine } from "./detect/machine";
import { holderOf } from "./detect/port-holder";
import { readSurroundings } from "./detect/surroundings";
import { runCommand } from "./run-command";

/** A starter waits for the server itself at best; systemd and brew answer a moment earlier. */
const READY_MS = 30_000;
const LOOK_AGAIN_MS = 50;

interface Seen extends Looked {
  readonly installation: Installation;
}

/** A start under way; what its log said before belongs to earlier ones. */
interface Attempt {
  readonly logBefore: readonly string[];
  readonly tell: TellLine;
  readonly signal: AbortSignal;
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join("\n") === b.join("\n");

const gone = (server: Server) =>
  err(problem("not-found", `${server.label} is not on this computer any more.`, { next: "Scan again." }));

/** Starts and initialises what installers laid out, with the rights this process has; what needs more is shown to copy. */
export function createInstallationControl(machine: Machine, installers: readonly Installer[]): ServerControl {
  const context = () => ({
    signal: new AbortController().signal,
    once: <T>(_: string, work: () => Promise<T>) => work(),
  });

  async function look(server: Server): Promise<Seen | null> {
    for (const installer of installers.filter(({ origins }) => origins.includes(server.origin))) {
      for await (const one of installer.list(machine, context())) {
        if (one.kind !== "installation" || one.installation.id !== server.id) continue;
        const { installation } = one;
        return { installation, ...(await lookAtInstallation(machine, installation, () => readSurroundings(machine))) };
      }
    }
    return null;
  }

  const logOf = async ({ logFile }: Installation): Promise<readonly string[]> =>
    logFile === null ? [] : machine.files.readLastLines(logFile, LOG_LINES);

  /** Why a start failed: who holds its port, and what it added to its log; that is told, too. */
  async function explain({ installation, finding }: Seen, attempt: Attempt, ran: Problem): Promise<Problem> {
    const { label, logFile } = installation;
    const log = await logOf(installation);
    const added = isSame(log, attempt.logBefore) ? [] : log;
    for (const line of lastLines(added.join("\n"), [], LOG_LINES)) attempt.tell(line);
    const fatal = failedStart(added);
    const holder = await holderOf(machine, finding.server);
    if (holder !== null) {
      const said = fatal === null ? "" : ` Its log ends with: ${fatal}.`;
      return problem("command-failed", `${label} did not start: ${holder}.${said}`, {
        next: "Stop that one first, or give this server another port.",
      });
    }
    if (fatal === null) return ran;
    return problem("command-failed", `${label} did not start: ${fatal}.`, { next: `The end of ${logFile} says more.` });
  }

  async function untilReady(server: Server, attempt: Attempt): Promise<Result<Finding>> {
    const until = performance.now() + READY_MS;
    for (;;) {
      const seen = await look(server);
      if (!seen) return gone(server);
      const { state, cause } = seen.finding.server;
      if (state === "running") return ok(seen.finding);
      if (attempt.signal.aborted) return err(problem("cancelled", "It was cancelled."));
      const failed = cause === "failed-start" && !isSame(await logOf(seen.installation), attempt.logBefore);
      if (failed || performance.now() > until) {
        const late = `${server.label} was started and is not ready after ${READY_MS / 1000} seconds.`;
        return err(await explain(seen, attempt, problem("command-failed", late, { next: "Its log says why." })));
      }
      await wait(LOOK_AGAIN_MS);
    }
  }

  return {
    origins: [...new Set(installers.flatMap(({ origins }) => origins))],
    async plan(server, action) {
      if ((action !== "start" && action !== "initialise") || !server.startCommand)
        return err(problem("invalid-input", `${server.label} has nothing to ${action}.`, { next: "Scan again." }));
      const command = (await look(server))?.commands[action];
      if (!command) return gone(server);
      const verb = action === "start" ? "Start" : "Initialise";
      const rights = command.runnable
        ? null
        : "It needs an administrator. Run this line in a terminal; the list follows by itself.";
      return ok({
        title: `${verb} ${server.label}`,
        commands: [command.shown],
        runnable: command.runnable,
        note: [rights, command.note].filter((line) => line !== null).join(" ") || null,
      });
    },
    async run(server: Server, action: ServerAction, tell: TellLine, signal: AbortSignal) {
      const seen = await look(server);
      if (!seen) return gone(server);
      if (seen.finding.server.state === "running") return ok(seen.finding);
      const command = seen.commands[action];
      // What was shown is what runs; a machine that changed since is looked at again first.
      if (!command?.runnable || command.shown !== server.startCommand) {
        return err(
          problem("changed-meanwhile", `${server.label} is not as it was when it was found.`, { next: "Scan again." }),
        );
      }
      const attempt = { logBefore: await logOf(seen.installation), tell, signal };
      const ran = await runCommand(command, tell, signal);
      if (!ran.ok) {
        const isStart = action === "start" && ran.error.kind !== "cancelled";
        return isStart ? err(await explain(seen, attempt, ran.error)) : ran;
      }
      if (action === "start") return untilReady(server, attempt);
      const after = await look(server);
      return after ? ok(after.finding) : gone(server);
    },
  };
}
