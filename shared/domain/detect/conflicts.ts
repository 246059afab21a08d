import { isLoopback, isSocket } from "../endpoint";
import type { PortConflict, Server } from "../server";

/** A stopped private server takes another port when its own is taken: it stands in nobody's way. */
const wantsPort = (server: Server): boolean =>
  server.state === "running" ||
  server.state === "starting" ||
  (server.state === "stopped" && server.origin !== "private");

const portsOf = (server: Server): readonly number[] => [
  ...new Set(server.endpoints.filter((e) => !isSocket(e) && isLoopback(e.host)).map((e) => e.port)),
];

/**
 * Ports of this computer that more than one server wants, lowest first. `answers` is the running server that holds
 * 127.0.0.1, else any running one.
 */
export function findConflicts(servers: readonly Server[]): readonly PortConflict[] {
  const byPort = new Map<number, Server[]>();
  for (const server of servers.filter(wantsPort)) {
    for (const port of portsOf(server)) byPort.set(port, [...(byPort.get(port) ?? []), server]);
  }
  return [...byPort]
    .filter(([, wanting]) => wanting.length > 1)
    .sort(([a], [b]) => a - b)
    .map(([port, wanting]) => {
      const running = wanting.filter((server) => server.state === "running");
      const first = running.find((server) =>
        server.endpoints.some((e) => !isSocket(e) && e.port === port && e.host === "127.0.0.1"),
      );
      return { port, servers: wanting.map((server) => server.id), answers: (first ?? running[0])?.id ?? null };
    });
}
