import { describe, expect, it } from "vitest";
import type { Diagnosis, Rung } from "../shared/domain/diagnosis";
import { diagnosisLines, ladderLines } from "./ladder";
import type { Paint } from "./terminal";

const plain: Paint = (_, text) => text;
const rung = (id: Rung["id"], startMs: number, durationMs: number, more: Partial<Rung> = {}): Rung => ({
  id,
  status: "pass",
  startMs,
  durationMs,
  summary: `${id} said`,
  evidence: {},
  ...more,
});
const RUNGS = [
  rung("read", 0, 10, { evidence: { hosts: ["a:1", "b:2"] } }),
  rung("resolve", 50, 50, { status: "fail" }),
  rung("reach", 0, 0, { status: "skip", summary: "not reached" }),
];

describe("the ladder in a terminal", () => {
  it("lays the rungs on one time line, each once, with its time and what it said", () => {
    expect(ladderLines(RUNGS, { evidence: false, paint: plain })).toEqual([
      "✓ Read the string         ━━                     10.0 ms  read said",
      "✗ Find the host                     ━━━━━━━━━━   50.0 ms  resolve said",
      "· Reach the port                                          not reached",
      "                          0           100.0 ms",
    ]);
  });

  it("shows what a rung rests on below it where that is asked for", () => {
    const lines = ladderLines(RUNGS, { evidence: true, paint: plain });
    expect(lines.slice(1, 3)).toEqual(["    time: 10.0 ms, from 0.0 ms to 10.0 ms", "    hosts: a:1, b:2"]);
  });

  it("lets nothing a server says steer the terminal", () => {
    const said = "\u001b[2J\u009b31mgone\r\nnext";
    const [line] = ladderLines([rung("speak", 0, 1, { summary: said })], { evidence: false, paint: plain });
    const cause = diagnosisLines({ ...CAUSE, title: said, explanation: said }, plain);
    for (const text of [line, ...cause]) expect(text).not.toMatch(/\p{Cc}/u);
  });
});

const CAUSE: Diagnosis = {
  id: "reach.refused",
  confidence: "certain",
  title: "Nothing listens",
  explanation: "It refuses.",
  sqlstate: null,
  errno: "ECONNREFUSED",
  asyncpgException: null,
  remedies: [
    { id: "list", title: "List what listens", kind: "copy", commands: ["ss -ltn"], sql: [], needs: "nothing" },
  ],
};

it("says a cause with its confidence and id, and each remedy with what it runs", () => {
  expect(diagnosisLines(CAUSE, plain)).toEqual([
    "Nothing listens (certain; reach.refused)",
    "It refuses.",
    "  → List what listens",
    "      ss -ltn",
  ]);
});
