import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bench, choice, context, planned, tcp, wire } from "../../e2e/database/on-server";
import { createDebianCluster, type DebianCluster, whyNoDebianCluster } from "../../e2e/servers/debian-cluster";
import { startPostgres } from "../../e2e/servers/postgres";

describe("a server that keeps MD5 passwords", () => {
  it("lets the new role in by its SCRAM secret", async () => {
    const server = await startPostgres({ version: 13, auth: "md5" });
    try {
      const databases = bench([tcp(server)], wire(server));
      const plan = await planned(databases, choice("app"));
      expect(await databases.run(plan.id, context())).toMatchObject({ ok: true });
    } finally {
      await server.remove();
    }
  }, 120_000);
});

const reason = whyNoDebianCluster();

describe.skipIf(reason)(`a Debian cluster over its local socket${reason ? ` (skipped: ${reason})` : ""}`, () => {
  let cluster: DebianCluster;
  beforeAll(async () => {
    cluster = await createDebianCluster({ running: true });
  }, 60_000);
  afterAll(() => cluster?.drop());

  it("gets a role and a database through psql as postgres, used over TCP", async () => {
    const { port, socketDirectory } = cluster;
    const program = `/usr/lib/postgresql/${cluster.version}/bin/psql`;
    const databases = bench(
      [
        { socketDirectory, port },
        { host: "127.0.0.1", port },
      ],
      { kind: "psql", program, osUser: "postgres", socketDirectory, port },
    );
    const plan = await planned(databases, choice('O\'Brien "shop" ü'));
    expect(plan.as).toBe("postgres over the local socket");
    const outcome = await databases.run(plan.id, context());
    expect(outcome).toMatchObject({ ok: true, problem: null });
    expect(outcome.dsn).toContain(`@127.0.0.1:${port}/`);
    expect(await databases.list("test")).toEqual({ ok: true, value: ['O\'Brien "shop" ü', "postgres"] });
    expect(await databases.undo(plan.id, context())).toEqual({ ok: true, value: null });
    expect(await databases.list("test")).toEqual({ ok: true, value: ["postgres"] });
  });
});
