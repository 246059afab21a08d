import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StepProgress } from "../../shared/domain/plan";
import { at } from "../diagnose/case";
import { POOLED_SETUP } from "../diagnose/cases-pooler";
import { CONFIG, HBA, SETUP } from "../diagnose/cases-server";
import { asStandby, until } from "../diagnose/moments";
import { type PgBouncer, startPgBouncer, whyNoPgBouncer } from "../diagnose/pgbouncer";
import { selfSigned } from "../servers/certificate";
import { startPostgres, type TestServer } from "../servers/postgres";
import { climb, findServer, job, mend, type Workplace, workplace } from "./mended";

const certificate = selfSigned("db.example", ["DNS:db.example"]);

describe("a remedy that cannot be, or only in part", () => {
  let server: TestServer;
  let place: Workplace;
  let serverId: string;
  const rules = (): string => path.join(server.dataDirectory, "pg_hba.conf");

  beforeAll(async () => {
    server = await startPostgres({
      version: 18,
      hba: HBA,
      config: CONFIG,
      files: { "server.key": certificate.key, "server.crt": certificate.certificate },
    });
    for (const statement of SETUP.split(";")) await server.sql("postgres", statement);
    await server.sql("postgres", "CREATE ROLE stranger LOGIN PASSWORD 'right'");
    await server.sql("postgres", "CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD 'right' IN ROLE everyday");
    await server.sql("postgres", "GRANT app TO maker WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
  });
  afterAll(() => server?.remove());
  beforeEach(async () => {
    place = workplace();
    serverId = await findServer(place, server);
  });
  afterEach(() => place.remove());

  const asMaker = () =>
    place.app.administrator.signIn({ serverId, user: "maker", password: "right", database: "postgres" });

  it("keeps a database that was filled meanwhile", async () => {
    const { app } = place;
    const dsn = at(server, "app:right", "filled");
    const before = await climb(app, dsn);
    await mend(app, before, dsn, { remedy: "create-database" });
    await server.sql("filled", "CREATE TABLE precious (id int)");
    const back = await app.diagnose.undoRemedy(before.runId, "create-database", job());
    expect(back).toMatchObject({ ok: false, problem: { kind: "changed-meanwhile" } });
    expect((await climb(app, dsn)).report.ok).toBe(true);
    await server.sql("filled", "DROP TABLE precious");
    expect((await app.diagnose.undoRemedy(before.runId, "create-database", job())).ok).toBe(true);
    expect((await climb(app, dsn)).report.diagnosis?.id).toBe("database.missing");
    expect(await app.diagnose.undoRemedy(before.runId, "create-database", job())).toMatchObject({ ok: false });
  });

  it("an administrator who is no superuser lends himself the role, and gives it back", async () => {
    const { app } = place;
    expect(await asMaker()).toMatchObject({ ready: true });
    const dsn = at(server, "app:right", "lent");
    const before = await climb(app, dsn);
    const preview = await app.diagnose.previewRemedy(before.runId, "create-database");
    expect(preview.ok && preview.value.steps.map(({ sql }) => sql)).toEqual([
      'GRANT "app" TO CURRENT_USER',
      'CREATE DATABASE "lent" OWNER "app"',
      'REVOKE "app" FROM CURRENT_USER',
    ]);
    await mend(app, before, dsn, { remedy: "create-database" });
    expect((await climb(app, dsn)).report.ok).toBe(true);
    const members = "SELECT count(*)::int AS n FROM pg_auth_members WHERE roleid = 'app'::regrole AND set_option";
    expect(await server.sql("postgres", members)).toEqual([{ n: 0 }]);
    expect(await app.diagnose.undoRemedy(before.runId, "create-database", job())).toMatchObject({ ok: true });
    expect(await server.sql("postgres", members)).toEqual([{ n: 0 }]);
  });

  it("an administrator who may use the role already keeps it", async () => {
    const { app } = place;
    await server.sql(
      "postgres",
      "CREATE ROLE housekeeper LOGIN CREATEDB CREATEROLE PASSWORD 'right' IN ROLE app, everyday",
    );
    const signed = { serverId, user: "housekeeper", password: "right", database: "postgres" };
    expect(await app.administrator.signIn(signed)).toMatchObject({ ready: true });
    const dsn = at(server, "app:right", "kept");
    const before = await climb(app, dsn);
    const preview = await app.diagnose.previewRemedy(before.runId, "create-database");
    expect(preview.ok && preview.value.steps.map(({ sql }) => sql)).toEqual(['CREATE DATABASE "kept" OWNER "app"']);
    await mend(app, before, dsn, { remedy: "create-database" });
    expect(await app.diagnose.undoRemedy(before.runId, "create-database", job())).toMatchObject({ ok: true });
    const member = "SELECT pg_has_role('housekeeper', 'app', 'MEMBER') AS is";
    expect(await server.sql("postgres", member)).toEqual([{ is: true }]);
    await server.sql("postgres", "DROP ROLE housekeeper");
  });

  it("runs nothing but what was shown: somebody else's sign-in in between asks for another look", async () => {
    const { app } = place;
    const dsn = at(server, "app:right", "seen");
    const before = await climb(app, dsn);
    expect(await app.diagnose.previewRemedy(before.runId, "create-database")).toMatchObject({
      value: { steps: [{ sql: 'CREATE DATABASE "seen" OWNER "app"' }] },
    });
    await asMaker();
    const done = await app.diagnose.runRemedy(before.runId, "create-database", job());
    expect(done).toMatchObject({ ok: false, problem: { kind: "changed-meanwhile" } });
    expect((await climb(app, dsn)).report.diagnosis?.id).toBe("database.missing");
    const again = await app.diagnose.previewRemedy(before.runId, "create-database");
    expect(again.ok && again.value.steps.length).toBe(3);
    expect(await app.diagnose.runRemedy(before.runId, "create-database", job())).toMatchObject({ ok: true });
    expect(await app.diagnose.undoRemedy(before.runId, "create-database", job())).toMatchObject({ ok: true });
  });

  it("offers no line for pg_hba.conf where a name would mean more than itself", async () => {
    const { app } = place;
    await server.sql("postgres", `CREATE ROLE "/.*" LOGIN PASSWORD 'right'`);
    for (const name of ["/.*", "x\nhost all all all trust"]) {
      const { report } = await climb(app, at(server, `${encodeURIComponent(name)}:right`, "open"));
      const offered = report.diagnosis?.remedies.map(({ id }) => id);
      expect([report.diagnosis?.id, offered?.includes("add-hba-line")]).toEqual(["authenticate.no-hba-entry", false]);
    }
    await server.sql("postgres", `DROP ROLE "/.*"`);
  });

  it("takes back what was done when a later step fails", async () => {
    const { app } = place;
    await asMaker();
    const dsn = at(server, "app:right", "halfway");
    const before = await climb(app, dsn);
    const told: StepProgress[] = [];
    // Somebody else makes it between the look and the press.
    await server.sql("postgres", "CREATE DATABASE halfway");
    const done = await app.diagnose.runRemedy(before.runId, "create-database", {
      ...job(),
      emit: (step) => void told.push(step),
    });
    expect(done).toMatchObject({ ok: false, problem: { kind: "exists" }, undo: [] });
    expect(told.map(({ sql, status }) => `${status}: ${sql}`)).toEqual([
      'running: GRANT "app" TO CURRENT_USER',
      'done: GRANT "app" TO CURRENT_USER',
      'running: CREATE DATABASE "halfway" OWNER "app"',
      'failed: CREATE DATABASE "halfway" OWNER "app"',
      'running: REVOKE "app" FROM CURRENT_USER',
      'undone: REVOKE "app" FROM CURRENT_USER',
    ]);
    await server.sql("postgres", "DROP DATABASE halfway");
  });

  it("does nothing once it is cancelled", async () => {
    const { app } = place;
    const dsn = at(server, "app:right", "never");
    const before = await climb(app, dsn);
    const done = await app.diagnose.runRemedy(before.runId, "create-database", {
      emit: () => {},
      signal: AbortSignal.abort(),
    });
    expect(done).toMatchObject({ ok: false, problem: { kind: "cancelled" } });
    expect((await climb(app, dsn)).report.diagnosis?.id).toBe("database.missing");
  });

  it("asks for an administrator's sign-in where detection does not know the server, and never tries the refused password", async () => {
    const { app } = place;
    app.registry.remove(serverId);
    const before = await climb(app, at(server, "app:wrong"));
    const asked = await app.diagnose.previewRemedy(before.runId, "set-password");
    const custom = `custom:127.0.0.1:${server.port}`;
    expect(asked).toMatchObject({ ok: true, value: { problem: { kind: "sign-in-refused" }, serverId: custom } });
    const refusals = (): number =>
      readFileSync(server.logFile, "utf8").split('FATAL:  password authentication failed for user "app"').length - 1;
    const counted = refusals();
    await app.diagnose.runRemedy(before.runId, "set-password", job());
    expect(refusals()).toBe(counted);
    const { password } = server;
    const signed = { serverId: custom, user: "postgres", password, database: "postgres" };
    expect(await app.administrator.signIn(signed)).toMatchObject({ ready: true });
    await mend(app, before, at(server, "app:wrong"), { remedy: "set-password" });
    expect((await climb(app, at(server, "app:wrong"))).report.ok).toBe(true);
    expect(await app.diagnose.undoRemedy(before.runId, "set-password", job())).toMatchObject({ ok: true });
  });

  it("says that pg_hba.conf is for superusers, and still shows the line", async () => {
    const { app } = place;
    await asMaker();
    const before = await climb(app, at(server, "stranger:right", "open"));
    const preview = await app.diagnose.previewRemedy(before.runId, "add-hba-line");
    expect(preview).toMatchObject({
      ok: true,
      value: {
        problem: { kind: "no-permission", code: "42501" },
        serverId,
        steps: [{ command: 'hostssl "open" "stranger" 127.0.0.1/32 scram-sha-256' }],
      },
    });
  });

  it("changes nothing else of pg_hba.conf, keeps its owner and rights, and takes only its own line out", async () => {
    const { app } = place;
    const dsn = at(server, "stranger:right", "open");
    const content = readFileSync(rules());
    const { uid, mode } = statSync(rules());
    const before = await climb(app, dsn);
    await mend(app, before, dsn, { remedy: "add-hba-line" });
    expect(statSync(rules())).toMatchObject({ uid, mode });
    const added = readFileSync(rules());
    expect(added.subarray(0, content.length).equals(content)).toBe(true);
    // Somebody goes on with the file.
    writeFileSync(rules(), `${added.toString()}# and more\n`);
    expect(await app.diagnose.undoRemedy(before.runId, "add-hba-line", job())).toMatchObject({ ok: true });
    expect(readFileSync(rules(), "utf8")).toBe(`${content.toString()}# and more\n`);
    writeFileSync(rules(), content);
  });

  it("turns TLS on only where certificate and key are there", async () => {
    const { app } = place;
    await server.sql("postgres", "ALTER SYSTEM SET ssl = off");
    await server.sql("postgres", "ALTER SYSTEM SET ssl_cert_file = 'not-there.crt'");
    await server.restart();
    try {
      const before = await climb(app, at(server, "app:right", "app", "?sslmode=require"));
      expect(before.report.diagnosis?.id).toBe("encrypt.not-supported");
      const done = await app.diagnose.runRemedy(before.runId, "turn-tls-on", job());
      expect(done).toMatchObject({ ok: false, problem: { message: expect.stringContaining("no certificate") } });
      expect(await server.sql("postgres", "SHOW ssl")).toEqual([{ ssl: "off" }]);
    } finally {
      await server.sql("postgres", "ALTER SYSTEM RESET ALL");
      await server.restart();
    }
  });

  it("never writes over another certificate", async () => {
    const { app, home } = place;
    const dsn = `${at(server, "app:right")}?sslmode=verify-ca&sslrootcert=${path.join(home, "other.crt")}`;
    writeFileSync(path.join(home, "other.crt"), selfSigned("other.example").certificate);
    const kept = path.join(home, ".postgresql", "127.0.0.1.crt");
    const first = await climb(app, dsn);
    const mended = await mend(app, first, dsn, { remedy: "trust-certificate" });
    expect(mended.dsn).toContain(encodeURIComponent(kept));
    writeFileSync(kept, "somebody's own\n");
    const second = await climb(app, dsn);
    const again = await mend(app, second, dsn, { remedy: "trust-certificate" });
    expect(again.dsn).toContain("127.0.0.1-2.crt");
    expect((await climb(app, again.dsn)).report.ok).toBe(true);
    expect(readFileSync(kept, "utf8")).toBe("somebody's own\n");
    expect(await app.diagnose.undoRemedy(first.runId, "trust-certificate", job())).toMatchObject({
      ok: false,
      problem: { kind: "changed-meanwhile" },
    });
    expect(existsSync(kept)).toBe(true);
  });
});

describe("a server that is not ready", () => {
  let server: TestServer;
  let place: Workplace;
  let end: () => Promise<void>;
  const ready = (): string => path.join(server.dataDirectory, "ready");
  beforeAll(async () => {
    server = await startPostgres({ version: 18 });
    await server.stop();
    place = workplace();
    // It stays at its start for as long as the archive keeps it waiting.
    end = await asStandby(server, [
      "hot_standby = on",
      `restore_command = 'while ! test -e ${ready()}; do sleep 0.1; done; false'`,
    ]);
    await until(server, "57P03");
  });
  afterAll(async () => {
    await end?.();
    place?.remove();
    await server?.remove();
  });
  const dsn = (): string => `postgresql://postgres:${server.password}@127.0.0.1:${server.port}/postgres`;

  it("is waited for until it lets sessions in, without a password on the way", async () => {
    const { app } = place;
    const before = await climb(app, dsn());
    expect(before.report.diagnosis?.id).toBe("server.starting");
    const preview = await app.diagnose.previewRemedy(before.runId, "wait");
    expect(preview).toMatchObject({ ok: true, value: { as: null, problem: null } });
    const stopped = new AbortController();
    const cancelled = await app.diagnose.runRemedy(before.runId, "wait", {
      emit: ({ message }) => void (message && stopped.abort()),
      signal: stopped.signal,
    });
    expect(cancelled).toMatchObject({ ok: false, problem: { kind: "cancelled" } });
    const waited = await app.diagnose.runRemedy(before.runId, "wait", {
      ...job(),
      emit: ({ message }) => void (message && writeFileSync(ready(), "")),
    });
    expect(waited).toMatchObject({ ok: true, problem: null, undo: [] });
    const after = await climb(app, dsn());
    expect(after.report.rungs.find(({ id }) => id === "authenticate")?.status).toBe("pass");
    expect(after.report.diagnosis?.id).toBe("privileges.read-only");
  });
});

describe("a stopped private server", () => {
  it("is started by its remedy, and stopped again when that is taken back", async () => {
    const place = workplace();
    const { app } = place;
    try {
      const preview = await app.commands.previewPrivate();
      if (!preview.ok) throw new Error(preview.error.message);
      const made = await app.commands.run(preview.value.id, job());
      if (!made.ok) throw new Error(made.error.message);
      const { serverId } = made.value;
      const endpoint = app.registry.get(serverId)?.server.endpoints.find((one) => "host" in one);
      const run = async (action: "stop" | "delete"): Promise<void> => {
        const shown = await app.commands.preview(serverId, action);
        if (shown.ok) await app.commands.run(shown.value.id, job());
      };
      await run("stop");
      const dsn = `postgresql://postgres@127.0.0.1:${endpoint?.port}/postgres`;
      const before = await climb(app, dsn);
      expect(before.report.diagnosis?.id).toBe("reach.server-stopped");
      const mended = await mend(app, before, dsn, { remedy: "start-server" });
      expect(mended.undo).toEqual([expect.stringContaining("stop")]);
      expect((await climb(app, dsn)).report.rungs.find(({ id }) => id === "reach")?.status).toBe("pass");
      expect(await app.diagnose.undoRemedy(before.runId, "start-server", job())).toMatchObject({ ok: true });
      expect((await climb(app, dsn)).report.diagnosis?.id).toBe("reach.server-stopped");
      await run("delete");
    } finally {
      place.remove();
    }
  });
});

const noPooler = whyNoPgBouncer();
describe.skipIf(noPooler !== null)(`a pooler${noPooler ? ` (${noPooler})` : ""}`, () => {
  let server: TestServer;
  let place: Workplace;
  let pooler: PgBouncer;
  beforeAll(async () => {
    server = await startPostgres({ version: 18 });
    for (const statement of POOLED_SETUP) await server.sql("postgres", statement);
    place = workplace();
    await findServer(place, server);
    pooler = await startPgBouncer({
      databases: [`app = host=127.0.0.1 port=${server.port}`],
      users: { app: "right" },
      settings: { pool_mode: "session", auth_type: "plain" },
    });
  });
  afterAll(async () => {
    place?.remove();
    await pooler?.remove();
    await server?.remove();
  });
  const through = (database: string, query = ""): string =>
    `postgresql://app:right@127.0.0.1:${pooler.port}/${database}${query}`;

  it("drops a parameter it does not take", async () => {
    const { app } = place;
    const dsn = through("app", "?search_path=public");
    const before = await climb(app, dsn);
    expect(before.report.diagnosis?.id).toBe("pooler.unsupported-parameter");
    const { dsn: edited } = await mend(app, before, dsn, { remedy: "drop-parameter" });
    expect((await climb(app, edited)).report.ok).toBe(true);
  });

  it("is gone round, straight to the server that is known", async () => {
    const { app } = place;
    await server.sql("postgres", "CREATE DATABASE unlisted OWNER app");
    const dsn = through("unlisted");
    const before = await climb(app, dsn);
    expect(before.report.diagnosis?.id).toBe("pooler.no-such-database");
    const { dsn: edited } = await mend(app, before, dsn, { remedy: "use-server" });
    expect(edited).toContain(`:${server.port}/unlisted`);
    expect((await climb(app, edited)).report.ok).toBe(true);
  });
});
