import { expect } from "vitest";

/** Kinds of what keeps a process alive that the ladder makes: sockets, look-ups and timers. */
const OURS = /^(TCPSocketWrap|PipeWrap|TLSWrap|TCPConnectWrap|PipeConnectWrap|GetAddrInfoReqWrap|Timeout)$/;

/** How many of each kind there are now. */
export function held(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) if (OURS.test(kind)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Waits until no more is held than before: Node lets go of a handle a turn after it was closed. */
export const nothingMoreThan = (before: Readonly<Record<string, number>>): Promise<void> =>
  expect
    .poll(
      () =>
        Object.entries(held()).filter(
          // The waiting itself holds a timer.
          ([kind, count]) => count > (before[kind] ?? 0) + (kind === "Timeout" ? 1 : 0),
        ),
      { timeout: 15_000 },
    )
    .toEqual([]);
