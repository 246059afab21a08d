import { createServer as createHttpServer } from "node:http";
import { createServer, type Server as NetServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { job, startWithApp, type WorldOptions, world as worldOf } from "../../e2e/diagnose/world";
import type { TestServer } from "../../e2e/servers/postgres";
import { err } from "../../shared/domain/result";
import type { DiagnoseEvent } from "../../shared/ipc/messages";
import { failure } from "../adapters/postgres/failure";
import type { OpenSocket } from "../adapters/postgres/socket";
import { createOpenWire } from "../adapters/postgres/wire";

let server: TestServer;
beforeAll(async () => {
  server = await startWithApp();
});
afterAll(() => server?.remove());

const world = (more: WorldOptions = {}) => worldOf(server, more);
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
  const diagnosed = async (string: string, more: WorldOptions = {}) =>
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

  it("looks around while a silent server's time runs, and tells its cause when it is over", async () => {
    const order: string[] = [];
    const string = await listen(answering(() => {}));
    const hearLine = async () => {
      order.push("looked around");
      return "";
    };
    const emit = ({ rung }: DiagnoseEvent): void => {
      if (rung.id === "speak") order.push("its time is over");
    };
    const diagnose = world({ known: false, timeoutMs: 400, hearLine });
    const { report } = await diagnose.run(string, { emit, signal: new AbortController().signal });
    expect(report.diagnosis?.id).toBe("speak.silent");
    expect(order.slice(0, 2)).toEqual(["looked around", "its time is over"]);
    expect(order.filter((one) => one === "looked around")).toHaveLength(1);
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

  it("keeps what came of every host of the string, tried before or in vain", async () => {
    const reachOf = async (hosts: string) => {
      const report = await diagnosed(`postgresql://app:right@${hosts}/app`, { answersPostgres: async () => false });
      return report.rungs.find(({ id }) => id === "reach");
    };
    const refused = (port: number) => ({
      host: `127.0.0.1:${port}`,
      stoppedAt: "reach",
      errno: "ECONNREFUSED",
      sqlstate: null,
    });
    const inVain = await reachOf("127.0.0.1:1,127.0.0.1:2,127.0.0.1:3");
    expect(inVain).toMatchObject({ status: "fail", evidence: { otherHosts: [refused(2), refused(3)] } });
    const found = await reachOf(`127.0.0.1:1,127.0.0.1:2,127.0.0.1:${server.port}`);
    expect(found).toMatchObject({ status: "pass", evidence: { otherHosts: [refused(1), refused(2)] } });
    expect((await reachOf(`127.0.0.1:${server.port}`))?.evidence).not.toHaveProperty("otherHosts");
  });

  it("puts the rungs on one time line: none begins before the one below it ended", async () => {
    for (const hosts of [`127.0.0.1:${server.port}`, `127.0.0.1:1,127.0.0.1:${server.port}`]) {
      const { rungs, durationMs } = await diagnosed(`postgresql://app:right@${hosts}/app`);
      let ended = 0;
      for (const rung of rungs) {
        expect(rung.startMs, `${rung.id} of ${hosts}`).toBeGreaterThanOrEqual(ended - 0.001);
        ended = rung.startMs + rung.durationMs;
      }
      expect(ended).toBeLessThanOrEqual(durationMs);
    }
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
