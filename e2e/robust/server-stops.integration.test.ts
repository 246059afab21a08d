import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RUNG_IDS, type RungId } from "../../shared/domain/diagnosis";
import { freePort } from "../servers/free-port";
import { startPostgres, type TestServer } from "../servers/postgres";
import { endStubs, saying } from "../servers/stub";
import { climb, climber, untruths } from "./climb";
import { startCountingProxy } from "./counting-proxy";
import { held, nothingMoreThan } from "./left-over";

let server: TestServer;
const dsn = (password = "right", mode = "prefer", port = server.port): string =>
  `postgresql://app:${password}@127.0.0.1:${port}/app?sslmode=${mode}`;

beforeAll(async () => {
  // A password's 4,096 rounds would take longer than all else a rapid re-run does, and are nothing of what it is about.
  server = await startPostgres({ version: 18, config: { log_connections: "on", scram_iterations: "1" } });
  await server.sql("postgres", "CREATE ROLE app LOGIN PASSWORD 'right'");
  await server.sql("postgres", "CREATE DATABASE app OWNER app");
});
afterAll(() => server?.remove());

/** Ends the server and its sessions at once, by its process id; settles when it is gone. */
async function killServer(): Promise<void> {
  const pid = server.pid();
  if (pid !== null) process.kill(pid, "SIGQUIT");
  await expect.poll(() => server.pid(), { interval: 10 }).toBeNull();
}

/** The rungs at whose end somebody is still to be asked. */
const BEFORE_THE_END = RUNG_IDS.slice(0, 7);

describe("a server that is killed in the middle", () => {
  it.each(BEFORE_THE_END)("after the rung %s: the report says what was, and nothing stays open", async (killedAt) => {
    await server.start();
    const before = held();
    let killed: Promise<void> | null = null;
    const seen: RungId[] = [];
    const report = await climb(climber(), dsn("right", "disable"), {
      onRung: (id) => {
        seen.push(id);
        if (id === killedAt) killed ??= killServer();
      },
    });
    await killed;
    expect(untruths(report)).toEqual([]);
    expect(seen).toContain(killedAt);
    // A session that was answered before the end came is a success; a refusal is one of a server that goes or is gone.
    if (!report.ok) {
      expect(report.diagnosis?.id).toMatch(
        /^(reach\.(refused|wrong-port)|speak\.(closed|silent)|server\.|\w+\.failed)/,
      );
    }
    await nothingMoreThan(before);
    const next = await climb(climber(), dsn());
    expect(next).toMatchObject({ ok: false, diagnosis: { id: expect.stringMatching(/^reach\./) } });
  });
});

describe("how often it signs in", () => {
  /** Lines that PostgreSQL writes for somebody who signs in as the role. */
  const signIns = (): { readonly accepted: number; readonly refused: number } => {
    const log = readFileSync(server.logFile, "utf8");
    const count = (pattern: RegExp): number => log.match(pattern)?.length ?? 0;
    return {
      accepted: count(/connection authorized: user=app /g),
      refused: count(/FATAL: {2}password authentication failed for user "app"/g),
    };
  };

  it.each(["disable", "allow", "prefer"])("once with sslmode=%s, right or wrong", async (mode) => {
    await server.start();
    const way = await startCountingProxy(server.port);
    const start = signIns();
    expect((await climb(climber(), dsn("right", mode, way.port))).ok).toBe(true);
    const good = signIns();
    expect(good.accepted - start.accepted).toBe(1);
    expect(way.count()).toBe(1);
    expect((await climb(climber(), dsn("wrong", mode, way.port))).diagnosis?.id).toBe("authenticate.password-rejected");
    const bad = signIns();
    expect(bad.refused - good.refused).toBe(1);
    expect(bad.accepted).toBe(good.accepted);
    await endStubs();
  });
});

describe("rapid re-runs", () => {
  const RUNS = 10_000;

  /** Numbers from 0 to 1, the same ones every time: a linear congruence modulo 2^32. */
  function numbers(seed: number): () => number {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 4_294_967_296;
    };
  }

  it("10,000, each cancelled at a moment of its own, leave neither a session nor a socket nor a timer", async () => {
    await server.start();
    const next = numbers(20_261_123);
    const diagnose = climber();
    const hangsUp = await saying((socket) => void socket.end());
    const speaksOther = await saying((socket) => void socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
    // Every second one goes all the way; the others end at each of the rungs below.
    const strings = [
      ...[dsn("right", "disable"), dsn(), dsn("right", "allow")],
      `postgresql://app:right@127.0.0.1:${await freePort()}/app`,
      `postgresql://app:right@127.0.0.1:${hangsUp.port}/app`,
      `postgresql://app:right@127.0.0.1:${speaksOther.port}/app?sslmode=disable`,
    ];
    const before = held();
    const faults: string[] = [];
    let stopped = 0;
    let finished = 0;
    let failed = 0;
    const one = async (): Promise<void> => {
      const stop = new AbortController();
      // After so many rungs, and some turns of the event loop: at once, in the middle of one, or never.
      const rungs = Math.floor(next() * 11);
      const turns = Math.floor(next() * 6);
      let heard = 0;
      const cancelLater = async (): Promise<void> => {
        for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        stop.abort();
      };
      if (rungs === 0) void cancelLater();
      const report = await climb(diagnose, strings[Math.floor(next() * strings.length)] ?? "", {
        signal: stop.signal,
        onRung: () => {
          heard += 1;
          if (heard === rungs) void cancelLater();
        },
      });
      const isStopped = !report.ok && report.diagnosis === null;
      if (report.ok) finished += 1;
      else if (isStopped) stopped += 1;
      else failed += 1;
      faults.push(...untruths(report, isStopped));
      if (isStopped && !stop.signal.aborted) faults.push("no verdict, and nobody stopped it");
    };
    const lane = async (): Promise<void> => {
      for (; stopped + finished + failed < RUNS; ) await one();
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
    expect(faults).toEqual([]);
    expect(stopped).toBeGreaterThan(RUNS / 4);
    expect(finished).toBeGreaterThan(RUNS / 20);
    expect(failed).toBeGreaterThan(RUNS / 20);
    await endStubs();
    await nothingMoreThan(before);
    const sessions = "SELECT count(*)::int AS count FROM pg_stat_activity WHERE usename = 'app'";
    await expect.poll(async () => (await server.sql("postgres", sessions))[0]?.count, { timeout: 15_000 }).toBe(0);
  }, 300_000);
});
