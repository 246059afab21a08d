import { AsyncLocalStorage, createHook } from "node:async_hooks";
import { getEventListeners } from "node:events";
import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  type Act,
  certificate,
  encrypting,
  endStubs,
  errorMessage,
  listen,
  SSL_REQUEST,
  type Stub,
  saying,
} from "../../../e2e/servers/stub";
import type { WireStep } from "../../../shared/domain/diagnose/facts";
import { ok } from "../../../shared/domain/result";
import { Secret, type Sslmode } from "../../../shared/domain/target";
import type { WireRequest } from "../../use-cases/wire";
import { createOpenWire } from "./wire";

const NO_ROOM = errorMessage("53300", "InitProcess");
const HBA_REFUSAL = errorMessage("28000", "ClientAuthentication");
const WRONG_PASSWORD = errorMessage("28P01", "auth_failed");

afterEach(endStubs);

const REQUEST = {
  user: "app",
  endpoint: { host: "127.0.0.1", port: 5432 },
  password: new Secret("right"),
  database: "app",
  sslmode: "disable",
  parameters: {},
  timeoutMs: 10_000,
} as const;

async function open(port: number, sslmode: Sslmode, more: Partial<WireRequest> = {}) {
  const steps: WireStep[] = [];
  const request: WireRequest = { ...REQUEST, endpoint: { host: "127.0.0.1", port }, sslmode, ...more };
  const openWire = createOpenWire({ home: "/nowhere" });
  const opened = await ours.run(true, () => openWire(request, (step) => steps.push(step)));
  const session = opened.ok ? opened.value.session : null;
  return { session, errno: opened.ok ? null : (opened.error.errno ?? opened.error.sqlstate), steps };
}

/** Timers and sockets that the wire made and that are still there, by async id; those of the stubs are not among them. */
const held = new Map<number, string>();
const ours = new AsyncLocalStorage<true>();
const hook = createHook({
  init(id, kind) {
    if (ours.getStore() && /^(Timeout|TCPWRAP)$/.test(kind)) held.set(id, kind);
  },
  destroy: (id) => void held.delete(id),
});
beforeAll(() => void hook.enable());
afterAll(() => void hook.disable());

/** Node says that a handle is gone a turn after it went. */
const nothingHeld = () => expect.poll(() => [...held.values()]).toEqual([]);

describe("answers to the request for TLS", () => {
  it.each([
    ["S with a byte in the clear after it", "SE", "EPROTOCOL"],
    ["an SSH banner", "SSH-2.0-OpenSSH_9.2\r\n", "EPROTOCOL"],
    ["another letter", "X", "EPROTOCOL"],
    ["the error text of an old server", "ESorry, too many clients already\n\0", "EPROTOCOL"],
    ["an error message", NO_ROOM, "EPROTOCOL"],
  ])("%s is refused, without a second try in the clear", async (_what, answer, errno) => {
    const stub = await saying((socket) => socket.write(answer));
    for (const mode of ["prefer", "require"] as const) expect((await open(stub.port, mode)).errno).toBe(errno);
    expect(stub.count()).toBe(2);
    await stub.allClosed();
  });

  it("shows what an old server said", async () => {
    const stub = await saying((socket) => socket.write("ESorry, too many clients already\n\0"));
    const { steps } = await open(stub.port, "prefer");
    expect(steps.at(-1)).toMatchObject({ kind: "speak", answer: "error", bytes: expect.stringContaining("Sorry") });
    await stub.allClosed();
  });

  it("nothing that follows an S is taken for encrypted", async () => {
    // Arrives apart from the S, where no look at the first bytes can see it: TLS itself refuses it.
    const stub = await saying(
      (socket, _bytes, count) => void (count === 1 ? socket.write("S") : socket.write(NO_ROOM)),
    );
    const { errno, steps } = await open(stub.port, "require");
    expect(errno).toMatch(/^ERR_SSL_/);
    expect(steps.at(-1)).toMatchObject({ kind: "encrypt", encrypted: false });
    await stub.allClosed();
  });
});

describe("how many connections", () => {
  const refusing: Act = (socket) => socket.end(HBA_REFUSAL);

  it.each([
    ["disable", 1],
    ["allow", 2],
    ["prefer", 2],
    ["require", 1],
  ] as const)("sslmode=%s makes where every sign-in is refused by rule: %i", async (mode, count) => {
    const stub = await listen(
      createServer((socket) => {
        socket.once("data", (bytes: Buffer) => {
          if (!bytes.equals(SSL_REQUEST)) return refusing(socket, bytes, 1);
          socket.write("S");
          inner.emit("connection", socket);
        });
      }),
    );
    const inner = createTlsServer({ key: certificate.key, cert: certificate.certificate }, (secure) => {
      secure.on("error", () => {});
      secure.once("data", (bytes: Buffer) => refusing(secure, bytes, 1));
    });
    expect((await open(stub.port, mode)).errno).toBe("28000");
    expect(stub.count()).toBe(count);
    await stub.allClosed();
  });

  it("a refused password is not sent a second time", async () => {
    const asks = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);
    const act: Act = (socket, _bytes, count) => void (count === 1 ? socket.write(asks) : socket.end(WRONG_PASSWORD));
    const stub = await encrypting(act);
    expect((await open(stub.port, "prefer")).errno).toBe("28P01");
    expect(stub.count()).toBe(1);
    await stub.allClosed();
  });
});

