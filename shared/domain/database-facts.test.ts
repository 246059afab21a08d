import { describe, expect, it } from "vitest";
import { judgeFacts, lackedRights, offeredName, type PlanChoice, type PlanFacts } from "./database-facts";

const choice: PlanChoice = { database: "shop", role: "shop", onRole: "create", onDatabase: "create", locale: null };
const database = {
  oid: "1",
  owner: "x",
  allowsConnections: true,
  mayConnect: true,
  schema: { exists: true, mayCreate: true },
};
const role = { oid: "1", canLogin: true, superuser: false, bypassRls: false, lent: false };
const facts: PlanFacts = {
  versionNumber: 150_018,
  standby: false,
  administrator: { user: "postgres", superuser: true, createdb: false, createrole: false },
  role: null,
  database: null,
  template: { encoding: "UTF8", ctype: "C.UTF-8", provider: "c" },
  roles: new Set(["shop", "shop_2"]),
  databases: new Set(["shop"]),
};

describe("judgeFacts", () => {
  it("has nothing against free names on a fit server", () => {
    expect(judgeFacts(choice, facts)).toEqual([]);
  });

  it("offers a free name for what exists", () => {
    const found = judgeFacts(choice, { ...facts, role, database });
    expect(found.map((one) => [one.field, offeredName(one)])).toEqual([
      ["role", "shop_3"],
      ["database", "shop_2"],
    ]);
  });

  it("has nothing against using what exists", () => {
    expect(judgeFacts({ ...choice, onRole: "use", onDatabase: "use" }, { ...facts, role, database })).toEqual([]);
  });

  it.each([
    ["PostgreSQL 12", { versionNumber: 120_022 }, "12"],
    ["a standby", { standby: true }, "standby"],
    ["rights that lack", { administrator: { ...facts.administrator, superuser: false } }, "CREATEDB and CREATEROLE"],
  ])("refuses %s", (_what, more, words) => {
    expect(judgeFacts(choice, { ...facts, ...more })[0]?.message).toContain(words);
  });

  it.each([
    ["a role that may not sign in", { role: { ...role, canLogin: false }, database }, "role"],
    ["a database that takes no connections", { role, database: { ...database, allowsConnections: false } }, "database"],
    [
      "a database without public",
      { role, database: { ...database, schema: { exists: false, mayCreate: false } } },
      "database",
    ],
  ])("refuses to use %s, at its field", (_what, more, field) => {
    const found = judgeFacts({ ...choice, onRole: "use", onDatabase: "use" }, { ...facts, ...more });
    expect(found.map((one) => one.field)).toEqual([field]);
  });
});

describe("lackedRights", () => {
  it("asks nothing of a superuser and both rights of anyone else", () => {
    expect(lackedRights(facts.administrator)).toEqual([]);
    expect(lackedRights({ ...facts.administrator, superuser: false, createdb: true })).toEqual(["CREATEROLE"]);
  });
});
