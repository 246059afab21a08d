import { setTimeout as wait } from "node:timers/promises";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import type { Finding, ServerControl } from "../use-cases/detection";
import type { Installer } from "./detect/installation";
import { type Looked, lookAtInstallation } from "./detect/installation-finding";
import type { Machine } from "./detect/machine";
import { readSurroundings } from "./detect/surroundings";
import { runCommand } from "./run-command";

/** A starter waits for the server itself at best; systemd and brew answer a moment earlier. */
const READY_MS = 30_000;
const LOOK_AGAIN_MS = 50;

const gone = (server: Server) =>
  err(problem("not-found", `${server.label} is not on this computer any more.`, { next: "Scan again." }));

/** Starts and initialises what installers laid out, with the rights this process has; what needs more is shown to copy. */
export function createInstallationControl(machine: Machine, installers: readonly Installer[]): ServerControl {
  const context = () => ({
    signal: new AbortController().signal,
    once: <T>(_: string, work: () => Promise<T>) => work(),
  });

  async function look(server: Server): Promise<Looked | null> {
    for (const installer of installers.filter(({ origins }) => origins.includes(server.origin))) {
      for await (const one of installer.list(machine, context())) {
        if (one.kind === "installation" && one.installation.id === server.id)
          return lookAtInstallation(machine, one.installation, () => readSurroundings(machine));
      }
    }
    return null;
  }

  async function untilReady(server: Server, signal: AbortSignal): Promise<Result<Finding>> {
    const until = performance.now() + READY_MS;
    for (;;) {
      const seen = await look(server);
      if (!seen) return gone(server);
      if (seen.finding.server.state === "running") return ok(seen.finding);
      if (signal.aborted) return err(problem("cancelled", "It was cancelled."));
      if (performance.now() > until) {
        return err(
          problem("command-failed", `${server.label} was started and is not ready after ${READY_MS / 1000} seconds.`, {
            next: "Its log says why.",
          }),
        );
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
    async run(server, action, tell, signal) {
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
      const ran = await runCommand(command, tell, signal);
      if (!ran.ok) return ran;
      if (action === "start") return untilReady(server, signal);
      const after = await look(server);
      return after ? ok(after.finding) : gone(server);
    },
  };
}
