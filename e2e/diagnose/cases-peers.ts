import { createServer as createHttpServer } from "node:http";
import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { certificate, listen, SSL_REQUEST, type Stub, saying } from "../servers/stub";
import type { Expected } from "./verdicts";

/** What listens where PostgreSQL is expected. Stubs only: each does what no PostgreSQL does. */
export interface Peer extends Expected {
  readonly start: () => Promise<Stub>;
  /** Words of the title. */
  readonly title?: string;
  readonly query?: string;
}

/** Speaks as soon as somebody comes. */
const greeting = (bytes: Buffer | string): Promise<Stub> =>
  listen(
    createServer((socket) => {
      socket.write(bytes);
      socket.resume();
    }),
  );

const isSslRequest = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(SSL_REQUEST);

/** Has no TLS, and answers the startup message with these bytes. */
const afterHello = (act: (socket: Socket) => void): Promise<Stub> =>
  saying((socket, bytes) => void (isSslRequest(bytes) ? socket.write("N") : act(socket)));

/** ErrorResponse as poolers and providers' proxies send it: severity, code and message, no routine. */
function proxyError(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from("E\0\0\0\0", "latin1");
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

const refusing = (code: string, message: string) => (): Promise<Stub> =>
  afterHello((socket) => void socket.end(proxyError(code, message)));

/** A server's own error, with its routine. */
const serverError = (message: string): Buffer => {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C28000\0M${message}\0Rauth_failed\0\0`);
  const head = Buffer.from("E\0\0\0\0", "latin1");
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
};

/** HandshakeV10 of a MySQL 8 server: length, sequence 0, protocol 10, version. */
const MYSQL = Buffer.concat([Buffer.from([0x4a, 0, 0, 0, 0x0a]), Buffer.from("8.0.36\0"), Buffer.alloc(66)]);

const redis = (): Promise<Stub> => {
  const seen = new WeakMap<Socket, string>();
  return saying((socket, bytes) => {
    const text = (seen.get(socket) ?? "") + bytes.toString("latin1");
    seen.set(socket, text);
    if (text.includes("\n")) socket.write("+PONG\r\n");
  });
};

const NOT = "speak.not-postgresql";

const FOREIGN: readonly Peer[] = [
  { name: "a web server", expected: NOT, title: "HTTP", start: () => listen(createHttpServer()) },
  {
    name: "an SSH banner, which starts with S",
    expected: NOT,
    title: "SSH",
    start: () => greeting("SSH-2.0-OpenSSH_9.2\r\n"),
  },
  {
    name: "an SSH banner, sslmode=disable",
    expected: NOT,
    title: "SSH",
    query: "?sslmode=disable",
    start: () => greeting("SSH-2.0-OpenSSH_9.2\r\n"),
  },
  { name: "MySQL's greeting", expected: NOT, title: "MySQL", start: () => greeting(MYSQL) },
  { name: "Redis, which waits for a line", expected: NOT, title: "Redis", start: redis },
  {
    name: "a mail server",
    expected: NOT,
    title: "SMTP",
    start: () => greeting("220 mail.example ESMTP ready\r\n"),
  },
  {
    name: "TLS from the first byte",
    expected: NOT,
    title: "TLS",
    start: () => listen(createTlsServer({ key: certificate.key, cert: certificate.certificate })),
  },
  { name: "garbage", expected: NOT, start: () => greeting(Buffer.from([0xff, 0xfe, 0, 1, 2, 3])) },
  { name: "one byte that is neither S nor N", expected: NOT, start: () => greeting("X") },
];

const BROKEN: readonly Peer[] = [
  { name: "accepts and says nothing", expected: "speak.silent", start: () => saying(() => {}) },
  {
    name: "closes at once",
    expected: "speak.closed",
    start: () => listen(createServer((socket) => socket.resume().end())),
  },
  { name: "closes at the first message", expected: "speak.closed", start: () => saying((socket) => void socket.end()) },
  {
    name: "closes at the first message, sslmode=disable",
    expected: "speak.closed",
    query: "?sslmode=disable",
    start: () => saying((socket) => void socket.end()),
  },
  { name: "has no TLS, then closes", expected: "speak.closed", start: () => afterHello((socket) => void socket.end()) },
  { name: "has no TLS, then says nothing", expected: "speak.silent", start: () => afterHello(() => {}) },
  {
    name: "says yes to TLS, then closes",
    expected: "encrypt.protocol",
    start: () => saying((socket, bytes) => void (isSslRequest(bytes) ? socket.write("S") : socket.end())),
  },
  {
    // No server here is built with GSSAPI.
    name: "asks for GSSAPI",
    expected: "authenticate.unsupported-method",
    start: () => afterHello((socket) => void socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 7]))),
  },
  {
    // Postgres.app runs on macOS only.
    name: "Postgres.app was told not to let this program in",
    expected: "authenticate.app-permission",
    start: () => afterHello((socket) => void socket.end(serverError('Postgres.app rejected "trust" authentication'))),
  },
];

/** What providers' proxies say, as they document it; none of them can be had here. */
const CLOUD: readonly Peer[] = [
  {
    name: "Supavisor: Tenant or user not found",
    expected: "cloud.tenant-not-found",
    start: refusing("XX000", "Tenant or user not found"),
  },
  {
    name: "Supavisor: (ENOTFOUND) tenant/user, which is not DNS",
    expected: "cloud.tenant-not-found",
    start: refusing("XX000", "(ENOTFOUND) tenant/user postgres.abc not found"),
  },
  {
    name: "Neon: Endpoint ID is not specified",
    expected: "cloud.endpoint-missing",
    start: refusing(
      "08P01",
      "Endpoint ID is not specified. Either please upgrade the postgres client library (libpq) for SNI support or pass the endpoint ID (first part of the domain name) as a parameter: '?options=endpoint%3D<endpoint-id>'. See more at https://neon.tech/sni",
    ),
  },
  {
    name: "Supavisor: Max client connections reached",
    expected: "server.too-many-connections",
    start: refusing("XX000", "Max client connections reached"),
  },
];

export const PEERS: readonly Peer[] = [...FOREIGN, ...BROKEN, ...CLOUD];
