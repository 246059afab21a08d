import { describe, expect, it } from "vitest";
import { undoSteps } from "./database-undo";

const names = { database: "shop", role: "owner", lends: false };
const sql = (...input: Parameters<typeof undoSteps>) => undoSteps(...input).map((step) => step.sql);

describe("undoSteps", () => {
  it("takes back in the reverse order", () => {
    const made = [
      { kind: "role", oid: "1" },
      { kind: "database", oid: "2" },
    ] as const;
    expect(sql(made, names)).toEqual(['DROP DATABASE "shop";', 'DROP ROLE "owner";']);
  });

  it("lends the role again to an administrator who could not drop its database otherwise", () => {
    expect(sql([{ kind: "database", oid: "2" }], { ...names, lends: true })).toEqual([
      'GRANT "owner" TO CURRENT_USER;',
      'DROP DATABASE "shop";',
      'REVOKE "owner" FROM CURRENT_USER;',
    ]);
  });

  it("touches nothing that was not made", () => {
    expect(sql([], { ...names, lends: true })).toEqual([]);
    expect(sql([{ kind: "connect-grant", oid: null }], names)).toEqual([
      'REVOKE CONNECT ON DATABASE "shop" FROM "owner";',
    ]);
  });
});
