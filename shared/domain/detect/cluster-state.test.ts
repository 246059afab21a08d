import { describe, expect, it } from "vitest";
import { type ClusterEvidence, judgeCluster, type ProcessState } from "./cluster-state";
import type { PostmasterPid } from "./postmaster-pid";

const file: PostmasterPid = {
  pid: 4711,
  standalone: false,
  dataDirectory: "/d",
  startTime: 1,
  port: 5432,
  socketDirectory: "/s",
  listenAddress: "localhost",
  status: "ready",
};

const judge = (more: Partial<ClusterEvidence>) =>
  judgeCluster({
    version: "15",
    programs: true,
    dataDirectory: "/d",
    data: "present",
    whenMissing: "broken",
    dataVersion: "15",
    pid: { kind: "none" },
    answers: false,
    start: "auto",
    ...more,
  });

const withPid = (process: ProcessState, more: Partial<PostmasterPid> = {}): Partial<ClusterEvidence> => ({
  pid: { kind: "read", process, file: { ...file, ...more } },
});

describe("judgeCluster", () => {
  it("names the states of a live postmaster", () => {
    expect(judge(withPid("postgres"))).toMatchObject({ state: "running", reason: null });
    expect(judge(withPid("postgres", { status: "starting" })).state).toBe("starting");
    expect(judge(withPid("postgres", { status: null, port: null })).state).toBe("starting");
    expect(judge(withPid("postgres", { status: "stopping" }))).toMatchObject({ state: "stopped", startable: false });
    expect(judge(withPid("postgres", { status: "standby" })).reason).toContain("standby");
  });

  it("calls a cluster without pid file stopped and startable, unless it is disabled", () => {
    expect(judge({})).toEqual({ state: "stopped", reason: "Enabled, not started.", startable: true, cause: null });
    expect(judge({ start: "manual" }).startable).toBe(true);
    expect(judge({ start: "disabled" })).toMatchObject({ state: "stopped", startable: false });
  });

  it("keeps missing, not a folder, a loop, closed, empty and foreign data directories apart", () => {
    expect(judge({ data: "missing" })).toMatchObject({ state: "broken", startable: false });
    expect(judge({ data: "not-a-folder" }).reason).toContain("not a folder");
    expect(judge({ data: "symlink-loop" }).reason).toContain("leads back to itself");
    expect(judge({ data: "denied", dataVersion: null }).state).toBe("no-permission");
    expect(judge({ data: "empty", dataVersion: "" }).state).toBe("uninitialised");
    expect(judge({ dataVersion: "" }).reason).toContain("PG_VERSION");
  });

  it("names both versions when the data was made by another one", () => {
    const judged = judge({ dataVersion: "14" });
    expect(judged).toMatchObject({ state: "broken", startable: false });
    expect(judged.reason).toMatch(/14.*15/);
  });

  it("does not take closed contents for a broken cluster", () => {
    expect(judge({ dataVersion: null, pid: { kind: "denied" } })).toMatchObject({ state: "stopped", startable: true });
    expect(judge({ dataVersion: null, pid: { kind: "denied" }, answers: true })).toMatchObject({ state: "running" });
  });

  it("calls a stale pid file broken, says whose number it holds, and lets a start mend it", () => {
    expect(judge(withPid("dead"))).toMatchObject({ state: "broken", startable: true });
    expect(judge(withPid("dead")).reason).toContain("4711");
    expect(judge(withPid("other")).reason).toContain("another program");
  });

  it("calls an unreadable pid file and missing programs broken, with nothing to start", () => {
    const unreadable = judge({ pid: { kind: "unreadable", why: "it is empty." } });
    expect(unreadable).toMatchObject({ state: "broken", startable: false });
    expect(unreadable.reason).toContain("it is empty");
    expect(judge({ programs: false })).toMatchObject({ state: "broken", startable: false });
  });
});
