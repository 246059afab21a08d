import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { job, startWithApp, type WorldOptions, world as worldOf } from "../../e2e/diagnose/world";
import type { TestServer } from "../../e2e/servers/postgres";
import { err, ok, problem } from "../../shared/domain/result";
import type { DiagnoseEvent } from "../../shared/ipc/messages";
import { createOpenWire } from "../adapters/postgres/wire";

let server: TestServer;
beforeAll(async () => {
  server = await startWithApp();
});
afterAll(() => server?.remove());

const world = (more: WorldOptions = {}) => worldOf(server, more);
const dsn = (user: string, database = "app"): string => `postgresql://${user}@127.0.0.1:${server.port}/${database}`;

describe("what an administrator's look adds", () => {
  it("is certain of a wrong password when the role is there and may log in", async () => {
    const { report } = await world().run(dsn("app:wrong"), job());
    expect(report.diagnosis).toMatchObject({
      id: "authenticate.password-rejected",
      confidence: "certain",
      sqlstate: "28P01",
      asyncpgException: "InvalidPasswordError",
    });
    expect(report.diagnosis?.explanation).toContain("Looked up as postgres on");
    expect(report.alternatives).toEqual([]);
  });

  it("finds the missing role behind a rejected password", async () => {
    const { report } = await world().run(dsn("ghost:any"), job());
    expect(report.diagnosis).toMatchObject({ id: "authenticate.role-missing", confidence: "certain" });
  });

  it("leaves both open without an administrator", async () => {
    const { report } = await world({ known: false }).run(dsn("ghost:any"), job());
    expect(report.diagnosis).toMatchObject({ id: "authenticate.password-rejected", confidence: "likely" });
    expect(report.alternatives.map((one) => [one.id, one.confidence])).toEqual([
      ["authenticate.role-missing", "possible"],
    ]);
  });

  it("tries a rejected password once", async () => {
    let signIns = 0;
    const real = createOpenWire();
    const openWire: typeof real = (request, tell) =>
      real(request, (step) => {
        if (step.kind === "sign-in" && step.passwordAsked) signIns += 1;
        tell(step);
      });
    await world({ openWire }).run(dsn("app:wrong"), job());
    expect(signIns).toBe(1);
  });
});

describe("remedies", () => {
  const mend = async (string: string, expected: string, remedyId: string) => {
    const diagnose = world();
    const before = await diagnose.run(string, job());
    expect(before.report.diagnosis?.id).toBe(expected);
    const preview = await diagnose.previewRemedy(before.runId, remedyId);
    expect(preview.ok && preview.value).toMatchObject({ problem: null });
    expect(preview.ok && preview.value.as).toContain("postgres on");
    expect(JSON.stringify(preview)).not.toMatch(/mended|other-secret/);
    const outcome = await diagnose.runRemedy(before.runId, remedyId, job());
    expect(outcome).toMatchObject({ ok: true, problem: null });
    return diagnose.run(outcome.dsn ?? string, job());
  };

  it("makes the password of the string the role's own", async () => {
    await server.sql("postgres", "CREATE ROLE mendme LOGIN PASSWORD 'old'");
    await server.sql("postgres", "CREATE DATABASE mendme OWNER mendme");
    const after = await mend(
      dsn("mendme:mended%40password", "mendme"),
      "authenticate.password-rejected",
      "set-password",
    );
    expect(after.report.ok).toBe(true);
  });

  it("gives a role without a password in the string a new one", async () => {
    await server.sql("postgres", "CREATE ROLE nopass LOGIN");
    await server.sql("postgres", "CREATE DATABASE nopass OWNER nopass");
    const after = await mend(dsn("nopass", "nopass"), "authenticate.password-missing", "new-password");
    expect(after.report.ok).toBe(true);
  });

  it("creates a missing role with the string's password, then the missing database, then all is well", async () => {
    const string = dsn("fresh:other-secret", "fresh base");
    const second = await mend(encodeURI(string), "authenticate.role-missing", "create-role");
    expect(second.report.diagnosis?.id).toBe("database.missing");
    const third = await mend(encodeURI(string), "database.missing", "create-database");
    expect(third.report.ok).toBe(true);
    expect(third.report.warnings).toEqual([]);
  });

  it.each(["make-owner", "grant-create"])("lets the role create tables in public by %s", async (remedyId) => {
    const name = remedyId.replace("-", "_");
    await server.sql("postgres", `CREATE DATABASE ${name}`);
    const after = await mend(dsn("app:right", name), "privileges.no-create", remedyId);
    expect(after.report.ok).toBe(true);
  });

  it("grants CONNECT", async () => {
    await server.sql("postgres", "CREATE DATABASE shut");
    await server.sql("postgres", "REVOKE CONNECT ON DATABASE shut FROM PUBLIC");
    const after = await mend(dsn("app:right", "shut"), "database.connect-denied", "grant-connect");
    expect(after.report.diagnosis?.id).toBe("privileges.no-create");
  });

  it("says which server wants an administrator when none is signed in", async () => {
    const diagnose = world({ openAdministrator: async () => err(problem("sign-in-refused", "Nobody is signed in.")) });
    const { runId } = await diagnose.run(dsn("app:right", "missing"), job());
    const preview = await diagnose.previewRemedy(runId, "create-database");
    expect(preview).toMatchObject({ ok: true, value: { problem: { kind: "sign-in-refused" }, serverId: "test:18" } });
    expect((await diagnose.runRemedy(runId, "create-database", job())).ok).toBe(false);
  });

  it("leads to strings that connect by its edits", async () => {
    const diagnose = world();
    const tls = await diagnose.run(`${dsn("app:right")}?sslmode=require`, job());
    expect(tls.report.diagnosis?.id).toBe("encrypt.not-supported");
    const edited = await diagnose.run(tls.edits["sslmode-prefer"] ?? "", job());
    expect(edited.report.ok).toBe(true);
    const raw = await diagnose.run(`mysql://app:right@127.0.0.1:${server.port}/app`, job());
    expect(raw.report.diagnosis?.id).toBe("read.unsupported-scheme");
    expect((await diagnose.run(raw.edits["use-postgresql"] ?? "", job())).report.ok).toBe(true);
  });
});

