import { describe, expect, it } from "vitest";
import { ok } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import { createCommands } from "./commands";
import type { Finding, PrivateServer, ServerControl } from "./detection";
import { createServerRegistry } from "./server-registry";

const stopped: Server = {
  id: "apt:15/main",
  origin: "apt",
  label: "apt · cluster 15/main",
  version: "15",
  state: "stopped",
  endpoints: [],
  dataDirectory: "/d",
  reason: null,
  actions: ["start"],
  startCommand: "sudo systemctl start postgresql@15-main",
  canStart: true,
  credentialsKnown: false,
};
const found = (server: Server): Finding => ({ server, pid: null, uid: null, reaches: [], accesses: [] });
const context = { emit: () => undefined, signal: new AbortController().signal };

function setUp(runnable = true) {
  const registry = createServerRegistry();
  registry.put({ server: stopped, accesses: [] });
  const ran: string[] = [];
  const clusters: ServerControl = {
    origins: ["apt"],
    plan: async (server) => ok({ title: "Start", commands: [server.startCommand ?? ""], runnable, note: null }),
    async run(server) {
      ran.push(server.id);
      return ok(found({ ...server, state: "running" }));
    },
  };
  const mine = found({ ...stopped, id: "private:18", origin: "private", actions: ["delete"] });
  const privateServer: PrivateServer = {
    status: () => Promise.reject(new Error("not asked for")),
    plan: async (action) => ok({ title: action, commands: [action], runnable: true, note: null }),
    create: async () => ok(mine),
    start: async () => ok(mine),
    stop: async () => ok(mine),
    remove: async () => ok(null),
  };
  return { registry, ran, commands: createCommands({ registry, controls: [clusters], privateServer }) };
}

describe("commands", () => {
  it("runs what was shown, once, and keeps the server as it is then", async () => {
    const { commands, registry, ran } = setUp();
    const preview = await commands.preview("apt:15/main", "start");
    const id = preview.ok ? preview.value.id : "";
    expect(preview).toMatchObject({ ok: true, value: { commands: [stopped.startCommand], runnable: true } });
    expect(await commands.run(id, context)).toEqual({ ok: true, value: { serverId: "apt:15/main" } });
    expect(registry.get("apt:15/main")?.server.state).toBe("running");
    expect(await commands.run(id, context)).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect(ran).toEqual(["apt:15/main"]);
  });

  it("runs nothing that the rights do not allow", async () => {
    const { commands, ran } = setUp(false);
    const preview = await commands.preview("apt:15/main", "start");
    expect(await commands.run(preview.ok ? preview.value.id : "", context)).toMatchObject({
      ok: false,
      error: { kind: "no-permission" },
    });
    expect(ran).toEqual([]);
  });

  it("shows nothing for servers it does not know and actions they do not have", async () => {
    const { commands } = setUp();
    expect(await commands.preview("apt:15/other", "start")).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect(await commands.preview("apt:15/main", "delete")).toMatchObject({ ok: false });
  });

  it("puts the private server in the list when it is made, and takes it out when it is deleted", async () => {
    const { commands, registry } = setUp();
    const create = await commands.previewPrivate();
    expect(await commands.run(create.ok ? create.value.id : "", context)).toEqual({
      ok: true,
      value: { serverId: "private:18" },
    });
    const remove = await commands.preview("private:18", "delete");
    await commands.run(remove.ok ? remove.value.id : "", context);
    expect(registry.get("private:18")).toBeNull();
  });
});
