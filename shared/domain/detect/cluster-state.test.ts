import { describe, expect, it } from "vitest";
import { type ClusterEvidence, type ClusterJudgement, judgeCluster, type ProcessState } from "./cluster-state";
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

const madeBy = (version: string): Partial<ClusterEvidence> => ({ dataVersion: { kind: "read", version } });

const judge = (more: Partial<ClusterEvidence>) =>
  judgeCluster({
    version: "15",
    programs: true,
    dataDirectory: "/d",
    data: "present",
    whenMissing: "broken",
    dataVersion: { kind: "read", version: "15" },
    pid: { kind: "none" },
    answers: "no",
    start: "auto",
    ...more,
  });

const withPid = (process: ProcessState, more: Partial<PostmasterPid> = {}): Partial<ClusterEvidence> => ({
  pid: { kind: "read", process, file: { ...file, ...more } },
});

/** What a card of each state and cause says; a remedy of null stands where starting it is the remedy, or nothing is wrong. */
const CASES: readonly (readonly [string, Partial<ClusterEvidence>, Partial<ClusterJudgement>])[] = [
  ["ready", withPid("postgres"), { state: "running", reason: null, remedy: null }],
  ["a standby", withPid("postgres", { status: "standby" }), { state: "running", remedy: null }],
  ["starting", withPid("postgres", { status: "starting" }), { state: "starting" }],
  ["its pid file half-written", withPid("postgres", { status: null, port: null }), { state: "starting" }],
  ["the status not written yet", withPid("postgres", { status: null }), { state: "starting" }],
  [
    "a release that writes no status",
    { ...withPid("postgres", { status: null }), ...madeBy("9.6"), version: "9.6" },
    { state: "running", remedy: null },
  ],
  [
    "known by its process alone",
    withPid("postgres", { status: null, startTime: null }),
    { state: "running", remedy: null },
  ],
  ["stopping", withPid("postgres", { status: "stopping" }), { state: "stopped", startable: false }],
  [
    "in single-user mode",
    withPid("postgres", { standalone: true, status: null }),
    { state: "stopped", startable: false },
  ],
  ["silent", { ...withPid("postgres"), answers: "silent" }, { state: "unreachable", cause: "timed-out" }],
  [
    "silent, its process without a name",
    { ...withPid("unknown"), answers: "silent" },
    { state: "unreachable", cause: "timed-out" },
  ],
  ["enabled", {}, { state: "stopped", startable: true, cause: null, remedy: null }],
  ["manual", { start: "manual" }, { state: "stopped", startable: true, remedy: null }],
  ["disabled", { start: "disabled" }, { state: "stopped", startable: false }],
  [
    "closed, known to be stopped by the file beside the sockets",
    { data: "denied", dataVersion: { kind: "denied" } },
    { state: "stopped", startable: true, remedy: null },
  ],
  [
    "closed",
    { data: "denied", dataVersion: { kind: "denied" }, pid: { kind: "denied" } },
    { state: "no-permission", startable: false, remedy: null },
  ],
  ["empty", { data: "empty", dataVersion: { kind: "missing" } }, { state: "uninitialised", remedy: null }],
  ["not made yet", { data: "missing", whenMissing: "uninitialised" }, { state: "uninitialised", remedy: null }],
  ["lost", { data: "missing" }, { state: "broken", cause: "missing-data-directory" }],
  ["a file", { data: "not-a-folder" }, { state: "broken", cause: "missing-data-directory" }],
  ["a loop of links", { data: "symlink-loop" }, { state: "broken", cause: "missing-data-directory" }],
  ["without PG_VERSION", { dataVersion: { kind: "missing" } }, { state: "broken", cause: "missing-data-directory" }],
  ["PG_VERSION damaged", { dataVersion: { kind: "unreadable", why: "it is a folder" } }, { state: "broken" }],
  ["data of another version", madeBy("14"), { state: "broken", cause: "incompatible-data", startable: false }],
  ["programs gone", { programs: false }, { state: "broken", startable: false }],
  ["its process dead", withPid("dead"), { state: "broken", cause: "stale-pid-file", startable: true, remedy: null }],
  ["its number another program's", withPid("other"), { state: "broken", cause: "stale-pid-file", startable: true }],
  [
    "an unreadable pid file",
    { pid: { kind: "unreadable", why: "it is empty." } },
    { state: "broken", cause: "stale-pid-file", startable: false },
  ],
];

describe("judgeCluster", () => {
  it.each(CASES)("%s", (_, evidence, expected) => {
    const judged = judge(evidence);
    expect(judged).toMatchObject(expected);
    if (judged.state === "running") return;
    expect(judged.reason).toMatch(/^[A-Z].*\.$|^\/.*\.$|^postmaster\.pid .*\.$/);
    // Whatever is not mended by the card's own action says what to do; no-permission is said with the owner's name.
    const byAction = judged.startable || judged.state === "uninitialised" || judged.state === "no-permission";
    if (!byAction) expect(judged.remedy).toMatch(/\.$/);
  });

  it("names both versions when the data was made by another one, and the number a stale pid file holds", () => {
    expect(judge(madeBy("14")).reason).toMatch(/14.*15/);
    expect(judge(madeBy("14")).remedy).toContain("Do not delete it");
    expect(judge(withPid("dead")).reason).toContain("4711");
    expect(judge(withPid("other")).reason).toContain("another program");
  });

  it("does not take closed contents for a broken cluster", () => {
    const closed = { dataVersion: { kind: "denied" }, pid: { kind: "denied" } } as const;
    expect(judge(closed)).toMatchObject({ state: "stopped", startable: true });
    expect(judge({ ...closed, data: "denied", answers: "yes" })).toMatchObject({ state: "running" });
  });
});
