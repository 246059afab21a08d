import { describe, expect, it } from "vitest";
import { aContainer } from "./container.fixture";
import { readCredentials } from "./credentials";
import { type ContainerEvidence, judgeContainer } from "./judge";

const STARTED = Date.parse("2026-11-23T00:00:00Z");

function judge(changes: Parameters<typeof aContainer>[0], more: Partial<ContainerEvidence> = {}) {
  const container = aContainer({ startedAt: STARTED, ...changes });
  return judgeContainer({
    container,
    engine: "Docker",
    privatePort: 5432,
    endpoints: [{ host: "127.0.0.1", port: 5432 }],
    credentials: readCredentials(container),
    knock: null,
    portHolder: null,
    log: [],
    isInside: false,
    now: STARTED + 3_600_000,
    ...more,
  });
}

describe("the state of a container's PostgreSQL", () => {
  it("is running when it answers, whatever its health check says", () => {
    expect(judge({}, { knock: "answers" })).toMatchObject({ state: "running", reason: null });
    expect(judge({ health: "starting" }, { knock: "answers" }).state).toBe("running");
    const unhealthy = judge({ health: "unhealthy" }, { knock: "answers" });
    expect(unhealthy).toMatchObject({ state: "running", reason: expect.stringContaining("health check") });
  });

  it("is starting in its first minute and while its health check starts, then unreachable", () => {
    expect(judge({}, { knock: "refused", now: STARTED + 5_000 }).state).toBe("starting");
    expect(judge({ health: "starting" }, { knock: "refused" }).state).toBe("starting");
    expect(judge({}, { knock: "refused" })).toMatchObject({ state: "unreachable", cause: "refused" });
    expect(judge({}, { knock: "timed-out" })).toMatchObject({ state: "unreachable", cause: "timed-out" });
  });

  it("says where published ports are when the app is in a container, too", () => {
    const seen = judge({}, { knock: "refused", isInside: true });
    expect(seen).toMatchObject({ state: "unreachable", remedy: expect.stringContaining("host.docker.internal") });
  });

  it("says that a port is not published, and offers to", () => {
    expect(judge({}, { endpoints: [] })).toMatchObject({
      state: "unreachable",
      cause: "port-not-published",
      actions: ["publish"],
    });
  });

  it("tells one that is restarted again and again, also between two tries", () => {
    expect(judge({ status: "restarting", exitCode: 3 })).toMatchObject({ state: "broken", cause: "restarting" });
    const between = { restartCount: 4, restartPolicy: "always", exitCode: 3 };
    expect(judge(between, { knock: "refused", now: STARTED + 500 })).toMatchObject({ cause: "restarting" });
    expect(judge(between, { knock: "answers", now: STARTED + 500 }).state).toBe("running");
  });

  it.each([
    [{ exitCode: 0 }, "stopped", null],
    [{ exitCode: 137 }, "stopped", null],
    [{ exitCode: 1 }, "stopped", null],
    [{ exitCode: 1, finishedAt: STARTED + 900 }, "broken", "failed-start"],
    [{ exitCode: 137, outOfMemory: true }, "stopped", null],
  ])("an ended one, %j, is %s", (changes, state, cause) => {
    const seen = judge({ status: "exited", finishedAt: STARTED + 900_000, ...changes });
    expect(seen).toMatchObject({ state, cause, actions: ["start"] });
  });

  it("names the missing password only when the container was given none", () => {
    const ended = { status: "exited", exitCode: 1, finishedAt: STARTED + 900 };
    expect(judge({ ...ended, environment: new Map() })).toMatchObject({
      reason: expect.stringContaining("POSTGRES_PASSWORD"),
      actions: [],
    });
    expect(judge(ended).reason).not.toContain("POSTGRES_PASSWORD");
  });

  it("tells data of another version from the server's own words", () => {
    const log = [
      "FATAL:  database files are incompatible with server",
      "DETAIL:  The data directory was initialized by PostgreSQL version 15, which is not compatible with this version 16.4 (Debian 16.4-1.pgdg120+2).",
    ];
    expect(judge({ status: "exited", exitCode: 1 }, { log })).toMatchObject({
      state: "broken",
      cause: "incompatible-data",
      reason: "Its data was made by PostgreSQL 15, the image is version 16.",
    });
  });

  it("says who holds the port that its last start failed for", () => {
    const created = { status: "created", error: "port is already allocated", exitCode: 128 };
    const portHolder = { port: 5432, who: "another program", isServer: false };
    expect(judge(created, { portHolder })).toMatchObject({
      state: "stopped",
      cause: "port-taken",
      reason: "Its last start failed: port 5432 is taken by another program.",
    });
    expect(judge(created)).toMatchObject({ cause: "failed-start", actions: ["start"] });
    expect(judge({ status: "created" })).toMatchObject({ state: "stopped", cause: null });
  });

  it("says the same of one that ran before, whatever its exit code and times say", () => {
    const again = { status: "exited", error: "bind: address already in use", exitCode: 128, finishedAt: STARTED + 100 };
    const portHolder = { port: 5432, who: "another program", isServer: false };
    expect(judge(again, { portHolder })).toMatchObject({
      state: "stopped",
      cause: "port-taken",
      reason: "Its last start failed: port 5432 is taken by another program.",
    });
    expect(judge(again)).toMatchObject({
      state: "stopped",
      cause: "failed-start",
      reason: "Its last start failed: bind: address already in use",
    });
  });

  it("says before a start that another program has its port; another server has a card of its own", () => {
    const stopped = { status: "exited", exitCode: 0, finishedAt: STARTED + 900_000 };
    const program = { port: 5432, who: "another program", isServer: false };
    expect(judge(stopped, { portHolder: program })).toMatchObject({
      state: "stopped",
      cause: "port-taken",
      reason: "Port 5432 is taken by another program. It was stopped.",
      actions: ["start", "publish"],
    });
    const server = { port: 5432, who: "the container other", isServer: true };
    expect(judge(stopped, { portHolder: server })).toMatchObject({ cause: null, reason: "It was stopped." });
  });
});
