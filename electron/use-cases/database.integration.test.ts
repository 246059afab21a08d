import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bench, choice, context, type Databases, planned, tcp, wire } from "../../e2e/database/on-server";
import { startPostgres, type TestServer } from "../../e2e/servers/postgres";
import { offeredName } from "../../shared/domain/database-facts";

describe("roles and databases on one server", () => {
  let server: TestServer;
  let databases: Databases;
  let holder: Client | null = null;

  beforeAll(async () => {
    server = await startPostgres({ version: 18 });
    databases = bench([tcp(server)], wire(server));
  }, 120_000);
  afterAll(() => server?.remove());
  afterEach(async () => {
    holder?.removeAllListeners().on("error", () => undefined);
    await holder?.end().catch(() => undefined);
    holder = null;
  });

  /** Makes CREATE DATABASE wait, and answers when it does. */
  async function holdDatabases(): Promise<void> {
    holder = new Client({ connectionString: server.dsn() });
    holder.on("error", () => undefined);
    await holder.connect();
    await holder.query("BEGIN; LOCK TABLE pg_database IN SHARE MODE");
  }
  async function untilWaiting(): Promise<void> {
    const waiting =
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'CREATE DATABASE%' AND pid <> pg_backend_pid()";
    while ((await server.sql("postgres", waiting)).length === 0);
  }
  const names = async (name: string) =>
    (
      await server.sql(
        "postgres",
        `SELECT 'role' AS kind FROM pg_roles WHERE rolname = '${name}' UNION ALL SELECT 'database' FROM pg_database WHERE datname = '${name}' ORDER BY 1`,
      )
    ).map((row) => row.kind);

  it("proposes names from the project's folder, a strong password and the server's locales", async () => {
    const proposal = await databases.propose("test");
    expect(proposal).toMatchObject({ ok: true, value: { database: "ticket_desk", role: "ticket_desk" } });
    if (!proposal.ok) return;
    expect(proposal.value.password).toMatch(/^[A-Za-z0-9]{24}$/);
    expect(proposal.value.encodings).toContain("C.UTF-8");
  });

  it("makes a database with the chosen locale", async () => {
    const plan = await planned(databases, choice("with_locale", { locale: "C" }));
    expect(plan.sqlText).toContain("LOCALE 'C'");
    expect(await databases.run(plan.id, context())).toMatchObject({ ok: true });
    const made = await server.sql("postgres", "SELECT datcollate FROM pg_database WHERE datname = 'with_locale'");
    expect(made).toEqual([{ datcollate: "C" }]);
  });

  it("takes a password beyond ASCII", async () => {
    const plan = await planned(databases, choice("beyond", { password: "pässwörd 日本 🚀" }));
    expect(await databases.run(plan.id, context())).toMatchObject({ ok: true });
  });

  it("says at its field that a role or database exists, offers a free name, and runs nothing", async () => {
    await server.sql("postgres", "CREATE ROLE taken");
    await server.sql("postgres", "CREATE DATABASE taken");
    const plan = await planned(databases, choice("taken"));
    expect(plan.problems).toMatchObject([
      { kind: "exists", field: "role" },
      { kind: "exists", field: "database" },
    ]);
    expect(plan.problems.map(offeredName)).toEqual(["taken_2", "taken_2"]);
    expect(await databases.run(plan.id, context())).toMatchObject({ ok: false, undo: [], problem: { kind: "exists" } });
    expect((await planned(databases, choice("Taken"))).problems).toEqual([]);
  });

  it("refuses names PostgreSQL would cut or refuse before asking the server", async () => {
    const plan = await planned(databases, choice("ü".repeat(32), { password: "" }));
    expect(plan.problems.map((found) => found.field)).toEqual(["database", "role", "password"]);
    expect(plan.steps).toEqual([]);
  });

  it("uses an existing role after checking its password, before anything is made", async () => {
    await server.sql("postgres", "CREATE ROLE old LOGIN PASSWORD 'right'");
    const use = choice("for_old", { role: "old", onRole: "use" });
    const wrong = await planned(databases, { ...use, password: "wrong" });
    expect(await databases.run(wrong.id, context())).toMatchObject({
      ok: false,
      undo: [],
      problem: { kind: "sign-in-refused", field: "password", code: "28P01" },
    });
    expect(await names("for_old")).toEqual([]);
    const right = await planned(databases, { ...use, password: "right" });
    expect(right.sqlText).not.toContain("CREATE ROLE");
    expect(await databases.run(right.id, context())).toMatchObject({ ok: true });
  });

  it("uses an existing database without changing its owner, shows the grants it needs, and can take them back", async () => {
    await server.sql("postgres", "CREATE DATABASE existing");
    await server.sql("postgres", "REVOKE CONNECT ON DATABASE existing FROM PUBLIC");
    const plan = await planned(databases, choice("existing", { role: "guest", onDatabase: "use" }));
    expect(plan.steps.map((step) => step.id)).toEqual([
      "create-role",
      "let-connect",
      "let-create",
      "sign-in",
      "prove-table",
    ]);
    expect(await databases.run(plan.id, context())).toMatchObject({ ok: true });
    expect(await databases.undo(plan.id, context())).toEqual({ ok: true, value: null });
    expect(await names("guest")).toEqual([]);
    const owner = await server.sql(
      "postgres",
      "SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = 'existing'",
    );
    expect(owner).toEqual([{ owner: "postgres" }]);
  });

  it("says what is not there to be used", async () => {
    const plan = await planned(databases, choice("nowhere", { onRole: "use", onDatabase: "use" }));
    expect(plan.problems).toMatchObject([
      { kind: "not-found", field: "role" },
      { kind: "not-found", field: "database" },
    ]);
  });

  it("stops at a failing step and takes back only what it made itself", async () => {
    const plan = await planned(databases, choice("late"));
    await server.sql("postgres", "CREATE DATABASE late");
    const outcome = await databases.run(plan.id, context());
    expect(outcome).toMatchObject({
      ok: false,
      dsn: null,
      problem: { kind: "exists", code: "42P04", field: "database" },
    });
    expect(outcome.undo.map((step) => step.sql)).toEqual(['DROP ROLE "late";']);
    expect(await databases.undo(plan.id, context())).toEqual({ ok: true, value: null });
    expect(await names("late")).toEqual(["database"]);
  });

  it("leaves a database alone that holds tables by now", async () => {
    const plan = await planned(databases, choice("in_use"));
    const outcome = await databases.run(plan.id, context());
    const app = new Client({ connectionString: outcome.dsn ?? "" });
    await app.connect();
    await app.query("CREATE TABLE precious (n int)");
    await app.end();
    expect(await databases.undo(plan.id, context())).toMatchObject({ ok: false, error: { kind: "changed-meanwhile" } });
    expect(await names("in_use")).toEqual(["database", "role"]);
  });

  it("leaves a database alone that is another one of the same name by now, and passes over what is gone", async () => {
    const plan = await planned(databases, choice("replaced"));
    await databases.run(plan.id, context());
    await server.sql("postgres", "DROP DATABASE replaced");
    await server.sql("postgres", "CREATE DATABASE replaced");
    expect(await databases.undo(plan.id, context())).toMatchObject({ ok: false, error: { kind: "changed-meanwhile" } });
    await server.sql("postgres", "DROP DATABASE replaced");
    expect(await databases.undo(plan.id, context())).toEqual({ ok: true, value: null });
    expect(await names("replaced")).toEqual([]);
  });

  it("stops in the middle of a statement when cancelled, knowing what was made", async () => {
    const plan = await planned(databases, choice("stopped"));
    await holdDatabases();
    const job = context();
    const running = databases.run(plan.id, job);
    await untilWaiting();
    job.abort();
    const outcome = await running;
    expect(outcome).toMatchObject({ ok: false, problem: { kind: "cancelled" } });
    expect(outcome.undo.map((step) => step.id)).toEqual(["undo-role"]);
    await holder?.query("ROLLBACK");
    expect(await names("stopped")).toEqual(["role"]);
    expect(await databases.undo(plan.id, context())).toEqual({ ok: true, value: null });
  });

  it("says so when the server stops in the middle, and takes back what was made once it runs again", async () => {
    const plan = await planned(databases, choice("halfway"));
    await holdDatabases();
    const running = databases.run(plan.id, context());
    await untilWaiting();
    await server.stop();
    const outcome = await running;
    expect(outcome).toMatchObject({ ok: false, dsn: null, problem: { kind: "unreachable" } });
    expect(outcome.problem?.next).not.toBeNull();
    expect(await databases.undo(plan.id, context())).toMatchObject({ ok: false, error: { kind: "unreachable" } });
    await server.start();
    expect(await names("halfway")).toEqual(["role"]);
    expect(await databases.undo(plan.id, context())).toEqual({ ok: true, value: null });
    expect(await names("halfway")).toEqual([]);
  });

  it("does not take another server on another of its addresses for it", async () => {
    const other = await startPostgres({ version: 18 });
    try {
      const both = bench([tcp(other), tcp(server)], wire(server));
      const plan = await planned(both, choice("two_servers"));
      const outcome = await both.run(plan.id, context());
      expect(outcome.dsn).toContain(`@127.0.0.1:${server.port}/two_servers`);
    } finally {
      await other.remove();
    }
  }, 60_000);
});
