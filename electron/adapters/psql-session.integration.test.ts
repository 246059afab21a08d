import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDebianCluster, type DebianCluster, whyNoDebianCluster } from "../../e2e/servers/debian-cluster";
import type { Access, SqlSession } from "../use-cases/ports";
import { createPsqlConnector } from "./psql-session";

const reason = whyNoDebianCluster();

describe.skipIf(reason)(`sessions through psql as another account${reason ? ` (skipped: ${reason})` : ""}`, () => {
  let cluster: DebianCluster;
  let access: Extract<Access, { kind: "psql" }>;
  const connector = createPsqlConnector();

  beforeAll(async () => {
    cluster = await createDebianCluster({ running: true });
    access = {
      kind: "psql",
      program: `/usr/lib/postgresql/${cluster.version}/bin/psql`,
      osUser: "postgres",
      socketDirectory: cluster.socketDirectory,
      port: cluster.port,
    };
  }, 60_000);
  afterAll(() => cluster?.drop());

  async function open(database = "postgres"): Promise<SqlSession> {
    const opened = await connector.connect(access, database, { timeoutMs: 10_000 });
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  }

  it("signs in by peer authentication and gives values as node-postgres does", async () => {
    const session = await open();
    expect(session.as).toBe("postgres over the local socket");
    const rows = await session.query(
      `SELECT current_user::text AS me, 1 AS one, 9007199254740993::bigint AS big, true AS yes, NULL AS nothing, '' AS empty,
         E'a,"b"\nc\\\\d' AS odd, ARRAY['x y', NULL, 'q"uote'] AS list, '{"a": [1, null]}'::jsonb AS json, 1.50::numeric AS exact,
         'pg_class'::regclass::oid AS oid, timestamptz '2026-11-23 01:02:03+00' AS at`,
    );
    expect(rows).toEqual({
      ok: true,
      value: [
        {
          me: "postgres",
          one: 1,
          big: "9007199254740993",
          yes: true,
          nothing: null,
          empty: "",
          odd: 'a,"b"\nc\\d',
          list: ["x y", null, 'q"uote'],
          json: { a: [1, null] },
          exact: "1.50",
          oid: 1259,
          at: new Date("2026-11-23T01:02:03Z"),
        },
      ],
    });
    expect(await session.query("SELECT 1 AS x WHERE false")).toEqual({ ok: true, value: [] });
    await session.end();
  });

  it("keeps one session: a transaction spans queries", async () => {
    const session = await open();
    for (const sql of ["BEGIN", "CREATE TABLE t (n int);", "INSERT INTO t VALUES (1), (2)"]) {
      expect(await session.query(sql)).toEqual({ ok: true, value: [] });
    }
    expect(await session.query("UPDATE t SET n = n + 1 RETURNING n")).toEqual({
      ok: true,
      value: [{ n: 2 }, { n: 3 }],
    });
    await session.query("ROLLBACK");
    expect(await session.query("SELECT to_regclass('t')::text AS t")).toEqual({ ok: true, value: [{ t: null }] });
    await session.end();
  });

  it("tells failures by SQLSTATE, routine and detail, and goes on after them", async () => {
    const session = await open();
    const failed = await session.query("CREATE DATABASE template1");
    expect(failed).toMatchObject({ ok: false, error: { sqlstate: "42P04", routine: "createdb", severity: "ERROR" } });
    const raised = await session.query(
      "DO $$ BEGIN RAISE NOTICE 'x'; RAISE EXCEPTION E'two\nlines' USING errcode = 'AB123', detail = 'why'; END $$",
    );
    expect(raised).toMatchObject({ ok: false, error: { sqlstate: "AB123", message: "two\nlines", detail: "why" } });
    expect(await session.query("SELECT nope")).toMatchObject({ ok: false, error: { sqlstate: "42703" } });
    expect(await session.query("SELECT 1 AS one")).toEqual({ ok: true, value: [{ one: 1 }] });
    await session.end();
  });

  it("opens databases whose names psql itself would misread, and says when one is missing", async () => {
    const name = "host=a b \"c\" 'd' ü";
    await cluster.sql("postgres", `CREATE DATABASE "${name.replaceAll('"', '""')}"`);
    const session = await open(name);
    expect(await session.query("SELECT current_database()::text AS name")).toEqual({ ok: true, value: [{ name }] });
    await session.end();
    const missing = await connector.connect(access, "not there", { timeoutMs: 10_000 });
    expect(missing).toMatchObject({ ok: false, error: { sqlstate: "3D000" } });
  });

  it("says what is missing: the socket, the account, the program", async () => {
    const socket = await connector.connect({ ...access, port: 1 }, "postgres", { timeoutMs: 10_000 });
    expect(socket).toMatchObject({ ok: false, error: { errno: "ENOENT", sqlstate: null } });
    const account = await connector.connect({ ...access, osUser: "no-such-user" }, "postgres", { timeoutMs: 10_000 });
    expect(account).toMatchObject({ ok: false, error: { errno: "EPERM" } });
    const program = await connector.connect({ ...access, program: "/no/psql" }, "postgres", { timeoutMs: 10_000 });
    expect(program).toMatchObject({ ok: false, error: { message: expect.stringContaining("ENOENT") } });
  });

  it("answers when the server ends the session in the middle of a statement", async () => {
    const session = await open();
    const pid = await session.query("SELECT pg_backend_pid() AS pid");
    const running = session.query("SELECT pg_sleep(600)");
    await cluster.sql(
      "postgres",
      `DO $$ BEGIN WHILE NOT pg_terminate_backend(${pid.ok ? pid.value[0]?.pid : 0}) LOOP END LOOP; END $$`,
    );
    expect(await running).toMatchObject({ ok: false });
    expect(await session.query("SELECT 1")).toMatchObject({ ok: false });
    await session.end();
  });
});
