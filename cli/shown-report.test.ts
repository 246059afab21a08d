import { describe, expect, it } from "vitest";
import type { DiagnoseReport, Remedy } from "../shared/domain/diagnosis";
import { shownReport } from "./shown-report";

const remedy = (id: string, kind: Remedy["kind"]): Remedy => ({
  ...{ id, kind, title: id, commands: [], sql: [], needs: "nothing" },
});
const cause = (id: string, remedies: readonly Remedy[]) =>
  ({
    id,
    confidence: "likely",
    ...{ title: "", explanation: "", sqlstate: null, errno: null, asyncpgException: null },
    remedies,
  }) as const;

const report: DiagnoseReport = {
  ok: false,
  target: { hosts: [], user: "u", password: "***", database: "d", sslmode: null, parameters: {} },
  rungs: [],
  diagnosis: cause("encrypt.required", [remedy("sslmode-require", "edit"), remedy("ask", "copy")]),
  alternatives: [cause("reach.wrong-port", [remedy("use-port", "edit")])],
  warnings: [],
  durationMs: 1,
};
const edits = {
  "sslmode-require": "postgresql://u:s3cret@h/d?sslmode=require",
  "use-port": "postgresql://u:s3cret@h:6543/d",
};
const commands = (shown: DiagnoseReport): readonly (readonly string[])[] =>
  [shown.diagnosis, ...shown.alternatives].flatMap((one) => one?.remedies ?? []).map((one) => one.commands);

describe("a report on a terminal", () => {
  it("says which string an edit leads to, without its password", () => {
    const shown = shownReport({ report, edits }, { showSecrets: false, password: "s3cret" });
    expect(commands(shown)).toEqual([["postgresql://u:***@h/d?sslmode=require"], [], ["postgresql://u:***@h:6543/d"]]);
    expect(shown.target?.password).toBe("***");
  });

  it("shows passwords where they were asked for", () => {
    const shown = shownReport({ report, edits }, { showSecrets: true, password: "s3cret" });
    expect(commands(shown)[0]).toEqual(["postgresql://u:s3cret@h/d?sslmode=require"]);
    expect(shown.target?.password).toBe("s3cret");
  });
});
