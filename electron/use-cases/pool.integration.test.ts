import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POSTGRES_VERSIONS, type PostgresVersion, startPostgres, type TestServer } from "../../e2e/servers/postgres";
import { createWireConnector } from "../adapters/postgres/connector";
import { openDsn } from "./open-dsn";
import { readPoolFacts } from "./pool";
import type { SqlSession } from "./ports";

const RESERVED: PostgresVersion = 16;

describe.each(POSTGRES_VERSIONS)("the limits of PostgreSQL %s", (version) => {
  let server: TestServer;
  const open: SqlSession[] = [];
  beforeAll(async () => {
    const config = { max_connections: "40", superuser_reserved_connections: "4" };
    server = await startPostgres({
      version,
      config: version >= RESERVED ? { ...config, reserved_connections: "2" } : config,
    });
    await server.sql("postgres", "CREATE ROLE \"o'clock\" LOGIN PASSWORD 'x' CONNECTION LIMIT 7");
    await server.sql("postgres", 'CREATE DATABASE desk OWNER "o\'clock" CONNECTION LIMIT 9');
  }, 120_000);
  afterAll(async () => {
    await Promise.all(open.map((session) => session.end()));
    await server?.remove();
  });

  async function signIn(parts?: Parameters<TestServer["dsn"]>[0]): Promise<SqlSession> {
    const options = { connector: createWireConnector(), osUser: "nobody", timeoutMs: 10_000 };
    const opened = await openDsn(server.dsn(parts), { ...options, signal: new AbortController().signal });
    if (!opened.ok) throw new Error(opened.error.message);
    open.push(opened.value.session);
    return opened.value.session;
  }

  it("are read by an ordinary role, with other roles' sessions counted and its own left out", async () => {
    const app = await signIn({ user: "o'clock", password: "x", database: "desk" });
    const before = await readPoolFacts(app, "o'clock", "desk");
    await signIn();
    await signIn({ user: "o'clock", password: "x", database: "desk" });
    const after = await readPoolFacts(app, "o'clock", "desk");
    expect(before).toMatchObject({
      ok: true,
      value: {
        maxConnections: 40,
        superuserReserved: 4,
        reserved: version >= RESERVED ? 2 : 0,
        inUse: 0,
        roleLimit: 7,
        databaseLimit: 9,
      },
    });
    expect(after).toMatchObject({ ok: true, value: { inUse: 2 } });
    expect(before.ok && before.value.version.split(".")[0]).toBe(String(version));
  });

  it("are null where no limit is set", async () => {
    const facts = await readPoolFacts(await signIn(), "postgres", "postgres");
    expect(facts).toMatchObject({ ok: true, value: { roleLimit: null, databaseLimit: null } });
  });
});

it("come back as a problem when the server refuses to tell", async () => {
  const failure = { sqlstate: "42501", errno: null, severity: null, routine: null, message: "denied", detail: null };
  const session: SqlSession = {
    as: "nobody",
    query: async () => ({ ok: false, error: failure }),
    end: async () => {},
  };
  expect(await readPoolFacts(session, "a", "b")).toMatchObject({ ok: false, error: { kind: "no-permission" } });
});
