import { judgeAnswer } from "../../../shared/domain/detect/answer";
import { type Listener, loopbackOf, loopbacksOf } from "../../../shared/domain/detect/proc-net";
import type { DetectContext, Detected, DetectSource } from "../../use-cases/detection";
import { anonymousFinding } from "./anonymous";
import { asTheyFinish } from "./as-they-finish";
import type { Surroundings } from "./cluster";
import type { Machine } from "./machine";
import { knockingOnce, surroundingsOf } from "./surroundings";

const ID = "ports";
const PROBE_MS = 1000;

/** PostgreSQL's own and its neighbours, two poolers, and what compose files commonly publish. */
export const USUAL_PORTS: readonly number[] = [
  5432, 5433, 5434, 5435, 5436, 5437, 5438, 5439, 6432, 6543, 54320, 54321, 54322, 54323,
];

/** PgBouncer's port and Supavisor's. */
const POOLER_PORTS: readonly number[] = [6432, 6543];

interface Candidate {
  readonly host: string;
  readonly port: number;
  readonly uid: number | null;
  readonly inode: string | null;
}

/**
 * The addresses to knock on. Where the system lists its listeners: those on usual ports and those a postmaster may
 * hold; programs that have nothing to do with PostgreSQL are left in peace. Elsewhere: the usual ports, both families.
 */
function candidates(ports: ReadonlySet<number>, around: Surroundings): readonly Candidate[] {
  if (!around.listeners) {
    return [...ports].flatMap((port) => ["127.0.0.1", "::1"].map((host) => ({ host, port, uid: null, inode: null })));
  }
  const mayBePostgres = ({ uid, inode }: Listener): boolean =>
    around.processes.some((process) => (process.inodes && inode ? process.inodes.has(inode) : process.uid === uid));
  const found = new Map<string, Candidate>();
  for (const listener of around.listeners) {
    const { address, port, uid, inode } = listener;
    if (!(ports.has(port) || mayBePostgres(listener))) continue;
    for (const host of loopbacksOf(address)) {
      const key = `${host} ${port}`;
      // An address that has a listener of its own is that one's.
      if (host === loopbackOf(address) || !found.has(key)) found.set(key, { host, port, uid, inode });
    }
  }
  return [...found.values()];
}

async function knock(machine: Machine, candidate: Candidate, around: Surroundings): Promise<Detected | null> {
  const { host, port, uid, inode } = candidate;
  const endpoint = { host, port };
  const answer = await machine.probe(endpoint, PROBE_MS);
  if (answer.kind !== "postgresql") return null;
  const name = host.includes(":") ? `[${host}]` : host;
  const reason = POOLER_PORTS.includes(port) ? "This port is usually a connection pooler's." : null;
  const finding = await anonymousFinding(machine, {
    id: `port:${name}:${port}`,
    origin: "listener",
    label: host === "127.0.0.1" ? `On port ${port}` : `On port ${port} of ${host}`,
    state: judgeAnswer(endpoint, answer).state,
    reason,
    endpoints: [endpoint],
    uid,
    process: around.processes.find((process) => inode !== null && process.inodes?.has(inode)) ?? null,
    accesses: [],
  });
  return { kind: "server", finding };
}

/** Loopback ports that speak PostgreSQL. `named` are ports that files and variables mention. */
export const portsSource = (
  machine: Machine,
  named: (context: Pick<DetectContext, "once">) => Promise<readonly number[]>,
): DetectSource => ({
  id: ID,
  title: "Ports of this computer",
  timeLimitMs: 3000,
  explains: false,
  async *find(context) {
    const [around, more] = await Promise.all([surroundingsOf(machine, context), named(context)]);
    const shared = knockingOnce(machine, context);
    const found = candidates(new Set([...USUAL_PORTS, ...more]), around);
    yield* asTheyFinish(found.map((one) => () => knock(shared, one, around)));
  },
});
