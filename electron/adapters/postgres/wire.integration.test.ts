import { AsyncLocalStorage, createHook } from "node:async_hooks";
import { getEventListeners } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { selfSigned, type TestCertificate } from "../../../e2e/servers/certificate";
import type { WireStep } from "../../../shared/domain/diagnose/facts";
import { Secret, type Sslmode } from "../../../shared/domain/target";
import type { WireRequest } from "../../use-cases/wire";
import { createOpenWire } from "./wire";

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
/** ErrorResponse: "E", a length, and fields by their letter. */
function errorMessage(sqlstate: string, routine: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${sqlstate}\0Mno\0R${routine}\0\0`, "latin1");
  const head = Buffer.from("E\0\0\0\0", "latin1");
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

const NO_ROOM = errorMessage("53300", "InitProcess");
const HBA_REFUSAL = errorMessage("28000", "ClientAuthentication");
const WRONG_PASSWORD = errorMessage("28P01", "auth_failed");

let certificate: TestCertificate;
beforeAll(() => {
  certificate = selfSigned("localhost", ["DNS:localhost", "IP:127.0.0.1"]);
});

/** What a stub does with the bytes of each message it gets. */
type Act = (socket: Socket, bytes: Buffer, count: number) => void;

interface Stub {
  readonly port: number;
  /** How many connections came. */
  readonly count: () => number;
  /** Settles when every connection that came is closed. */
  readonly allClosed: () => Promise<unknown>;
}

const stubs: Server[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => new Promise((resolve) => stub.close(resolve))));
});

/** A server that is no PostgreSQL: it exists to do what a real one never does. */
async function listen(server: Server): Promise<Stub> {
  stubs.push(server);
  const closings: Promise<unknown>[] = [];
  server.on("connection", (socket: Socket) => {
    closings.push(new Promise((resolve) => socket.once("close", resolve)));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { port, count: () => closings.length, allClosed: () => Promise.all(closings) };
}

const saying = (act: Act): Promise<Stub> =>
  listen(
    createServer((socket) => {
      let count = 0;
      socket.on("data", (bytes: Buffer) => {
        count += 1;
        act(socket, bytes, count);
      });
    }),
  );

/** Answers SSLRequest with S, unless it is direct, and goes on in TLS; `act` sees what is decrypted. */
async function encrypting(
  act: Act,
  options: { readonly alpn?: readonly string[]; readonly direct?: boolean } = {},
): Promise<Stub & Names> {
  const seen: Names["seen"] = [];
  const inner = createTlsServer({
    key: certificate.key,
    cert: certificate.certificate,
    ...(options.alpn ? { ALPNProtocols: [...options.alpn] } : {}),
    SNICallback: (name, done) => {
      seen.push(name);
      done(null);
    },
  });
  inner.on("tlsClientError", () => {});
  inner.on("secureConnection", (secure: TLSSocket) => {
    secure.on("error", () => {});
    let count = 0;
    secure.on("data", (bytes: Buffer) => {
      count += 1;
      act(secure, bytes, count);
    });
  });
  const asked = createServer((socket) => {
    socket.once("data", () => {
      socket.write("S");
      inner.emit("connection", socket);
    });
  });
  return { ...(await listen(options.direct ? inner : asked)), seen };
}

interface Names {
  /** Server names that clients sent in the clear. */
  readonly seen: string[];
}

async function open(port: number, sslmode: Sslmode, more: Partial<WireRequest> = {}) {
  const steps: WireStep[] = [];
  const request: WireRequest = {
    endpoint: { host: "127.0.0.1", port },
    user: "app",
    password: new Secret("right"),
    database: "app",
    sslmode,
    parameters: {},
    timeoutMs: 10_000,
    ...more,
  };
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
    stubs.at(-1)?.on("connection", (socket: Socket) => sockets.push(socket));
    const { errno } = await open(stub.port, mode);
    expect(["ECONNCLOSED", "ECONNRESET"]).toContain(errno);
    await stub.allClosed();
    await nothingHeld();
  });

  it("while a session is open, but its one socket", async () => {
    // Authentication OK, then ReadyForQuery, to whatever is asked.
    const welcome = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
    const stub = await encrypting((socket, bytes) => void (bytes[0] === 0x58 ? socket.end() : socket.write(welcome)));
    const opened = await open(stub.port, "require");
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
