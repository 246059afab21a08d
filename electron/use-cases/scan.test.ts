import { describe, expect, it } from "vitest";
import type { Server } from "../../shared/domain/server";
import type { ScanEvent } from "../../shared/ipc/messages";
import type { Detected, DetectSource, Finding } from "./detection";
import { createScan } from "./scan";
import { createServerRegistry } from "./server-registry";

const V4 = { host: "127.0.0.1", port: 5432 };

function finding(id: string, origin: Server["origin"], more: Partial<Finding & Server> = {}): Detected {
  const { pid = null, uid = null, reaches = [V4], accesses = [], ...server } = more;
  return {
    kind: "server",
    finding: {
      pid,
      uid,
      reaches,
      accesses,
      server: {
        id,
        origin,
        label: id,
        version: null,
        state: "running",
        endpoints: reaches,
        dataDirectory: null,
        reason: null,
        actions: [],
        startCommand: null,
        canStart: false,
        credentialsKnown: false,
        ...server,
      },
    },
  };
}

const source = (id: string, find: DetectSource["find"], more: Partial<DetectSource> = {}): DetectSource => ({
  id,
  title: id,
  timeLimitMs: 10_000,
  explains: false,
  find,
  ...more,
});

const says = (id: string, list: readonly Detected[], more: Partial<DetectSource> = {}): DetectSource =>
  source(
    id,
    async function* () {
      yield* list;
    },
    more,
  );