describe("a stopped server", () => {
  it("is named and started by its remedy", async () => {
    await server.stop();
    const diagnose = world({
      state: "stopped",
      prepareServer: async (_id, action) =>
        ok({
          title: action === "start" ? "Start the test server" : "Stop the test server",
          commands: [`pg_ctl ${action}`],
          run: async () => {
            await (action === "start" ? server.start() : server.stop());
            return ok(null);
          },
        }),
    });
    const { runId, report } = await diagnose.run(dsn("app:right"), job());
    expect(report.diagnosis).toMatchObject({ id: "reach.server-stopped", confidence: "certain" });
    expect(report.diagnosis?.remedies[0]).toMatchObject({
      id: "start-server",
      kind: "run",
      commands: ["pg_ctl start"],
    });
    expect(await diagnose.runRemedy(runId, "start-server", job())).toMatchObject({
      ok: true,
      undo: [{ title: "Stop the test server", command: "pg_ctl stop" }],
    });
    expect((await diagnose.run(dsn("app:right"), job())).report.ok).toBe(true);
    expect(await diagnose.undoRemedy(runId, "start-server", job())).toMatchObject({ ok: true });
    expect(server.pid()).toBeNull();
    await server.start();
  });
});

describe("the climb", () => {
  it("takes one connection and tells the rungs in order as they finish", async () => {
    let opened = 0;
    const events: DiagnoseEvent[] = [];
    const real = createOpenWire();
    const openWire: typeof real = (request, tell) =>
      real(request, (step) => {
        if (step.kind === "reach") opened += 1;
        tell(step);
      });
    const { report } = await world({ openWire }).run(dsn("app:right"), {
      ...job(),
      emit: (event) => events.push(event),
    });
    expect(report.ok).toBe(true);
    expect(opened).toBe(1);
    expect(events.map((event) => event.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("uses neither PG* variables nor .pgpass", async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      PGPASSWORD: "right",
      PGUSER: "postgres",
      PGDATABASE: "nope",
      PGSSLMODE: "require",
      PGOPTIONS: "-c nosuch=1",
      PGSSLNEGOTIATION: "direct",
    });
    try {
      expect((await world({ known: false }).run(dsn("app"), job())).report.diagnosis?.id).toBe(
        "authenticate.password-missing",
      );
      expect((await world({ known: false }).run(dsn("app:right"), job())).report.ok).toBe(true);
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    }
  });

  it("leaves the password out of everything it tells", async () => {
    const events: DiagnoseEvent[] = [];
    const { report, edits } = await world().run(dsn("app:s3cret%2Fword"), {
      ...job(),
      emit: (event) => events.push(event),
    });
    expect(report.diagnosis?.id).toBe("authenticate.password-rejected");
    expect(JSON.stringify([events, report])).not.toContain("s3cret");
    expect(edits).toEqual({});
  });
});
