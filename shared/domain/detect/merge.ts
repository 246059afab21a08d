import { type Endpoint, endpointText, isSocket, sameEndpoint } from "../endpoint";
import type { Server } from "../server";
import { isExplaining, kindOf, rankOf } from "./origins";

/** What one source says about one server, with the marks that tell servers apart. */
export interface ServerFacts {
  readonly server: Server;
  /** The postmaster's process; null when unknown. */
  readonly pid: number | null;
  /** The user it runs as; null when unknown. */
  readonly uid: number | null;
  /** The container's full id, where the server runs in one. */
  readonly containerId?: string | null;
  /** Addresses it holds now, or, for a named server, leads to; literal addresses, sockets by real folder. */
  readonly reaches: readonly Endpoint[];
}

export interface MergedServer<F extends ServerFacts> {
  readonly server: Server;
  /** All findings about it, the one that explains it best first. */
  readonly parts: readonly F[];
}

const isNamed = (facts: ServerFacts): boolean => kindOf(facts.server.origin) === "named";
const holds = (facts: ServerFacts): boolean => facts.server.state === "running" || facts.server.state === "starting";
const meet = (a: readonly Endpoint[], b: readonly Endpoint[]): boolean =>
  a.some((one) => b.some((other) => sameEndpoint(one, other)));

/** Two findings of one running server, told by data directory, process, address, or (both bare) by port and user. */
function sameServer(a: ServerFacts, b: ServerFacts): boolean {
  const { dataDirectory } = a.server;
  // A path inside a container is another place than the same path outside.
  if (a.containerId || b.containerId) {
    if (a.containerId && b.containerId) return a.containerId === b.containerId;
  } else if (dataDirectory !== null && dataDirectory === b.server.dataDirectory) return true;
  if (a.pid !== null && a.pid === b.pid) return true;
  if (!holds(a) || !holds(b)) return false;
  if (a.pid !== null && b.pid !== null) return false;
  // An installation is not in a container, even where both claim one address: their passwords must not mix.
  const explained = isExplaining(a.server.origin) && isExplaining(b.server.origin);
  if (explained && Boolean(a.containerId) !== Boolean(b.containerId)) return false;
  if (meet(a.reaches, b.reaches)) return true;
  const bare = [a, b].every((facts) => kindOf(facts.server.origin) === "bare");
  return (
    bare && a.uid !== null && a.uid === b.uid && a.reaches.some((one) => b.reaches.some((o) => o.port === one.port))
  );
}

/** Whether a name leads to a server: the server holds the address, or nothing does and it is the one that wants it. */
function leadsTo(named: ServerFacts, group: readonly ServerFacts[]): boolean {
  return group.some((facts) => {
    if (holds(named) !== holds(facts)) return false;
    if (!holds(named) && facts.server.state !== "stopped") return false;
    return meet(named.reaches, facts.reaches);
  });
}

/** What two findings of one server have in common, one of them at least; who shares none need not be compared. */
function keysOf(facts: ServerFacts): readonly string[] {
  const { server, pid, uid, containerId, reaches } = facts;
  const keys: string[] = [];
  if (server.dataDirectory !== null) keys.push(`data ${server.dataDirectory}`);
  if (pid !== null) keys.push(`pid ${pid}`);
  if (containerId) keys.push(`container ${containerId}`);
  if (!holds(facts)) return keys;
  const bare = uid !== null && kindOf(server.origin) === "bare";
  return [...keys, ...reaches.flatMap((one) => [endpointText(one), ...(bare ? [`user ${uid} ${one.port}`] : [])])];
}

/** Findings of one server; `order` counts up with every change, so that the oldest group comes first. */
interface Group<F> {
  readonly order: number;
  readonly parts: readonly F[];
}

/** A bare address that fits several explained servers belongs to the best of them; it does not make them one. */
function oneExplained<F extends ServerFacts>(groups: readonly Group<F>[]): readonly Group<F>[] {
  const isExplained = ({ parts }: Group<F>): boolean => parts.some(({ server }) => isExplaining(server.origin));
  const best = groups.find(isExplained);
  return groups.filter((group) => group === best || !isExplained(group));
}

/** Groups findings that are of one server, in the order the groups were last added to. */
function groupSame<F extends ServerFacts>(facts: readonly F[]): readonly F[][] {
  const byKey = new Map<string, F[]>();
  const groupOf = new Map<F, Group<F>>();
  for (const [order, one] of facts.entries()) {
    const keys = keysOf(one);
    const near = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
    const fitting = new Set([...near].filter((other) => sameServer(one, other)).flatMap((o) => groupOf.get(o) ?? []));
    const same = oneExplained([...fitting].sort((a, b) => a.order - b.order));
    const group = { order, parts: [...same.flatMap(({ parts }) => parts), one] };
    for (const part of group.parts) groupOf.set(part, group);
    for (const key of keys) byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  return [...new Set(groupOf.values())].sort((a, b) => a.order - b.order).map(({ parts }) => [...parts]);
}

function unite<F extends ServerFacts>(parts: readonly F[]): MergedServer<F> {
  const primary = parts[0] as F;
  const endpoints: Endpoint[] = [];
  for (const part of parts) {
    if (part !== primary && isNamed(part) && !isNamed(primary)) continue;
    for (const endpoint of part.server.endpoints) {
      if (!endpoints.some((known) => sameEndpoint(known, endpoint))) endpoints.push(endpoint);
    }
  }
  const first = <T>(pick: (server: Server) => T | null): T | null =>
    parts.map((part) => pick(part.server)).find((value) => value !== null) ?? null;
  const naming = isNamed(primary) ? undefined : parts.find(isNamed);
  // A port says where to go in fewer words than a socket's folder.
  const port = primary.server.origin === "socket" ? parts.find((part) => part.server.origin === "listener") : undefined;
  return {
    parts,
    server: {
      ...primary.server,
      label: (port ?? primary).server.label,
      version: first((server) => server.version),
      dataDirectory: first((server) => server.dataDirectory),
      reason:
        primary.server.reason ?? (naming ? `Named by ${naming.server.label.replace(/^From | · .*/g, "")}.` : null),
      endpoints: [...endpoints.filter((e) => !isSocket(e)), ...endpoints.filter(isSocket)],
      credentialsKnown: parts.some((part) => part.server.credentialsKnown),
    },
  };
}

/** Folds findings so that one server is one card, whatever the order they came in. */
export function mergeServers<F extends ServerFacts>(facts: readonly F[]): readonly MergedServer<F>[] {
  const rank = (f: F): number => rankOf(f.server.origin);
  const sorted = [...facts].sort((a, b) => rank(a) - rank(b) || (a.server.id < b.server.id ? -1 : 1));
  const groups = groupSame(sorted.filter((f) => !isNamed(f)));
  const alone: F[][] = [];
  for (const one of sorted.filter(isNamed)) {
    const wanted = groups.filter((group) => leadsTo(one, group));
    const target = holds(one) || wanted.length === 1 ? wanted[0] : undefined;
    const twin = alone.find((group) => group.some((other) => meet(one.reaches, other.reaches)));
    if (target) target.push(one);
    else if (twin) twin.push(one);
    else alone.push([one]);
  }
  return [...groups, ...alone].map((group) => unite(group.sort((a, b) => rank(a) - rank(b))));
}
