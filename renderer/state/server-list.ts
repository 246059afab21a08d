import { byReadiness, type PortConflict, type Server, type SourceProblem } from "../../shared/domain/server";

/** The list with one card replaced or added, readiest first. */
export const withServer = (servers: readonly Server[], server: Server): readonly Server[] =>
  [...servers.filter(({ id }) => id !== server.id), server].sort(byReadiness);

/** The conflicts with the newest word on one port. */
export const withConflict = (conflicts: readonly PortConflict[], conflict: PortConflict): readonly PortConflict[] => [
  ...conflicts.filter(({ port }) => port !== conflict.port),
  conflict,
];

/** The problems with one more, told once. */
export const withProblem = (problems: readonly SourceProblem[], problem: SourceProblem): readonly SourceProblem[] =>
  problems.some(({ source, message }) => source === problem.source && message === problem.message)
    ? problems
    : [...problems, problem];

/**
 * The cards after a scan: what it found, and the servers the person named, which no scan finds. A scan that was
 * stopped has not looked everywhere, so what was known before stays.
 */
export function afterScan(
  before: readonly Server[],
  found: readonly Server[],
  wasCancelled: boolean,
): readonly Server[] {
  const others = before.filter(({ id }) => !found.some((one) => one.id === id));
  const kept = wasCancelled ? others : others.filter(({ origin }) => origin === "custom");
  return [...found, ...kept].sort(byReadiness);
}
