/** A TCP address; `host` is a name or a literal address without brackets. */
export interface TcpEndpoint {
  readonly host: string;
  readonly port: number;
}

/** A Unix socket: `<socketDirectory>/.s.PGSQL.<port>`. */
export interface SocketEndpoint {
  readonly socketDirectory: string;
  readonly port: number;
}

export type Endpoint = TcpEndpoint | SocketEndpoint;

export const DEFAULT_PORT = 5432;

export const isSocket = (endpoint: Endpoint): endpoint is SocketEndpoint => "socketDirectory" in endpoint;

/** "localhost:5432", "[::1]:5432" or "/var/run/postgresql:5432". */
export function endpointText(endpoint: Endpoint): string {
  if (isSocket(endpoint)) return `${endpoint.socketDirectory}:${endpoint.port}`;
  return endpoint.host.includes(":") ? `[${endpoint.host}]:${endpoint.port}` : `${endpoint.host}:${endpoint.port}`;
}

/** Path of the socket file libpq opens for this endpoint. */
export const socketPath = (endpoint: SocketEndpoint): string =>
  `${endpoint.socketDirectory.replace(/\/$/, "")}/.s.PGSQL.${endpoint.port}`;

/** True for names and addresses of this computer: localhost, 127.0.0.0/8, ::1. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Two spellings of one address: same port and the same host, or the same socket folder. */
export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  if (a.port !== b.port || isSocket(a) !== isSocket(b)) return false;
  if (isSocket(a) && isSocket(b)) return a.socketDirectory === b.socketDirectory;
  return !isSocket(a) && !isSocket(b) && a.host === b.host;
}

/** Whether who asks for `wanted` may end up at `one`: localhost stands for both 127.0.0.1 and ::1; those two are not each other. */
export function leadsTo(one: Endpoint, wanted: Endpoint): boolean {
  if (sameEndpoint(one, wanted)) return true;
  if (isSocket(one) || isSocket(wanted) || one.port !== wanted.port) return false;
  return isLoopback(one.host) && isLoopback(wanted.host) && (one.host === "localhost" || wanted.host === "localhost");
}
