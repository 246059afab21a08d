import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { selfSigned } from "./certificate";

/** A client's request for TLS. */
export const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** ErrorResponse: "E", a length, and fields by their letter. */
export function errorMessage(sqlstate: string, routine: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${sqlstate}\0Mno\0R${routine}\0\0`, "latin1");
  const head = Buffer.from("E\0\0\0\0", "latin1");
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** What the stubs show. */
export const certificate = selfSigned("localhost", ["DNS:localhost", "IP:127.0.0.1"]);

/** What a stub does with the bytes of each message it gets. */
export type Act = (socket: Socket, bytes: Buffer, count: number) => void;

/** A stub that listens on 127.0.0.1. */
export interface Stub {
  readonly server: Server;
  readonly port: number;
  /** How many connections came. */
  readonly count: () => number;
  /** Settles when every connection that came is closed. */
  readonly allClosed: () => Promise<unknown>;
}

const stubs: Server[] = [];

/** Ends every stub there is, once their connections are closed. */
export async function endStubs(): Promise<void> {
  await Promise.all(stubs.splice(0).map((stub) => new Promise((resolve) => stub.close(resolve))));
}

/** A server that is no PostgreSQL: it exists to do what a real one never does. */
export async function listen(server: Server): Promise<Stub> {
  stubs.push(server);
  const closings: Promise<unknown>[] = [];
  server.on("connection", (socket: Socket) => {
    closings.push(new Promise((resolve) => socket.once("close", resolve)));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { server, port, count: () => closings.length, allClosed: () => Promise.all(closings) };
}

/** Speaks in the clear. */
export const saying = (act: Act): Promise<Stub> =>
  listen(
    createServer((socket) => {
      let count = 0;
      socket.on("data", (bytes: Buffer) => {
        count += 1;
        act(socket, bytes, count);
      });
    }),
  );

/** Its clients' wishes. */
export interface Names {
  /** Server names that clients sent in the clear. */
  readonly seen: string[];
}

/** Answers SSLRequest with S, unless it is direct, and goes on in TLS; `act` sees what is decrypted. */
export async function encrypting(
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
