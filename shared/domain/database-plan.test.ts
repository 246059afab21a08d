import { describe, expect, it } from "vitest";
import type { PlanChoice, PlanFacts } from "./database-facts";
import { createDatabase, databaseSteps, planText } from "./database-plan";

const choice: PlanChoice = { database: "shop", role: "shop", onRole: "create", onDatabase: "create", locale: null };

const facts: PlanFacts = {
  versionNumber: 150_018,
  standby: false,
  administrator: { user: "postgres", superuser: true, createdb: true, createrole: true },
  role: null,
  database: null,
  template: { encoding: "UTF8", ctype: "C.UTF-8", provider: "c" },
  roles: new Set(),
  databases: new Set(),
};

const limited = { ...facts, administrator: { ...facts.administrator, user: "dba", superuser: false } };
const existingRole = { oid: "1", canLogin: true, superuser: false, bypassRls: false, lent: false };
const ids = (wanted: PlanChoice, seen: PlanFacts) =>
  databaseSteps(wanted, seen, "'secret'", "t").map((step) => step.id);

describe("databaseSteps", () => {
  it("makes role and database, shuts others out, signs in and proves", () => {
    const steps = databaseSteps(choice, facts, "'secret'", "t");
    expect(steps.map((step) => step.sql)).toEqual([
      `CREATE ROLE "shop" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '***';`,
      `CREATE DATABASE "shop" OWNER "shop" ENCODING 'UTF8' TEMPLATE template0;`,
      `REVOKE CONNECT ON DATABASE "shop" FROM PUBLIC;`,
      `SELECT version() AS version, extract(epoch FROM pg_postmaster_start_time())::text AS started;`,
      expect.stringContaining("gen_random_uuid()"),
    ]);
  });

  it("runs what it shows, but for the password", () => {
    for (const step of databaseSteps(choice, facts, "'secret'", "t")) {
      expect(`${step.statements.join("; ")};`.replace("'secret'", "'***'")).toBe(step.sql);
    }
  });

  it("never shows the password, in no step and not in the script", () => {
    const steps = databaseSteps(choice, facts, "'secret'", "t");
    expect(planText(steps, choice, "postgres")).not.toContain("secret");
    expect(steps.map((step) => step.sql).join()).not.toContain("secret");
  });

  it("lends the role to an administrator who is no superuser, and gives it back", () => {
    expect(ids(choice, limited)).toEqual([
      "create-role",
      "lend-role",
      "create-database",
      "only-this-role",
      "return-role",
      "sign-in",
      "prove-table",
    ]);
  });

  it("does not lend what the administrator has already, and so does not take it away", () => {
    expect(ids({ ...choice, onRole: "use" }, { ...limited, role: { ...existingRole, lent: true } })).not.toContain(
      "lend-role",
    );
  });

  it("checks an existing role's password before it changes anything", () => {
    expect(ids({ ...choice, onRole: "use" }, { ...facts, role: existingRole })[0]).toBe("check-password");
  });

  it("only signs in and proves when both are there and nothing is lacking", () => {
    const database = {
      oid: "1",
      owner: "shop",
      allowsConnections: true,
      mayConnect: true,
      schema: { exists: true, mayCreate: true },
    };
    const seen = { ...facts, role: existingRole, database };
    expect(ids({ ...choice, onRole: "use", onDatabase: "use" }, seen)).toEqual(["sign-in", "prove-table"]);
  });
});

describe("createDatabase", () => {
  it("takes the chosen locale, from libc also on a cluster made with ICU", () => {
    const wanted = { ...choice, locale: "en_US.UTF-8" };
    expect(createDatabase(wanted, facts)).toContain(" LOCALE 'en_US.UTF-8' TEMPLATE template0");
    const icu = { ...facts, template: { ...facts.template, provider: "i" } };
    expect(createDatabase(wanted, icu)).toContain(" LOCALE_PROVIDER libc LOCALE 'en_US.UTF-8' ");
  });

  it("takes the locale C where the server's own cannot hold UTF8", () => {
    const latin = { ...facts, template: { encoding: "LATIN1", ctype: "de_DE.ISO-8859-1", provider: "c" } };
    expect(createDatabase(choice, latin)).toContain(" LOCALE 'C' ");
    const plain = { ...facts, template: { encoding: "SQL_ASCII", ctype: "C", provider: "c" } };
    expect(createDatabase(choice, plain)).not.toContain("LOCALE");
  });
});
