import { type Endpoint, endpointText, isLoopback, isSocket } from "../endpoint";
import type { PortConflict, PortHolder, Server } from "../server";

/** Addresses of `localhost` where nobody asked the system; most list them in this order. */
const LOCALHOST: readonly string[] = ["::1", "127.0.0.1"];

/** Where clients look for a socket when they are told none (PostgreSQL's own default and Debian's). */
const USUAL_SOCKETS: readonly string[] = ["/tmp", "/private/tmp", "/var/run/postgresql", "/run/postgresql"];

/** A stopped private server takes another port when its own is taken: it stands in nobody's way. */
const wantsPort = (server: Server): boolean =>
  isUp(server) || (server.state === "stopped" && server.origin !== "private");

const isUp = ({ state }: Server): boolean => state === "running" || state === "starting";

const counts = (endpoint: Endpoint): boolean =>
  isSocket(endpoint) ? USUAL_SOCKETS.includes(endpoint.socketDirectory) : isLoopback(endpoint.host);

const addressOf = (endpoint: Endpoint): string => (isSocket(endpoint) ? endpoint.socketDirectory : endpoint.host);

/** Ports a server stands on or wants: TCP counts always, a socket only where a server listens on it now. */
const portsOf = (server: Server): readonly number[] => [
  ...new Set(server.endpoints.filter((one) => counts(one) && (isUp(server) || !isSocket(one))).map((one) => one.port)),
];

function holdersOf(port: number, servers: readonly Server[]): readonly PortHolder[] {
  return servers.filter(isUp).flatMap((server) =>
    server.endpoints
      .filter((one) => one.port === port && counts(one))
      .flatMap((one) => (addressOf(one) === "localhost" ? LOCALHOST : [addressOf(one)]))
      .map((address) => ({ address, server: server.id })),
  );
}

/** Sockets alone, or one server alone on TCP beside a stopped one's socket, get into nobody's way. */
const meetsOnTcp = (port: number, servers: readonly Server[]): boolean =>
  servers.some((server) => server.endpoints.some((one) => one.port === port && !isSocket(one) && counts(one)));

/**
 * Ports of this computer that more than one server wants or holds, lowest first, with who holds each address.
 * `answers` is the server that a client reaches under `localhost`, whose addresses are tried in the order given.
 */
export function findConflicts(
  servers: readonly Server[],
  localhost: readonly string[] = LOCALHOST,
): readonly PortConflict[] {
  const byPort = new Map<number, Server[]>();
  for (const server of servers.filter(wantsPort)) {
    for (const port of portsOf(server)) byPort.set(port, [...(byPort.get(port) ?? []), server]);
  }
  return [...byPort]
    .filter(([port, wanting]) => wanting.length > 1 && meetsOnTcp(port, wanting))
    .sort(([a], [b]) => a - b)
    .map(([port, wanting]) => {
      const addresses = holdersOf(port, wanting);
      const first = localhost
        .map((address) => addresses.find((holder) => holder.address === address))
        .find((holder) => holder !== undefined);
      const answers = first ?? addresses[0];
      return { port, servers: wanting.map((server) => server.id), answers: answers?.server ?? null, addresses };
    });
}

/** "localhost:5432 is apt:15/main; [::1]:5432 is docker:db": who a client reaches, address by address. */
export const holderText = ({ address, server }: PortHolder, port: number, nameOf: (id: string) => string): string =>
  `${endpointText(address.startsWith("/") ? { socketDirectory: address, port } : { host: address, port })} is ${nameOf(server)}`;

/** Two running servers on one port number: then the address decides who answers. */
export const isShared = ({ addresses }: PortConflict): boolean =>
  new Set(addresses.map(({ server }) => server)).size > 1;

/** A stopped server whose port another one holds, with the cause and the way out; any other server as it is. */
export function withPortTaken(
  server: Server,
  conflicts: readonly PortConflict[],
  nameOf: (id: string) => string,
): Server {
  if (server.state !== "stopped" || server.origin === "private") return server;
  const conflict = conflicts.find(({ servers, answers }) => answers !== null && servers.includes(server.id));
  if (!conflict || conflict.addresses.some((holder) => holder.server === server.id)) return server;
  const held = `Port ${conflict.port} is held by ${nameOf(conflict.answers as string)}.`;
  return {
    ...server,
    cause: "port-taken",
    reason: server.reason === null ? held : `${held} ${server.reason}`,
    remedy: `Stop ${nameOf(conflict.answers as string)} first, or give this server another port.`,
  };
}
