import { createServer as createHttpServer } from "node:http";
import { createServer, type Server as NetServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestServer } from "../../e2e/servers/postgres";
import { err, ok, problem } from "../../shared/domain/result";
import type { Server } from "../../shared/domain/server";
import { Secret } from "../../shared/domain/target";
import type { DiagnoseEvent } from "../../shared/ipc/messages";
import { createWireConnector } from "../adapters/postgres/connector";
import { failure } from "../adapters/postgres/failure";
import { answersPostgres, hearLine } from "../adapters/postgres/probe";
import type { OpenSocket } from "../adapters/postgres/socket";
import { createOpenWire } from "../adapters/postgres/wire";
import { createSecrets } from "../adapters/secrets";
import { createAdministrator } from "./administrator";
import { createDiagnose, type DiagnoseParts } from "./diagnose";
import { createServerRegistry } from "./server-registry";

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres({ version: 18 });
  await server.sql("postgres", "CREATE ROLE app LOGIN PASSWORD 'right'");
  await server.sql("postgres", "CREATE DATABASE app OWNER app");
});
afterAll(() => server?.remove());

const job = () => ({ emit: () => {}, signal: new AbortController().signal });

/** The use case on the real wire, with a registry that knows the test server in the given state. */
function world(more: Partial<DiagnoseParts> & { readonly state?: Server["state"]; readonly known?: boolean } = {}) {
  const registry = createServerRegistry();
  const card: Server = {
    id: "test:18",
    origin: "private",
    label: "The test server",
    version: "18",
    state: more.state ?? "running",
    endpoints: [
      { host: "localhost", port: server.port },
      { socketDirectory: server.socketDirectory, port: server.port },
    ],
    dataDirectory: server.dataDirectory,
    reason: null,
    actions: more.state === "stopped" ? ["start"] : ["stop"],
    startCommand: more.state === "stopped" ? "pg_ctl start" : null,
    canStart: more.state === "stopped",
    credentialsKnown: true,
  };
  const endpoint = { socketDirectory: server.socketDirectory, port: server.port };
  const access = {
    kind: "wire",
    endpoint,
    user: "postgres",
    password: new Secret(server.password),
    sslmode: "prefer",
    parameters: {},
  } as const;
  if (more.known !== false) registry.put({ server: card, accesses: [access] });
  const administrator = createAdministrator({ registry, connector: createWireConnector() });
  return createDiagnose({
    registry,
    openWire: createOpenWire(),
    answersPostgres,
    hearLine,
    openAdministrator: administrator.open,
    startServer: async () => err(problem("no-permission", "No.")),
    secrets: createSecrets(),
    env: {},
    osUser: "somebody",
    ...more,
  });
}

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
    expect(preview.ok && preview.value).toMatchObject({ problem: null, serverId: "test:18" });
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

