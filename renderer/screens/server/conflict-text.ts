import { holderText, isShared } from "../../../shared/domain/detect/conflicts";
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
  if (isShared(conflict))
    return `${labelOf(servers, conflict.answers ?? "")} answers under localhost; the other one only under its own address.`;
  const others = either(
    servers,
    conflict.servers.filter((id) => id !== conflict.answers),
  );
  return conflict.answers
    ? `${labelOf(servers, conflict.answers)} answers today; if it stops, ${others} can take the port, with other users and data.`
    : `None answers now; whichever starts first takes it: ${others}.`;
}

/** "127.0.0.1:5432 is Docker · db", one line an address that is held. */
export const conflictAddresses = (conflict: PortConflict, servers: readonly Server[]): readonly string[] =>
  conflict.addresses.map((holder) => holderText(holder, conflict.port, (id) => labelOf(servers, id)));

/** What ends the conflict. */
export function conflictWayOut(conflict: PortConflict, servers: readonly Server[]): string {
  if (isShared(conflict)) {
    return (
      `In the connection string, write the address of the server that is meant instead of localhost; or give one of ` +
      `them another port, so that no program has to choose.`
    );
  }
  const loser = conflict.servers.find((id) => id !== conflict.answers) ?? "";
  return (
    `One port can have one server. Keep only one of them started, or give ${labelOf(servers, loser)} another port: ` +
    `the line "port" in its postgresql.conf, then start it again.`
  );
}

/** True for a running server that clients do not reach under localhost. */
export const isShadowed = (server: Server, conflicts: readonly PortConflict[]): boolean =>
  conflicts.some(
    ({ answers, addresses }) => answers !== server.id && addresses.some((holder) => holder.server === server.id),
  );

/** What one card says about the port it does not have; null for a server that is in no conflict or that answers. */
export function conflictOf(
  server: Server,
  conflicts: readonly PortConflict[],
  servers: readonly Server[],
): string | null {
  const conflict = conflicts.find((one) => one.servers.includes(server.id) && one.answers !== server.id);
  if (!conflict) return null;
  if (conflict.addresses.some((holder) => holder.server === server.id))
    return `shadowed by ${labelOf(servers, conflict.answers ?? "")} under localhost`;
  return conflict.answers
    ? `port ${conflict.port} is held by ${labelOf(servers, conflict.answers)}`
    : `shares port ${conflict.port} with another server`;
}
