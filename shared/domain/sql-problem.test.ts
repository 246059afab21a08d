import { describe, expect, it } from "vitest";
import { sessionLost, sqlProblem } from "./sql-problem";

const failure = (sqlstate: string | null, errno: string | null = null) => ({ sqlstate, errno, message: "egal was" });

describe("sqlProblem", () => {
  it.each([
    ["28P01", "sign-in-refused", "password"],
    ["28000", "sign-in-refused", "user"],
    ["3D000", "not-found", "database"],
    ["42P04", "exists", "database"],
    ["42710", "exists", "role"],
    ["42501", "no-permission", null],
    ["53300", "unreachable", null],
    ["57014", "cancelled", null],
    ["57P01", "unreachable", null],
    ["XX000", "sql-failed", null],
  ])("reads SQLSTATE %s as %s, whatever language the server speaks", (sqlstate, kind, field) => {
    expect(sqlProblem(failure(sqlstate), "do it")).toMatchObject({ kind, field, code: sqlstate });
  });

  it.each([
    ["ECONNREFUSED", "unreachable"],
    ["ENOTFOUND", "unreachable"],
    ["EPERM", "no-permission"],
    ["ECONNRESET", "unreachable"],
    ["ENOPASSWORD", "sign-in-refused"],
    ["EAUTHMETHOD", "sign-in-refused"],
  ])("reads errno %s as %s", (errno, kind) => {
    expect(sqlProblem(failure(null, errno), "do it")).toMatchObject({ kind, code: errno });
  });
});

describe("sessionLost", () => {
  it("tells a lost session from a refused statement", () => {
    expect(sessionLost(failure("57P01"))).toBe(true);
    expect(sessionLost(failure(null, "ECONNRESET"))).toBe(true);
    expect(sessionLost(failure("42501"))).toBe(false);
  });
});
