import { describe, expect, it } from "vitest";
import type { DiagnoseReport, Rung, RungId } from "./diagnosis";
import type { PythonAnswer, PythonOutcome } from "./python-answer";
import { compareWithPython } from "./python-compare";

const DSN = "postgresql://app@localhost:5432/shop";

const rung = (id: RungId, evidence: Rung["evidence"], status: Rung["status"] = "pass"): Rung => ({
  id,
  status,
  startMs: 0,
  durationMs: 1,
  summary: "",
  evidence,
});

const RUNGS: readonly Rung[] = [
  rung("resolve", { host: "localhost" }),
  rung("reach", { attempts: [{ address: "::1", port: 5432, errno: null }] }),
  rung("encrypt", { encrypted: false, protocol: null }),
  rung("authenticate", { user: "app" }),
  rung("database", { database: "shop" }),
  rung("privileges", { version: "PostgreSQL 17.2" }, "warn"),
];

const REPORT: DiagnoseReport = {
  ok: true,
  target: null,
  rungs: RUNGS,
  diagnosis: null,
  alternatives: [],
  warnings: [],
  durationMs: 1,
};

const refusedBy = (sqlstate: string | null): DiagnoseReport => ({
  ...REPORT,
  ok: false,
  rungs: RUNGS.slice(0, 3),
  diagnosis: {
    id: "authenticate.password",
    confidence: "certain",
    title: "The password is wrong",
    explanation: "",
    sqlstate,
    errno: null,
    asyncpgException: null,
    remedies: [],
  },
});

const answer = (outcome: PythonOutcome): PythonAnswer => ({
  interpreter: "/p/.venv/bin/python",
  python: "3.11.2",
  asyncpg: "0.31.0",
  durationMs: 1,
  outcome,
});

const CONNECTED: PythonOutcome = {
  kind: "connected",
  server: "17.2",
  user: "app",
  database: "shop",
  address: "localhost:5432",
  tls: null,
};

const refused = (sqlstate: string | null): PythonOutcome => ({
  kind: "refused",
  exception: "asyncpg.exceptions.SomeError",
  sqlstate,
  errno: null,
  message: "no",
});

const differing = (outcome: PythonOutcome, report: DiagnoseReport | null): readonly string[] =>
  compareWithPython(answer(outcome), DSN, report)
    .filter(({ differs }) => differs)
    .map(({ label }) => label);

describe("our answer beside the project's Python's", () => {
  it("has nothing that differs where both connect to the same", () => {
    expect(compareWithPython(answer(CONNECTED), DSN, REPORT)).toEqual([
      { label: "Answer", ours: "Connects", theirs: "Connects", differs: false },
      { label: "Address", ours: "localhost:5432", theirs: "localhost:5432", differs: false },
      { label: "User", ours: "app", theirs: "app", differs: false },
      { label: "Database", ours: "shop", theirs: "shop", differs: false },
      { label: "Encryption", ours: "not encrypted", theirs: "not encrypted", differs: false },
      { label: "Server", ours: "17.2", theirs: "17.2", differs: false },
    ]);
  });

  it("differs by name where they came to different places", () => {
    expect(differing({ ...CONNECTED, tls: "TLSv1.3", server: "15.1", user: "other" }, REPORT)).toEqual([
      "User",
      "Encryption",
      "Server",
    ]);
  });

  it("differs where one connects and the other is refused: connect_timeout, which only asyncpg sends on", () => {
    expect(differing(refused("42704"), REPORT)).toEqual(["Answer"]);
    expect(differing(CONNECTED, refusedBy("28P01"))).toEqual(["Answer"]);
  });

  it("differs where the server gave other reasons, not where it gave one in other words", () => {
    expect(differing(refused("28P01"), refusedBy("28P01"))).toEqual([]);
    expect(differing(refused("28000"), refusedBy("28P01"))).toEqual(["Answer"]);
    expect(differing(refused(null), refusedBy("28P01"))).toEqual([]);
  });

  it("counts a role that lacks privileges as connected, as the driver does", () => {
    const lacking = { ...refusedBy("42501"), rungs: RUNGS };
    expect(differing(CONNECTED, lacking)).toEqual([]);
  });

  it("is what the string says as long as nothing was tested", () => {
    const rows = compareWithPython(answer(CONNECTED), DSN, null);
    expect(rows.map(({ ours }) => ours)).toEqual(["Not tested yet", "localhost:5432", "app", "shop", null, null]);
    expect(rows.some(({ differs }) => differs)).toBe(false);
    const [first] = compareWithPython(answer(CONNECTED), "mysql://h/d", null);
    expect(first).toMatchObject({ differs: true, ours: expect.stringMatching(/^asyncpg refuses the string/) });
  });
});
