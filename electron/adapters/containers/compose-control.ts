import { setTimeout as wait } from "node:timers/promises";
import { containerId } from "../../../shared/domain/containers/identity";
import { err, ok, problem } from "../../../shared/domain/result";
import type { Server } from "../../../shared/domain/server";
import type { ServerControl } from "../../use-cases/detection";
import type { Machine } from "../detect/machine";
import { runCommand } from "../run-command";
import { composeCommand } from "./compose-command";
import { readComposeProject } from "./compose-project";
import { composeId } from "./compose-source";
import { askEngine } from "./engine";
import { enginePlaces } from "./places";

/** Compose answers when the container runs; engines list it at once. */
const LISTED_MS = 5_000;
const LOOK_AGAIN_MS = 100;

/** Brings services of the project's compose file up; what then runs is a container, and `containers` waits until it answers. */
export function createComposeControl(machine: Machine, containers: Pick<ServerControl, "run">): ServerControl {
  async function find(server: Server) {
    const { project } = await readComposeProject(machine);
    const service = project?.services.find((one) => composeId(project.name, one.service) === server.id)?.service;
    const command = project && service !== undefined ? await composeCommand(machine, project, service) : null;
    return project && command && service !== undefined ? { command, made: `${project.name}/${service}` } : null;
  }

  /** The container of a service as a card's id and origin; null while no engine has one. */
  async function containerOf(made: string, signal: AbortSignal): Promise<Pick<Server, "id" | "origin"> | null> {
    for (const place of (await enginePlaces(machine)).places) {
      const asked = await askEngine(place, signal);
      if (!asked.ok) continue;
      const { api, containers: all, origin } = asked.value;
      api.close();
      const container = all.find(({ compose, state }) => compose === made && state === "running");
      if (container) return { id: containerId(origin, container.name, place.key), origin };
    }
    return null;
  }

  const gone = ({ label }: Server) =>
    err(problem("not-found", `${label} is in no compose file of the project any more.`, { next: "Scan again." }));

  return {
    origins: ["compose"],
    async plan(server, action) {
      const found = await find(server);
      if (!found || action !== "start") return gone(server);
      const { shown, runnable, note } = found.command;
      const hint = "It fetches the image first where that is not here yet.";
      return ok({ title: `Bring ${server.label} up`, commands: [shown], runnable, note: note ?? hint });
    },
    async run(server, action, tell, signal) {
      const found = await find(server);
      if (!found || action !== "start") return gone(server);
      // What was shown is what runs.
      if (!found.command.runnable || found.command.shown !== server.startCommand) {
        const message = `${server.label} is not as it was when it was found.`;
        return err(problem("changed-meanwhile", message, { next: "Scan again." }));
      }
      const ran = await runCommand(found.command, tell, signal);
      if (!ran.ok && ran.error.kind === "command-failed") {
        const message = `${server.label} did not come up: ${ran.error.message.replace(/\.?$/, ".")}`;
        return err({ ...ran.error, message, next: "Mend what it says, then try again." });
      }
      if (!ran.ok) return ran;
      const until = performance.now() + LISTED_MS;
      for (;;) {
        const container = await containerOf(found.made, signal);
        if (container) return containers.run({ ...server, ...container }, "start", tell, signal);
        if (signal.aborted) return err(problem("cancelled", "It was cancelled."));
        if (performance.now() > until) {
          const message = `${server.label} was brought up, and no engine lists its container.`;
          return err(problem("command-failed", message, { next: "See docker compose ps, then scan again." }));
        }
        await wait(LOOK_AGAIN_MS);
      }
    },
  };
}
