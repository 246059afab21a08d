import { findConflicts, withPortTaken } from "../../shared/domain/detect/conflicts";
import { type MergedServer, mergeServers } from "../../shared/domain/detect/merge";
import { isExplaining, kindOf } from "../../shared/domain/detect/origins";
import { byReadiness, type PortConflict, type Scan, type Server, type SourceProblem } from "../../shared/domain/server";
import type { ScanEvent } from "../../shared/ipc/messages";
import type { DetectContext, DetectSource, Finding, Probe } from "./detection";
import type { JobContext } from "./job";
import type { KnownServer, ServerRegistry } from "./server-registry";
import { type SomewhereElseAnswer, somewhereElse } from "./somewhere-else";

interface Options {
  readonly registry: ServerRegistry;
  readonly sources: readonly DetectSource[];
  readonly probe: Probe;
  /** Name of the user who runs the app: libpq's default role. */
  readonly osUser: string;
  /** The addresses of `localhost` in the order the system gives them. */
  readonly localhost: () => Promise<readonly string[]>;
}

export interface ScanUseCase {
  /** Asks all sources side by side; "server" events may repeat an id with better facts. Cancelled, it ends with what it has. */
  run(context: JobContext<ScanEvent>): Promise<Scan>;
  /** The last scan that ran to its end; null before the first. */
  last(): Scan | null;
  /** A server the person names: a host, host:port, or a whole connection string. */
  somewhereElse(text: string): Promise<SomewhereElseAnswer>;
}

const TIMED_OUT = Symbol("timed out");

/** How long bare addresses wait for those who may explain them, in ms. */
const PATIENCE_MS = 400;

/** The scan's end as every source hears it: one listener on the signal, however many sources there are. */
interface Stop {
  readonly aborted: () => boolean;
  /** Answers how to leave. */
  join(stop: () => void): () => void;
  /** The scan is over: the signal may live on without a trace of it. */
  over(): void;
}

function stopOf(signal: AbortSignal): Stop {
  const waiting = new Set<() => void>();
  const stopAll = (): void => {
    for (const stop of waiting) stop();
  };
  signal.addEventListener("abort", stopAll, { once: true });
  return {
    over: () => signal.removeEventListener("abort", stopAll),
    aborted: () => signal.aborted,
    join(stop) {
      waiting.add(stop);
      return () => waiting.delete(stop);
    },
  };
}

/** Ends a source's reading at its time limit or at the scan's end, whatever the source itself does. */
async function readSource(
  source: DetectSource,
  shared: Pick<DetectContext, "once">,
  outer: Stop,
  take: (finding: Finding) => void,
  complain: (problem: SourceProblem) => void,
): Promise<void> {
  let own: AbortController | null = null;
  let isOver = outer.aborted();
  let stop = (): void => {};
  const stopped = new Promise<typeof TIMED_OUT>((resolve) => {
    stop = () => {
      isOver = true;
      own?.abort();
      resolve(TIMED_OUT);
    };
  });
  if (isOver) stop();
  const leave = outer.join(stop);
  const timer = setTimeout(stop, source.timeLimitMs);
  const context: DetectContext = {
    once: shared.once,
    // Made for those who ask: most sources read files and never do, and there are some twenty of them.
    get signal() {
      own ??= new AbortController();
      if (isOver) own.abort();
      return own.signal;
    },
  };
  try {
    const iterator = source.find(context)[Symbol.asyncIterator]();
    for (;;) {
      const step = iterator.next();
      // A source left behind at its limit may still fail later: nobody listens then.
      step.catch(() => undefined);
      const next = await Promise.race([step, stopped]);
      if (next === TIMED_OUT) {
        if (!outer.aborted()) {
          const seconds = source.timeLimitMs / 1000;
          complain({
            source: source.id,
            kind: "timed-out",
            message: `${source.title}: no answer within ${seconds} s.`,
          });
        }
        return;
      }
      if (next.done) return;
      if (next.value.kind === "server") take(next.value.finding);
      else complain(next.value.problem);
    }
  } catch (error) {
    const code = (error as { readonly code?: unknown }).code;
    const why = typeof code === "string" ? ` (${code})` : "";
    complain({ source: source.id, kind: "failed", message: `${source.title} could not be looked through${why}.` });
  } finally {
    clearTimeout(timer);
    leave();
  }
}

/** Builds `once`: work shared by the sources of one scan. */
function sharedWork(): Pick<DetectContext, "once"> {
  const works = new Map<string, Promise<unknown>>();
  return {
    once<T>(key: string, work: () => Promise<T>): Promise<T> {
      const known = works.get(key) as Promise<T> | undefined;
      if (known) return known;
      const started = work();
      works.set(key, started);
      return started;
    },
  };
}

