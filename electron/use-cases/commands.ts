import { randomUUID } from "node:crypto";
import { err, ok, problem, type Result } from "../../shared/domain/result";
import type { ServerAction } from "../../shared/domain/server";
import type { CommandOutput, CommandPreview } from "../../shared/ipc/messages";
import type { ActionPlan, Finding, PrivateServer, ServerControl, TellLine } from "./detection";
import type { JobContext } from "./job";
import type { ServerRegistry } from "./server-registry";

interface Options {
  readonly registry: ServerRegistry;
  readonly privateServer: PrivateServer;
  readonly controls: readonly ServerControl[];
}

export interface Commands {
  preview(serverId: string, action: ServerAction): Promise<Result<CommandPreview>>;
  previewPrivate(): Promise<Result<CommandPreview>>;
  /** Shows other work that is no server's own, such as a step of an installation. */
  prepare(
    plan: ActionPlan,
    work: (tell: TellLine, signal: AbortSignal) => Promise<Result<null>>,
  ): Result<CommandPreview>;
  /** Runs what a preview showed, once; the answer names the server it was about. */
  run(previewId: string, context: JobContext<CommandOutput>): Promise<Result<{ readonly serverId: string }>>;
}

/** What a preview stands for; answers the server as it is then, null when it is gone. */
interface Prepared {
  readonly serverId: string | null;
  readonly runnable: boolean;
  readonly work: (tell: TellLine, signal: AbortSignal) => Promise<Result<Finding | null>>;
}

/** Previews nobody ran are forgotten from the oldest on. */
const KEPT = 50;

/** Starting, stopping and deleting servers: shown first, then run by the id of what was shown. */
export function createCommands({ registry, privateServer, controls }: Options): Commands {
  const prepared = new Map<string, Prepared>();

  function keep(plan: ActionPlan, serverId: string | null, work: Prepared["work"]): Result<CommandPreview> {
    const id = randomUUID();
    prepared.set(id, { serverId, runnable: plan.runnable, work });
    for (const oldest of prepared.keys()) {
      if (prepared.size <= KEPT) break;
      prepared.delete(oldest);
    }
    return ok({ id, title: plan.title, commands: plan.commands, runnable: plan.runnable, note: plan.note });
  }

  const privateWork = (action: "start" | "stop" | "delete"): Prepared["work"] =>
    action === "start" ? privateServer.start : action === "stop" ? privateServer.stop : privateServer.remove;

  return {
    async preview(serverId, action) {
      const server = registry.get(serverId)?.server;
      if (!server)
        return err(problem("not-found", "This server is not in the list any more.", { next: "Scan again." }));
      if (!server.actions.includes(action)) {
        return err(problem("invalid-input", `${server.label} has nothing to ${action}.`, { next: "Scan again." }));
      }
      if (server.origin === "private" && (action === "start" || action === "stop" || action === "delete")) {
        const plan = await privateServer.plan(action);
        return plan.ok ? keep(plan.value, serverId, privateWork(action)) : plan;
      }
      const control = controls.find(({ origins }) => origins.includes(server.origin));
      if (!control) return err(problem("invalid-input", `${server.label} cannot be changed from here.`));
      const plan = await control.plan(server, action);
      return plan.ok ? keep(plan.value, serverId, (tell, signal) => control.run(server, action, tell, signal)) : plan;
    },

    prepare: (plan, work) => keep(plan, null, work),

    async previewPrivate() {
      const plan = await privateServer.plan("create");
      return plan.ok ? keep(plan.value, null, privateServer.create) : plan;
    },

    async run(previewId, { emit, signal }) {
      const entry = prepared.get(previewId);
      prepared.delete(previewId);
      if (!entry)
        return err(problem("not-found", "This was run already or is out of date.", { next: "Open it again." }));
      if (!entry.runnable) {
        return err(
          problem("no-permission", "Your user may not run this.", { next: "Copy the command to a terminal." }),
        );
      }
      const result = await entry.work((line) => emit({ line }), signal);
      if (!result.ok) return result;
      const finding = result.value;
      // What was brought up may go on under another id: a compose service as its container.
      if (entry.serverId && finding?.server.id !== entry.serverId) registry.remove(entry.serverId);
      if (finding) registry.put({ server: finding.server, accesses: finding.accesses });
      return ok({ serverId: finding?.server.id ?? entry.serverId ?? "" });
    },
  };
}
