import { describe, expect, it } from "vitest";
import { type Answer, judgeAnswer } from "./answer";

const TCP = { host: "db.example.com", port: 5432 };
const SOCKET = { socketDirectory: "/tmp", port: 5432 };

describe("judgeAnswer", () => {
  it.each<[Answer["kind"], string, string | null]>([
    ["refused", "unreachable", "refused"],
    ["timeout", "unreachable", "timed-out"],
    ["unreachable", "unreachable", null],
    ["missing", "unreachable", null],
    ["denied", "no-permission", null],
    ["closed", "unreachable", null],
    ["other", "unreachable", null],
  ])("%s is a state of its own, with its reason, evidence and remedy", (kind, state, cause) => {
    for (const endpoint of [TCP, SOCKET]) {
      const judged = judgeAnswer(endpoint, { kind });
      expect(judged).toMatchObject({ state, cause });
      expect(judged.reason).toMatch(/\.$/);
      expect(judged.remedy).toMatch(/\.$/);
      expect(judged.evidence).toHaveLength(1);
    }
  });

  it("has nothing to add where PostgreSQL answers", () => {
    expect(judgeAnswer(TCP, { kind: "postgresql" })).toMatchObject({ state: "running", reason: null, remedy: null });
  });

  it("gives every kind of silence and refusal a reason of its own", () => {
    const kinds = ["refused", "timeout", "unreachable", "missing", "denied", "closed", "other"] as const;
    expect(new Set(kinds.map((kind) => judgeAnswer(TCP, { kind }).reason)).size).toBe(kinds.length);
  });
});