/** Ways in from every part; where an installation knows its own, those of its bare socket are needless. */
function known({ server, parts }: { readonly server: Server; readonly parts: readonly Finding[] }): KnownServer {
  const first = parts[0];
  const explained = first !== undefined && first.accesses.length > 0 && isExplaining(first.server.origin);
  const counting = explained ? parts.filter((part) => part === first || kindOf(part.server.origin) !== "bare") : parts;
  return { server, accesses: counting.flatMap((part) => part.accesses) };
}

/** Finds servers by its sources, folds them to one card a server, and keeps them in the registry. */
export function createScan({ registry, sources, probe, osUser, localhost }: Options): ScanUseCase {
  let last: Scan | null = null;

  async function run({ emit, signal }: JobContext<ScanEvent>): Promise<Scan> {
    const started = performance.now();
    const findings: Finding[] = [];
    const problems: SourceProblem[] = [];
    const told = new Map<string, string>();
    const madeOf = new Map<string, readonly Finding[]>();
    let conflictsTold = "";
    let done = 0;
    let impatient = false;
    let explaining = sources.filter((source) => source.explains).length;
    const tell = (event: Partial<ScanEvent> & Pick<ScanEvent, "kind">): void =>
      emit({ server: null, problem: null, conflict: null, done, total: sources.length, ...event });

    const fold = (): readonly KnownServer[] => mergeServers(findings).map(known);
    const update = (): void => {
      // A bare port could still turn out to be a cluster's: told only when those who can tell have spoken.
      if (explaining > 0 && !impatient) {
        const explained = mergeServers(findings.filter(({ server }) => isExplaining(server.origin)));
        for (const one of explained) tellMerged(one);
        return;
      }
      for (const one of mergeServers(findings)) tellMerged(one);
    };
    const tellMerged = (merged: MergedServer<Finding>): void => {
      const { server, parts } = merged;
      const before = madeOf.get(server.id);
      // The same findings make the same card: with hundreds of them, most need no second look.
      if (before?.length === parts.length && parts.every((part, index) => part === before[index])) return;
      madeOf.set(server.id, parts);
      tellServer(known(merged));
    };
    const tellServer = (one: KnownServer): void => {
      const text = JSON.stringify(one.server);
      if (told.get(one.server.id) === text) return;
      told.set(one.server.id, text);
      registry.put(one);
      tell({ kind: "server", server: one.server });
    };
    const tellConflicts = (conflicts: readonly PortConflict[]): void => {
      const text = JSON.stringify(conflicts);
      if (text === conflictsTold) return;
      conflictsTold = text;
      for (const conflict of conflicts) tell({ kind: "conflict", conflict });
    };

    // One source that hangs must not hold back what the others found.
    const patience = setTimeout(() => {
      impatient = true;
      update();
    }, PATIENCE_MS);
    const shared = sharedWork();
    const stop = stopOf(signal);
    await Promise.all(
      sources.map(async (source) => {
        await readSource(
          source,
          shared,
          stop,
          (finding) => {
            findings.push(finding);
            update();
          },
          (problem) => {
            problems.push(problem);
            tell({ kind: "problem", problem });
          },
        );
        done++;
        // Only the last of those who can explain lets more be told than was told with each finding.
        const waitedFor = source.explains && --explaining === 0;
        if (waitedFor && !signal.aborted) update();
        tell({ kind: "source-done" });
      }),
    );

    clearTimeout(patience);
    stop.over();
    const folded = fold();
    const found = folded.map(({ server }) => server);
    // What localhost is decides only who of several answers; asking for it takes Node some milliseconds.
    const conflicts = findConflicts(found).length > 0 ? findConflicts(found, await localhost()) : [];
    const nameOf = (id: string): string => folded.find(({ server }) => server.id === id)?.server.label ?? id;
    const all = folded.map((one) => ({ ...one, server: withPortTaken(one.server, conflicts, nameOf) }));
    const servers = all.map(({ server }) => server).sort(byReadiness);
    if (!signal.aborted) {
      for (const one of all) registry.put(one);
      forgetOthers(servers);
      tellConflicts(conflicts);
    }
    const scan = { durationMs: Math.round(performance.now() - started), servers, conflicts, problems };
    if (!signal.aborted) last = scan;
    return scan;
  }

  /** A finished scan replaces the one before; what the person named stays. */
  function forgetOthers(servers: readonly Server[]): void {
    for (const { server } of registry.all()) {
      const still = server.origin === "custom" || servers.some((one) => one.id === server.id);
      if (!still) registry.remove(server.id);
    }
  }

  return { run, last: () => last, somewhereElse: (text) => somewhereElse(text, { registry, probe, osUser }) };
}
