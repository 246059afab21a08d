import type { CatalogueFacts } from "../../shared/domain/diagnose/catalogue";
import type { OpenedWire, OpenWire, WireRequest } from "./wire";

/** A look is a help, not a wait, in ms. */
const LOOK_MS = 1_000;

/** What stands between the session and the server; null: nothing does. "unknown": a pooler, busy or in session mode. */
export type PoolerMode = "transaction" | "unknown" | null;

/** True when the process that named itself at the sign-in is not the one that answers: a pooler stands between. */
const isPooled = (opened: OpenedWire, facts: CatalogueFacts): boolean =>
  opened.backendPid !== null && opened.backendPid !== facts.backendPid;

/**
 * Asks a pooler how it pools. A second session begins a transaction while the first one is idle: only where connections
 * go from hand to hand does it get the very process that answered the first. It costs a second sign-in, and only behind
 * a pooler; nothing is left behind.
 */
export async function askPooler(
  openWire: OpenWire,
  request: WireRequest,
  first: OpenedWire,
  facts: CatalogueFacts,
): Promise<PoolerMode> {
  if (!isPooled(first, facts)) return null;
  // Where all server connections are taken the question waits in a queue; the time limit ends it with its session.
  const limit = new AbortController();
  const stop = (): void => limit.abort();
  const timer = setTimeout(stop, LOOK_MS);
  request.signal?.addEventListener("abort", stop, { once: true });
  try {
    const second = await openWire({ ...request, timeoutMs: LOOK_MS, signal: limit.signal }, () => {});
    if (!second.ok) return "unknown";
    const { session } = second.value;
    await session.query("BEGIN");
    const answer = await session.query("SELECT pg_catalog.pg_backend_pid() AS pid");
    await session.end();
    return answer.ok && answer.value[0]?.pid === facts.backendPid ? "transaction" : "unknown";
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", stop);
  }
}
