import { isLoopback, isSocket } from "../../shared/domain/endpoint";
import { err, ok, type Problem, problem, type Result } from "../../shared/domain/result";
import { byReadiness, type Scan, type Server } from "../../shared/domain/server";
import type { CommandOutput, CommandPreview, ScanEvent } from "../../shared/ipc/messages";
import type { Administrator } from "./administrator";
import type { Teller } from "./auto-tell";
import type { JobContext } from "./job";
import type { ServerRegistry } from "./server-registry";

export interface ServerNeeds {
  readonly registry: ServerRegistry;
  readonly administrator: Administrator;
  readonly scan: { run(context: JobContext<ScanEvent>): Promise<Scan> };
  readonly commands: {
    preview(serverId: string, action: "start"): Promise<Result<CommandPreview>>;
    previewPrivate(): Promise<Result<CommandPreview>>;
    run(previewId: string, context: JobContext<CommandOutput>): Promise<Result<{ readonly serverId: string }>>;
  };
}

export interface ServerWish {
  readonly serverId?: string;
  readonly usePrivate?: boolean;
}

/** What to work on: a server that is ready, or a command that makes one. */
export type ServerChoice =
  | { readonly kind: "ready"; readonly server: Server; readonly as: string }
  | { readonly kind: "start"; readonly preview: CommandPreview };

/** True when every address of a server is on this computer. */
export const isLocal = (server: Server): boolean =>
  server.endpoints.every((endpoint) => isSocket(endpoint) || isLoopback(endpoint.host));

/** Looks for servers and settles on one: the wished one, else the readiest local one with an administrator, else the private one. */
export async function chooseServer(
  needs: ServerNeeds,
  wish: ServerWish,
  teller: Teller,
): Promise<Result<ServerChoice>> {
  const look = { id: "find-server", title: "Look for PostgreSQL", sql: null, command: null };
  return teller.step(look, async () => {
    const scan = await needs.scan.run({ emit: () => undefined, signal: teller.signal });
    const choice = await settle(needs, wish, scan);
    return choice.ok ? ok({ value: choice.value, message: choiceText(choice.value) }) : choice;
  });
}

const choiceText = (choice: ServerChoice): string =>
  choice.kind === "ready" ? `${choice.server.label}, as ${choice.as}` : choice.preview.title;

async function settle(needs: ServerNeeds, wish: ServerWish, scan: Scan): Promise<Result<ServerChoice>> {
  if (wish.serverId !== undefined) return settleOn(needs, wish.serverId);
  const sorted = [...scan.servers].sort(byReadiness);
  const candidates = sorted.filter(
    (server) => server.state === "running" && isLocal(server) && (!wish.usePrivate || server.origin === "private"),
  );
  for (const server of candidates) {
    const state = await needs.administrator.state(server.id);
    if (state.ready && majorVersion(state.version) >= 13) return ok({ kind: "ready", server, as: state.as ?? "" });
  }
  const own = sorted.find((server) => server.origin === "private" && server.state !== "running");
  const ownStart = own?.actions.includes("start") ? await needs.commands.preview(own.id, "start") : null;
  const preview = ownStart?.ok ? ownStart : await needs.commands.previewPrivate();
  if (preview.ok && preview.value.runnable) return ok({ kind: "start", preview: preview.value });
  if (!wish.usePrivate) {
    for (const server of sorted.filter((one) => one.state === "stopped" && one.canStart && isLocal(one))) {
      const start = await needs.commands.preview(server.id, "start");
      if (start.ok && start.value.runnable) return ok({ kind: "start", preview: start.value });
    }
  }
  return err(preview.ok ? cannotRun(preview.value) : preview.error);
}

async function settleOn(needs: ServerNeeds, serverId: string): Promise<Result<ServerChoice>> {
  const server = needs.registry.get(serverId)?.server;
  if (!server)
    return err(
      problem("not-found", `There is no server "${serverId}" here.`, {
        next: "Look for servers again.",
        field: "server",
      }),
    );
  if (server.state === "running") {
    const state = await needs.administrator.state(serverId);
    if (state.ready) return ok({ kind: "ready", server, as: state.as ?? "" });
    return err(state.problem ?? problem("no-permission", "The app has no way in as an administrator of this server."));
  }
  const start = await needs.commands.preview(serverId, "start");
  if (!start.ok) return start;
  return start.value.runnable ? ok({ kind: "start", preview: start.value }) : err(cannotRun(start.value));
}

const cannotRun = (preview: CommandPreview): Problem =>
  problem("no-permission", `${preview.title}: the rights for it are missing.`, {
    next: `Run it yourself: ${preview.commands.join("; ")}`,
  });

const majorVersion = (version: string | null): number => Number.parseInt(version ?? "", 10) || 0;

/** Runs the command that makes or starts the server, then asks who administers it. */
export async function startServer(
  needs: ServerNeeds,
  preview: CommandPreview,
  teller: Teller,
): Promise<Result<Extract<ServerChoice, { kind: "ready" }>>> {
  const step = { id: "start-server", title: preview.title, sql: null, command: preview.commands.join("\n") };
  return teller.step(step, async () => {
    const ran = await needs.commands.run(preview.id, { emit: () => undefined, signal: teller.signal });
    if (!ran.ok) return ran;
    const state = await needs.administrator.state(ran.value.serverId);
    const server = needs.registry.get(ran.value.serverId)?.server;
    if (!state.ready || !server) {
      return err(
        state.problem ??
          problem("not-found", "The server that was started is not in the list.", { next: "Look for servers again." }),
      );
    }
    return ok({ value: { kind: "ready", server, as: state.as ?? "" }, message: `${server.label}, as ${state.as}` });
  });
}
