import { setTimeout as wait } from "node:timers/promises";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import type { Finding, ServerControl } from "../use-cases/detection";
import { type AptCluster, readAptCluster, type Surroundings } from "./detect/apt-cluster";
import { aptFinding, readPackages, startCommandOf } from "./detect/apt-finding";
import { type Machine, thisMachine } from "./detect/machine";
import { readSurroundings } from "./detect/surroundings";
import { runCommand } from "./run-command";

/** pg_ctlcluster waits for the server itself; systemd may answer a moment earlier. */
const READY_MS = 30_000;
const LOOK_AGAIN_MS = 50;

const notCluster = problem("invalid-input", "This server is not a cluster of this computer.");

/** Version and name of `apt:<version>/<name>`, spelled as postgresql-common allows; null for anything else. */
function clusterOf(server: Server): { readonly version: string; readonly name: string } | null {
  const match = /^apt:(\d+(?:\.\d+)?)\/([^/\s-][^/\s]*)$/.exec(server.id);
  return match && !match[2]?.startsWith(".") ? { version: match[1] as string, name: match[2] as string } : null;
}

/** Starts Debian clusters with the rights this process has; what needs more rights is shown to copy. */
export function createClusterControl(machine: Machine = thisMachine()): ServerControl {
  const around = (): Promise<Surroundings> => readSurroundings(machine);

  async function look(server: Server): Promise<{ readonly cluster: AptCluster; readonly finding: Finding } | null> {
    const id = clusterOf(server);
    if (!id) return null;
    const cluster = await readAptCluster(machine, id.version, id.name, around);
    return { cluster, finding: await aptFinding(machine, cluster, await readPackages(machine)) };
  }

  async function untilReady(server: Server, signal: AbortSignal): Promise<Result<Finding>> {
    const until = performance.now() + READY_MS;
    for (;;) {
      const seen = await look(server);
      if (!seen) return err(notCluster);
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
    origins: ["apt"],
    async plan(server, action) {
      if (action !== "start" || !clusterOf(server) || !server.startCommand) {
        return err(problem("invalid-input", `${server.label} cannot be started from here.`));
      }
      const note = server.canStart
        ? null
        : "Starting it needs an administrator. Run this line in a terminal, then scan again.";
      return ok({ title: `Start ${server.label}`, commands: [server.startCommand], runnable: server.canStart, note });
    },
    async run(server, _action, tell, signal) {
      const seen = await look(server);
      if (!seen) return err(notCluster);
      if (seen.finding.server.state === "running") return ok(seen.finding);
      const command = await startCommandOf(machine, seen.cluster);
      // What was shown is what runs; a machine that changed since is looked at again first.
      if (!command.runnable || command.shown !== server.startCommand || !seen.finding.server.canStart) {
        return err(
          problem("changed-meanwhile", `${server.label} is not as it was when it was found.`, { next: "Scan again." }),
        );
      }
      const ran = await runCommand(command, tell, signal);
      return ran.ok ? untilReady(server, signal) : ran;
    },
  };
}