describe("reaching", () => {
  const stubs: (NetServer | ReturnType<typeof createHttpServer>)[] = [];
  const held: Socket[] = [];
  afterEach(() => {
    for (const socket of held.splice(0)) socket.destroy();
    for (const stub of stubs.splice(0)) stub.close();
  });
  const listen = async (stub: NetServer | ReturnType<typeof createHttpServer>): Promise<string> => {
    stubs.push(stub);
    await new Promise<void>((resolve) => void stub.listen(0, "127.0.0.1", resolve));
    const address = stub.address();
    return `postgresql://a:b@127.0.0.1:${typeof address === "object" ? address?.port : 0}/a`;
  };
  const answering = (act: (socket: Socket) => void) =>
    createServer((socket) => {
      held.push(socket);
      socket.on("error", () => {});
      act(socket);
    });
  const diagnosed = async (string: string, more: Parameters<typeof world>[0] = {}) =>
    (await world({ known: false, ...more }).run(string, job())).report;

  it.each(["prefer", "disable", "require"])(
    "names an SSH server although its banner starts with S (sslmode=%s)",
    async (sslmode) => {
      const string = await listen(answering((socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n")));
      const report = await diagnosed(`${string}?sslmode=${sslmode}`);
      expect(report.diagnosis).toMatchObject({ id: "speak.not-postgresql", confidence: "certain" });
      expect(report.diagnosis?.title).toContain("an SSH server");
    },
  );

  it("names a web server", async () => {
    const report = await diagnosed(await listen(createHttpServer()));
    expect(report.diagnosis?.id).toBe("speak.not-postgresql");
    expect(report.diagnosis?.title).toContain("HTTP");
  });

  it("names a server that waits for a line before it speaks, as Redis does", async () => {
    const redis = answering((socket) => {
      let seen = "";
      socket.on("data", (bytes) => {
        seen += bytes.toString("latin1");
        if (seen.includes("\n")) socket.write("+PONG\r\n");
      });
    });
    const report = await diagnosed(await listen(redis), { timeoutMs: 150 });
    expect(report.diagnosis?.id).toBe("speak.not-postgresql");
    expect(report.diagnosis?.title).toContain("Redis");
  });

  it("tells a server that says nothing", async () => {
    const report = await diagnosed(await listen(answering(() => {})), { timeoutMs: 150 });
    expect(report.diagnosis?.id).toBe("speak.silent");
  });

  it.each(["prefer", "disable"])("tells a server that hangs up at the first message (sslmode=%s)", async (sslmode) => {
    const string = await listen(answering((socket) => socket.once("data", () => socket.end())));
    expect((await diagnosed(`${string}?sslmode=${sslmode}`)).diagnosis?.id).toBe("speak.closed");
  });

  it("survives a server that asks for GSSAPI", async () => {
    const asksForGss = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 7]);
    const string = await listen(answering((socket) => socket.once("data", () => socket.write(asksForGss))));
    expect((await diagnosed(`${string}?sslmode=disable`)).diagnosis?.id).toBe("authenticate.unsupported-method");
  });

  it("tells that nothing listens", async () => {
    const string = await listen(createServer());
    await new Promise((resolve) => stubs.pop()?.close(resolve));
    const report = await diagnosed(string, { answersPostgres: async () => false });
    expect(report.diagnosis).toMatchObject({
      id: "reach.refused",
      confidence: "certain",
      errno: "ECONNREFUSED",
      asyncpgException: "ConnectionRefusedError",
    });
    expect(report.rungs.filter((rung) => rung.status === "skip").map((rung) => rung.summary)).toEqual(
      Array(6).fill("not reached"),
    );
  });

  it("finds PostgreSQL on another port of this computer", async () => {
    const string = await listen(createServer());
    await new Promise((resolve) => stubs.pop()?.close(resolve));
    const outcome = await world().run(string, job());
    expect(outcome.report.diagnosis).toMatchObject({ id: "reach.wrong-port", confidence: "likely" });
    expect(outcome.edits["use-port"]).toContain(`:${server.port}/`);
  });

  it("finds PostgreSQL on the other loopback address", async () => {
    const { report, edits } = await world({ known: false }).run(
      `postgresql://app:right@[::1]:${server.port}/app`,
      job(),
    );
    expect(report.diagnosis?.id).toBe("reach.other-loopback");
    expect(edits["use-address"]).toContain(`@127.0.0.1:${server.port}/`);
  });

  it("tells a host that does not exist", async () => {
    const report = await diagnosed("postgresql://a:b@db.example.invalid/a");
    expect(report.diagnosis).toMatchObject({ id: "resolve.not-found", asyncpgException: "gaierror" });
  });

  it("tells an address that never answers, in the time connect_timeout gives", async () => {
    const never: OpenSocket = async () => err(failure("ETIMEDOUT", "No answer in time."));
    const report = await diagnosed("postgresql://a:b@192.0.2.1/a", {
      openWire: createOpenWire({ openSocket: never }),
      answersPostgres: async () => false,
    });
    expect(report.diagnosis).toMatchObject({
      id: "reach.timeout",
      errno: "ETIMEDOUT",
      asyncpgException: "TimeoutError",
    });
  });

  it("tells a socket that is not there, and the server over TCP", async () => {
    const outcome = await world({ known: false }).run(`postgresql://app:right@%2Fnowhere:${server.port}/app`, job());
    expect(outcome.report.diagnosis?.id).toBe("reach.socket-missing");
    expect((await world().run(outcome.edits["use-tcp"] ?? "", job())).report.ok).toBe(true);
  });

  it("stops on request without a verdict on the server", async () => {
    const stop = new AbortController();
    const string = await listen(answering(() => stop.abort()));
    const { report } = await world({ known: false }).run(string, { emit: () => {}, signal: stop.signal });
    expect(report.ok).toBe(false);
    expect(report.diagnosis).toBeNull();
  });
});

describe("a stopped server", () => {
  it("is named and started by its remedy", async () => {
    await server.stop();
    const diagnose = world({
      state: "stopped",
      startServer: async () => {
        await server.start();
        return ok(null);
      },
    });
    const { runId, report } = await diagnose.run(dsn("app:right"), job());
    expect(report.diagnosis).toMatchObject({ id: "reach.server-stopped", confidence: "certain" });
    expect(report.diagnosis?.remedies[0]).toMatchObject({
      id: "start-server",
      kind: "run",
      commands: ["pg_ctl start"],
    });
    expect(await diagnose.runRemedy(runId, "start-server", job())).toMatchObject({ ok: true });
    expect((await diagnose.run(dsn("app:right"), job())).report.ok).toBe(true);
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

  it("leaves the password out of everything it tells, reports included", async () => {
    const events: DiagnoseEvent[] = [];
    const diagnose = world();
    const outcome = await diagnose.run(dsn("app:s3cret%2Fword"), { ...job(), emit: (event) => events.push(event) });
    const text = diagnose.reportText(outcome.runId);
    const all = JSON.stringify([events, outcome.report, text]);
    expect(all).not.toContain("s3cret");
    expect(text.ok && text.value).toContain("authenticate.password-rejected");
  });
});
