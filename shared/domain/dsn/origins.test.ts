import { describe, expect, it } from "vitest";
import { originsOf, passfileLineOf } from "./origins";
import type { Surroundings } from "./surroundings";

const NONE: Surroundings = {
  osUser: "me",
  socketDirectory: "/var/run/postgresql",
  environment: {},
  passfile: null,
  services: [],
};

const PASSFILE: Surroundings["passfile"] = {
  path: "/home/me/.pgpass",
  entries: [{ line: 3, host: "db", port: "*", database: "*", user: "*" }],
  brokenLines: [],
  ignored: null,
};

const SERVICE: Surroundings["services"][number] = {
  name: "shop",
  file: "own",
  path: "/home/me/.pg_service.conf",
  line: 1,
  values: { host: "db.service", port: "6000", user: "server", password: "***" },
};

/** "value (place)" by keyword. */
function told(text: string, surroundings: Partial<Surroundings>, driver: "asyncpg" | "libpq" = "asyncpg") {
  const origins = originsOf(text, { ...NONE, ...surroundings }, driver, "typed");
  return Object.fromEntries(origins.map(({ keyword, value, place }) => [keyword, `${value ?? "none"} (${place})`]));
}

describe("where asyncpg's values come from", () => {
  it("is the string for what it says, with the password hidden", () => {
    expect(told("postgresql://app:hunter2@db:5433/shop?sslmode=require&application_name=x", {})).toEqual({
      host: "db (typed)",
      port: "5433 (typed)",
      user: "app (typed)",
      password: "*** (typed)",
      dbname: "shop (typed)",
      sslmode: "require (typed)",
      application_name: "x (typed)",
    });
  });

  it("is a default, in words, for what nothing says", () => {
    expect(told("postgresql://", {})).toMatchObject({
      host: expect.stringMatching(/^\/run\/postgresql,.*localhost \(its usual places, in turn\)$/),
      port: "5432 (asyncpg)",
      user: "me (the system user)",
      password: "none (nowhere)",
      dbname: "me (named like the user)",
      sslmode: "prefer (asyncpg)",
    });
  });

  it("is the variable's name for what the environment says, and the string wins over it", () => {
    const environment = {
      PGHOST: "db.env",
      PGPORT: "7000",
      PGUSER: "env",
      PGPASSWORD: "***",
      PGDATABASE: "envdb",
      PGSSLMODE: "require",
      PGSSLROOTCERT: "/root.crt",
    };
    expect(told("postgresql://app@/", { environment })).toMatchObject({
      host: "db.env (PGHOST)",
      port: "7000 (PGPORT)",
      user: "app (typed)",
      password: "*** (PGPASSWORD)",
      sslmode: "require (PGSSLMODE)",
      sslrootcert: "/root.crt (PGSSLROOTCERT)",
    });
    expect(told("postgresql://app@db", { environment })).toMatchObject({
      host: "db (typed)",
      port: "7000 (PGPORT)",
      dbname: "envdb (PGDATABASE)",
    });
  });

  it("is the service, which wins over the environment and loses to the string", () => {
    const surroundings = { services: [SERVICE], environment: { PGHOST: "db.env", PGUSER: "env", PGDATABASE: "envdb" } };
    expect(told("postgresql://app@?service=shop", surroundings)).toMatchObject({
      host: "db.service (service shop)",
      port: "6000 (service shop)",
      user: "app (typed)",
      password: "*** (service shop)",
      dbname: "envdb (PGDATABASE)",
    });
  });

  it("is the user's name for a database that is an empty name, whatever PGDATABASE says", () => {
    const environment = { PGDATABASE: "envdb" };
    expect(told("postgresql://app@db/", { environment }).dbname).toBe("app (named like the user)");
    expect(told("postgresql://app@db/", { environment }, "libpq").dbname).toBe("envdb (PGDATABASE)");
  });

  it("is not a service of the system's file nor PGSERVICE, which asyncpg does not read; libpq does", () => {
    const system = { services: [{ ...SERVICE, file: "system" as const }] };
    expect(told("postgresql://app@/?service=shop", system).password).toBe("none (nowhere)");
    expect(told("postgresql://app@/?service=shop", system, "libpq").password).toBe("*** (service shop)");
    const named = { services: [SERVICE], environment: { PGSERVICE: "shop" } };
    expect(told("postgresql://app@/", named).password).toBe("none (nowhere)");
    expect(told("postgresql://app@/", named, "libpq").host).toBe("db.service (service shop)");
  });

  it("is the line of the password file, unless the string or PGPASSWORD has one or the file is ignored", () => {
    const dsn = "postgresql://app@db/shop";
    expect(told(dsn, { passfile: PASSFILE }).password).toBe("*** (/home/me/.pgpass, line 3)");
    expect(told(dsn, { passfile: PASSFILE, environment: { PGPASSWORD: "***" } }).password).toBe("*** (PGPASSWORD)");
    expect(told(dsn, { passfile: { ...PASSFILE, ignored: "Its rights are 0644." } }).password).toBe("none (nowhere)");
    expect(told("postgresql://app@other/shop", { passfile: PASSFILE }).password).toBe("none (nowhere)");
    expect(passfileLineOf(dsn, { ...NONE, passfile: PASSFILE }, "asyncpg")).toBe(3);
    expect(passfileLineOf("host=db user=app", { ...NONE, passfile: PASSFILE }, "libpq")).toBe(3);
    expect(passfileLineOf("postgresql://app:x@db/shop", { ...NONE, passfile: PASSFILE }, "libpq")).toBeNull();
  });

  it("is said of a password file that the string names, although nobody looks into it here", () => {
    expect(told("postgresql://app@db/shop?passfile=/x/pass", { passfile: PASSFILE }).password).toBe(
      "none (/x/pass, which is not looked at here)",
    );
  });

  it("is nothing for a string that the driver refuses", () => {
    expect(originsOf("host=db user=app", NONE, "asyncpg")).toEqual([]);
    expect(originsOf("postgresql://db/shop?colour=red", NONE, "libpq")).toEqual([]);
  });
});
