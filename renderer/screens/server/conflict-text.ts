import type { PortConflict, Server } from "../../../shared/domain/server";

const labelOf = (servers: readonly Server[], id: string): string =>
  servers.find((server) => server.id === id)?.label ?? id;

const either = (servers: readonly Server[], ids: readonly string[]): string =>
  ids.map((id) => labelOf(servers, id)).join(" or ");

const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five"] as const;

/** "Two servers want port 5432." */
export const conflictTitle = ({ servers, port }: PortConflict): string =>
  `${NUMBERS[servers.length] ?? servers.length} servers want port ${port}.`;

/** Who answers now, and what happens when that one stops. */
export function conflictMeaning(conflict: PortConflict, servers: readonly Server[]): string {
  const others = either(
    servers,
    conflict.servers.filter((id) => id !== conflict.answers),
  );
  return conflict.answers
    ? `${labelOf(servers, conflict.answers)} answers today; if it stops, ${others} can take the port, with other users and data.`
    : `None answers now; whichever starts first takes it: ${others}.`;
}

/** What ends the conflict. */
export function conflictWayOut(conflict: PortConflict, servers: readonly Server[]): string {
  const loser = conflict.servers.find((id) => id !== conflict.answers) ?? "";
  return (
    `One port can have one server. Keep only one of them started, or give ${labelOf(servers, loser)} another port: ` +
    `the line "port" in its postgresql.conf, then start it again.`
  );
}

/** What one card says about the port it does not have; null for a server that is in no conflict or that answers. */
export function conflictOf(
  server: Server,
  conflicts: readonly PortConflict[],
  servers: readonly Server[],
): string | null {
  const conflict = conflicts.find((one) => one.servers.includes(server.id) && one.answers !== server.id);
  if (!conflict) return null;
  return conflict.answers
    ? `port ${conflict.port} is held by ${labelOf(servers, conflict.answers)}`
    : `shares port ${conflict.port} with another server`;
}