describe("a name with several addresses", () => {
  /** One name for several stubs: the system has none here that leads to more than one address. */
  const openAll = async (...servers: readonly Stub[]) => {
    const steps: WireStep[] = [];
    const addresses = servers.map(({ port }) => ({ address: "127.0.0.1", port }));
    const openWire = createOpenWire({ home: "/nowhere", addressesOf: async () => ok(addresses) });
    const opened = await openWire({ ...REQUEST, timeoutMs: 200 }, (step) => steps.push(step));
    return { failure: opened.ok ? null : opened.error, steps };
  };
  const silent = () => saying(() => {});
  const full = () => saying((socket) => socket.end(NO_ROOM));

  it("is tried at the next one where the first opens and then says nothing", async () => {
    const servers = [await silent(), await full()];
    expect((await openAll(...servers)).failure?.sqlstate).toBe("53300");
    expect(servers.map((server) => server.count())).toEqual([1, 1]);
    for (const server of servers) await server.allClosed();
  });

  it("is not tried further where somebody answers", async () => {
    const servers = [await full(), await silent()];
    expect((await openAll(...servers)).failure?.sqlstate).toBe("53300");
    expect(servers.map((server) => server.count())).toEqual([1, 0]);
    await servers[0]?.allClosed();
  });
});

describe("the handshake", () => {
  const bye: Act = (socket) => socket.end(NO_ROOM);

  it("sends the host's name, unless it is an address or sslsni=0", async () => {
    const stub = await encrypting(bye);
    const at = (host: string, parameters = {}) =>
      open(stub.port, "require", {
        endpoint: { host, port: stub.port },
        parameters: { hostaddr: "127.0.0.1", ...parameters },
      });
    await at("db.example");
    await at("127.0.0.1");
    await at("::1");
    await at("db.example", { sslsni: "0" });
    expect(stub.seen).toEqual(["db.example"]);
    expect(stub.count()).toBe(4);
    await stub.allClosed();
  });

  it.each([
    [undefined, "EPROTOCOL"],
    [["postgresql"], "53300"],
  ])("direct TLS goes on only where the server says that it is PostgreSQL (%s)", async (alpn, errno) => {
    let heard = 0;
    const act: Act = (socket) => {
      heard += 1;
      socket.end(NO_ROOM);
    };
    const stub = await encrypting(act, { alpn, direct: true });
    expect((await open(stub.port, "require", { parameters: { sslnegotiation: "direct" } })).errno).toBe(errno);
    expect(heard).toBe(errno === "53300" ? 1 : 0);
    await stub.allClosed();
  });
});

describe("nothing is left over", () => {
  /** Stages at which a server can fall silent, or the person can press Cancel. */
  const STAGES: readonly (readonly [string, Sslmode, (reached: () => void) => Promise<Stub>])[] = [
    ["the request for TLS", "prefer", (reached) => saying(() => reached())],
    [
      "the handshake",
      "require",
      (reached) => saying((socket, _b, count) => void (count === 1 ? socket.write("S") : reached())),
    ],
    ["the encrypted sign-in", "require", (reached) => encrypting(() => reached())],
    ["the sign-in in the clear", "disable", (reached) => saying(() => reached())],
    [
      "the second way",
      "prefer",
      (reached) =>
        saying((socket, bytes, count) => {
          if (count === 1 && !bytes.equals(SSL_REQUEST)) reached();
          else if (count === 1) socket.write("S");
          else socket.destroy();
        }),
    ],
  ];

  it.each(STAGES)("when it is cancelled in %s", async (_stage, mode, server) => {
    const stop = new AbortController();
    const stub = await server(() => stop.abort());
    expect((await open(stub.port, mode, { signal: stop.signal })).errno).toBe("ECANCELED");
    await stub.allClosed();
    await nothingHeld();
    expect(getEventListeners(stop.signal, "abort")).toEqual([]);
  });

  it.each(STAGES)("when the server falls silent in %s", async (_stage, mode, server) => {
    const stub = await server(() => {});
    expect((await open(stub.port, mode, { timeoutMs: 150 })).errno).toBe("ETIMEDOUT");
    await stub.allClosed();
    await nothingHeld();
  });

  it.each(STAGES)("when the server hangs up in %s", async (_stage, mode, server) => {
    const sockets: Socket[] = [];
    const stub = await server(() => {
      for (const socket of sockets.splice(0)) socket.destroy();
    });
    stub.server.on("connection", (socket: Socket) => sockets.push(socket));
    const { errno } = await open(stub.port, mode);
    expect(["ECONNCLOSED", "ECONNRESET"]).toContain(errno);
    await stub.allClosed();
    await nothingHeld();
  });

  it.each(["prefer", "require"] as const)("while a session is open, but its one socket (%s)", async (mode) => {
    // Authentication OK, then ReadyForQuery, to whatever is asked.
    const welcome = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
    const stub = await encrypting((socket, bytes) => void (bytes[0] === 0x58 ? socket.end() : socket.write(welcome)));
    const opened = await open(stub.port, mode);
    expect(opened.errno).toBeNull();
    await expect.poll(() => [...held.values()]).toEqual(["TCPWRAP"]);
    await opened.session?.end();
    await stub.allClosed();
    await nothingHeld();
    expect(stub.count()).toBe(1);
  });

  it("when it is cancelled before it began", async () => {
    const stub = await saying(() => {});
    expect((await open(stub.port, "prefer", { signal: AbortSignal.abort() })).errno).toBe("ECANCELED");
    expect(stub.count()).toBe(0);
    await nothingHeld();
  });
});
