import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestServer } from "../../e2e/servers/postgres";
import type { Server } from "../../shared/domain/server";
import { Secret } from "../../shared/domain/target";
import { createWireConnector } from "../adapters/postgres/connector";
import { createAdministrator } from "./administrator";
import type { Access, SqlConnector } from "./ports";
import { createServerRegistry } from "./server-registry";

describe("the administrator of a server", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({ version: 18 });
    await server.sql("postgres", "CREATE ROLE app LOGIN CREATEDB PASSWORD 'app'");
    await server.sql("postgres", "CREATE ROLE dba LOGIN CREATEDB CREATEROLE PASSWORD 'dba'");
  }, 120_000);
  afterAll(() => server?.remove());

  const wire = (user: string, password: string | null): Access => ({
    kind: "wire",
    endpoint: { host: server.host, port: server.port },
    user,
    password: password === null ? null : new Secret(password),
    sslmode: "prefer",
    parameters: {},
  });

  function bench(accesses: readonly Access[], more: Partial<Server> = {}) {
    const registry = createServerRegistry();
    const card = { origin: "private", label: "Test", version: null, state: "running", dataDirectory: null } as const;
    const rest = { reason: null, actions: [], startCommand: null, canStart: false, credentialsKnown: true } as const;
    const endpoints = [{ host: server.host, port: server.port }];
    registry.put({ server: { id: "test", ...card, endpoints, ...rest, ...more }, accesses });
    const wireConnector = createWireConnector();
    const tried: string[] = [];
    const connector: SqlConnector = {
      connect(access, database, options) {
        tried.push(access.kind === "wire" ? access.user : access.osUser);
        return wireConnector.connect(access, database, options);
      },
    };
    return { administrator: createAdministrator({ registry, connector }), registry, tried };
  }

  it("takes the first way in that may make roles and databases, and remembers it", async () => {
    const { administrator, registry } = bench([wire("postgres", "wrong"), wire("app", "app"), wire("dba", "dba")]);
    expect(await administrator.state("test")).toMatchObject({
      ready: true,
      as: "dba with the generated password",
      user: "dba",
      version: expect.stringMatching(/^18\.\d/),
      lacks: [],
    });
    expect(registry.get("test")?.accesses[0]).toMatchObject({ user: "dba" });
    const session = await administrator.open("test", "postgres");
    expect(session.ok && (await session.value.query("SELECT current_user::text AS me"))).toMatchObject({
      value: [{ me: "dba" }],
    });
    if (session.ok) await session.value.end();
  });

  it("offers a refused password once a scan, not once a look", async () => {
    const { administrator, registry, tried } = bench([wire("postgres", "wrong")]);
    const first = await administrator.state("test");
    expect(first).toMatchObject({ ready: false, problem: { kind: "sign-in-refused" } });
    expect(first.problem?.next).toContain("administrator");
    expect(await administrator.state("test")).toMatchObject({ ready: false });
    expect(tried).toEqual(["postgres"]);
    const known = registry.get("test");
    if (known) registry.put({ ...known, accesses: [wire("postgres", "wrong")] });
    await administrator.state("test");
    expect(tried).toEqual(["postgres", "postgres"]);
  });

  it("says what a role that signs in lacks", async () => {
    const { administrator } = bench([wire("app", "app")]);
    expect(await administrator.state("test")).toMatchObject({ ready: false, user: "app", lacks: ["CREATEROLE"] });
  });

  it("says that a server does not run before trying it", async () => {
    const { administrator, tried } = bench([wire("postgres", server.password)], {
      state: "stopped",
      startCommand: "start",
    });
    expect(await administrator.state("test")).toMatchObject({
      ready: false,
      problem: { kind: "unreachable", next: "Start it first." },
    });
    expect(tried).toEqual([]);
  });

  it("signs in with what a person types, once, and says at the field when the password is wrong", async () => {
    const { administrator, tried } = bench([]);
    const typed = { serverId: "test", user: "postgres", database: "" };
    expect(await administrator.signIn({ ...typed, password: "wrong" })).toMatchObject({
      ready: false,
      problem: { field: "password", code: "28P01" },
    });
    expect(tried).toEqual(["postgres"]);
    expect(await administrator.signIn({ ...typed, password: server.password })).toMatchObject({ ready: true });
    expect(await administrator.state("test")).toMatchObject({ ready: true, user: "postgres" });
  });

  it("goes by template1 where the database postgres is gone", async () => {
    await server.sql("template1", "DROP DATABASE postgres");
    try {
      const { administrator } = bench([wire("postgres", server.password)]);
      expect(await administrator.state("test")).toMatchObject({ ready: true });
      const session = await administrator.openMaintenance("test");
      expect(session.ok).toBe(true);
      if (session.ok) await session.value.end();
    } finally {
      await server.sql("template1", "CREATE DATABASE postgres");
    }
  });
});