const silent = (): AsyncIterable<Detected> => ({
  [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
});

async function scanned(sources: readonly DetectSource[], signal = new AbortController().signal) {
  const events: ScanEvent[] = [];
  const registry = createServerRegistry();
  const probe = async () => ({ kind: "postgresql" as const });
  const scan = createScan({ registry, sources, probe, osUser: "me", localhost: async () => ["127.0.0.1"] });
  const outcome = await scan.run({ emit: (event) => void events.push(event), signal });
  return { outcome, events, registry, scan };
}

describe("scan", () => {
  it("tells a bare port only after the sources that may explain it", async () => {
    let explain: () => void = () => undefined;
    const told = new Promise<void>((resolve) => {
      explain = resolve;
    });
    const ports = source("ports", async function* () {
      yield finding("port:127.0.0.1:5432", "listener");
      explain();
    });
    const apt = source(
      "apt",
      async function* () {
        await told;
        yield finding("apt:15/main", "apt");
      },
      { explains: true },
    );
    const { events, outcome } = await scanned([ports, apt]);
    expect(events.filter((event) => event.kind === "server").map((event) => event.server?.id)).toEqual(["apt:15/main"]);
    expect(outcome.servers.map((server) => server.id)).toEqual(["apt:15/main"]);
  });

  it("ends a silent source at its own limit, says so, and keeps what the others found", async () => {
    const { outcome, events } = await scanned([
      source("slow", silent, { timeLimitMs: 1 }),
      says("apt", [finding("apt:15/main", "apt")], { explains: true }),
    ]);
    expect(outcome.problems).toMatchObject([{ source: "slow", kind: "timed-out" }]);
    expect(outcome.servers).toHaveLength(1);
    expect(events.filter((event) => event.kind === "source-done").map(({ done, total }) => [done, total])).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it("does not let one that hangs hold back the bare ports that others found", async () => {
    let told: () => void = () => undefined;
    const heard = new Promise<void>((resolve) => {
      told = resolve;
    });
    const hanging = source(
      "engine",
      async function* () {
        await heard;
        yield* [];
      },
      { explains: true, timeLimitMs: 60_000 },
    );
    const registry = createServerRegistry();
    const scan = createScan({
      registry,
      sources: [hanging, says("ports", [finding("port:127.0.0.1:5432", "listener")])],
      probe: async () => ({ kind: "postgresql" as const }),
      osUser: "me",
      localhost: async () => ["127.0.0.1"],
    });
    // The scan ends because the port's card was told while the other source still hung.
    const emit = (event: ScanEvent): void => {
      if (event.kind === "server") told();
    };
    const outcome = await scan.run({ emit, signal: new AbortController().signal });
    expect(outcome.servers.map((server) => server.id)).toEqual(["port:127.0.0.1:5432"]);
  });

  it("turns a source that throws into one line and goes on", async () => {
    const { outcome } = await scanned([
      source("bad", () => {
        throw Object.assign(new Error("secret text"), { code: "EIO" });
      }),
      says("apt", [finding("apt:15/main", "apt")]),
    ]);
    expect(outcome.problems).toEqual([
      { source: "bad", kind: "failed", message: "bad could not be looked through (EIO)." },
    ]);
    expect(outcome.servers).toHaveLength(1);
  });

  it("ends at once when it is cancelled, and complains about nothing", async () => {
    const cancel = new AbortController();
    const cancelling = source("first", async function* () {
      yield finding("apt:15/main", "apt");
      cancel.abort();
    });
    const { outcome } = await scanned([cancelling, source("slow", silent)], cancel.signal);
    expect(outcome.problems).toEqual([]);
  });

  it("sorts the final list by readiness and tells who wants one port", async () => {
    const stopped = finding("apt:15/a", "apt", { state: "stopped", dataDirectory: "/a" });
    const running = finding("apt:15/b", "apt", { dataDirectory: "/b", pid: 1 });
    const { outcome, events } = await scanned([says("apt", [stopped, running], { explains: true })]);
    expect(outcome.servers.map((server) => server.id)).toEqual(["apt:15/b", "apt:15/a"]);
    expect(outcome.conflicts).toMatchObject([{ port: 5432, answers: "apt:15/b" }]);
    expect(events.some((event) => event.kind === "conflict")).toBe(true);
  });

  it("keeps all ways in of a folded server, the best explanation's first, and drops servers that are gone", async () => {
    const access = (user: string) => ({
      kind: "wire" as const,
      endpoint: V4,
      user,
      password: null,
      sslmode: "prefer" as const,
      parameters: {},
    });
    let gone = false;
    const apt = source("apt", async function* () {
      if (!gone) yield finding("apt:15/main", "apt", { accesses: [access("postgres")] });
    });
    const env = source("env", async function* () {
      if (!gone) yield finding("env:DATABASE_URL", "env", { accesses: [access("app")] });
    });
    const { registry, scan } = await scanned([env, apt]);
    expect(registry.all()).toHaveLength(1);
    expect(registry.get("apt:15/main")?.accesses).toMatchObject([{ user: "postgres" }, { user: "app" }]);
    gone = true;
    await scan.run({ emit: () => undefined, signal: new AbortController().signal });
    expect(registry.all()).toEqual([]);
  });
});

describe("somewhere else", () => {
  it("takes a host, and keeps the server without a way in", async () => {
    const { scan, registry } = await scanned([]);
    const answer = await scan.somewhereElse("db.example.com:5433");
    expect(answer).toMatchObject({
      ok: true,
      value: { server: { id: "custom:db.example.com:5433", state: "running" }, dsn: null },
    });
    expect(registry.get("custom:db.example.com:5433")?.accesses).toEqual([]);
  });

  it("takes a pasted string with its credentials; the server it shows holds no password", async () => {
    const { scan, registry } = await scanned([]);
    const answer = await scan.somewhereElse('DATABASE_URL="postgresql://app:s3cret@db.example.com/shop"');
    expect(answer.ok && answer.value.dsn).toContain("s3cret");
    expect(answer.ok && JSON.stringify(answer.value.server)).not.toContain("s3cret");
    const access = registry.get("custom:db.example.com:5432")?.accesses[0];
    expect(access?.kind === "wire" && access.password?.reveal()).toBe("s3cret");
  });

  it("says what is wrong with what it cannot read", async () => {
    const { scan } = await scanned([]);
    expect(await scan.somewhereElse("  ")).toMatchObject({ ok: false, error: { kind: "invalid-input" } });
    expect(await scan.somewhereElse("db:70000")).toMatchObject({ ok: false, error: { field: "port" } });
    expect(await scan.somewhereElse("postgresql://db:70000/x")).toMatchObject({ ok: false });
  });

  it("takes the first host that answers of a string that names several", async () => {
    const registry = createServerRegistry();
    const scan = createScan({
      registry,
      sources: [],
      probe: async (endpoint) => ({ kind: "host" in endpoint && endpoint.host === "b" ? "postgresql" : "refused" }),
      osUser: "me",
      localhost: async () => ["127.0.0.1"],
    });
    const added = await scan.somewhereElse("postgresql://ada:x@a:5432,b:5433/shop");
    expect(added).toMatchObject({ ok: true, value: { server: { id: "custom:b:5433", state: "running" } } });
    expect(registry.get("custom:b:5433")?.accesses).toMatchObject([
      { endpoint: { host: "b", port: 5433 }, user: "ada" },
    ]);
  });
});
