import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "./explain";
import { scenarios } from "./scenarios";

const codes = (text: string) =>
  explain(text).warnings.map(({ code, parameter }) => (parameter === null ? code : `${code} ${parameter}`));

describe("explain", () => {
  it("tells what each reader makes of a string", () => {
    const told = explain(
      "postgresql://u:p%40ss@db.example.com/d?connect_timeout=10&application_name=app&sslmode=require",
      {},
      "shown",
    );
    expect(told).toMatchObject({
      ok: true,
      error: null,
      target: {
        hosts: [{ host: "db.example.com", port: 5432 }],
        user: "u",
        password: "p@ss",
        database: "d",
        sslmode: "require",
        parameters: { connect_timeout: "10", application_name: "app" },
      },
      drivers: {
        libpq: {
          ok: true,
          error: null,
          parameters: {
            user: "u",
            password: "p@ss",
            host: "db.example.com",
            dbname: "d",
            connect_timeout: "10",
            application_name: "app",
            sslmode: "require",
          },
        },
        asyncpg: {
          ok: true,
          hosts: [["db.example.com", 5432]],
          user: "u",
          password: "p@ss",
          database: "d",
          sslmode: "require",
          serverSettings: { connect_timeout: "10", application_name: "app" },
        },
      },
      formatted: "postgresql://u:p%40ss@db.example.com:5432/d?sslmode=require&connect_timeout=10&application_name=app",
    });
    expect(told.drivers["node-postgres"].ok).toBe(true);
    expect(told.drivers["node-postgres"].differences.join(" ")).toContain("connect_timeout");
  });

  it("hides secrets unless they are asked for", () => {
    const hidden = explain("postgresql://u:SECRET@h/d?sslpassword=SECRET2&api_token=SECRET3");
    expect(JSON.stringify(hidden)).not.toContain("SECRET");
    expect(hidden.target?.password).toBe("***");
    expect(hidden.drivers.libpq.ok).toBe(false);
    expect(hidden.formatted).toBe("postgresql://u:***@h:5432/d?sslpassword=***&api_token=***");
  });

  it("never shows a password it was not asked for, however the password is written", () => {
    const password = fc
      .array(fc.constantFrom(..."@/?#%:&=[] x"), { maxLength: 8 })
      .map((signs) => `SECRET${signs.join("")}SECRET`);
    fc.assert(
      fc.property(password, (secret) => {
        expect(JSON.stringify(explain(`postgresql://u:${secret}@db.example.com:5432/d`))).not.toContain("SECRET");
      }),
      { numRuns: 2000 },
    );
  });

  it("gives the error, and still each reader's own answer, for a string it cannot read", () => {
    const told = explain("postgresql://u@h:70000/d");
    expect(told).toMatchObject({
      ok: false,
      target: null,
      formatted: null,
      error: { id: "read.invalid", position: 17 },
    });
    // Both parsers leave the range of a port to the connection.
    expect(told.drivers.libpq.ok).toBe(true);
    expect(told.drivers.asyncpg.ok).toBe(true);
    expect(told.drivers["node-postgres"].ok).toBe(false);
  });

  it.each([
    ["postgresql://u@h:5432/d?pool=5", { libpq: false, asyncpg: true, "node-postgres": true }],
    ["host=h user=u", { libpq: true, asyncpg: false, "node-postgres": false }],
    ["postgresql://u@a:1,b:2/d", { libpq: true, asyncpg: true, "node-postgres": false }],
    ["postgresql://u@a:1,[::1]:2/d", { libpq: true, asyncpg: false, "node-postgres": false }],
    ["postgresql://u:p#x@h/d", { libpq: true, asyncpg: false, "node-postgres": false }],
    ["postgresql://u@h/d?sslmode=bogus", { libpq: true, asyncpg: false, "node-postgres": true }],
    ["mysql://u@h/d", { libpq: false, asyncpg: false, "node-postgres": false }],
  ])("%s is taken by %j", (text, expected) => {
    const { drivers } = explain(text);
    expect({
      libpq: drivers.libpq.ok,
      asyncpg: drivers.asyncpg.ok,
      "node-postgres": drivers["node-postgres"].ok,
    }).toEqual(expected);
  });

  it("counts PG* variables only when they are handed in, and only where the string says nothing", () => {
    const environment = {
      PGHOST: "envhost",
      PGPORT: "6000",
      PGUSER: "envuser",
      PGPASSWORD: "x",
      PGDATABASE: "envdb",
      PGSSLMODE: "require",
    };
    expect(explain("postgresql:///d").target).toMatchObject({ hosts: [], user: null });
    const told = explain("postgresql://u@/d", environment);
    expect(told.target).toMatchObject({
      hosts: [{ host: "envhost", port: 6000 }],
      user: "u",
      password: "***",
      database: "d",
      sslmode: "require",
    });
    expect(told.drivers.asyncpg).toMatchObject({
      hosts: [["envhost", 6000]],
      user: "u",
      database: "d",
      sslmode: "require",
    });
  });

  it("never throws, whatever the text", () => {
    const signs = fc
      .array(fc.constantFrom(..."://@:/?#[]%&=, '\\\0é😀1a"), { maxLength: 40 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(
        fc.oneof(
          signs,
          signs.map((rest) => `postgresql://${rest}`),
          signs.map((rest) => `user=${rest}`),
        ),
        (text) => {
          explain(text);
          explain(text, { PGPORT: text, PGHOST: text, PGSSLMODE: text });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each(["@", ",", "?a=", "&a=b", "+", "[", "%", " ", "\n"])(
    "explains two hundred kilobytes of %j",
    (unit) => {
      explain(`postgresql://u:${unit.repeat(Math.ceil(200_000 / unit.length))}`);
    },
    60_000,
  );
});

describe("warnings", () => {
  it.each([
    ["postgresql://u:p@127.0.0.1:5432/d", []],
    [
      "postgresql://u:p@127.0.0.1:5432/d?connect_timeout=5&channel_binding=require",
      ["database.parameter-unknown connect_timeout", "database.parameter-unknown channel_binding"],
    ],
    ["postgresql://u:p@127.0.0.1:5432/d?application_name=a&options=b", []],
    ["postgresql://u:p@127.0.0.1:5432/d?pool_timeout=5", ["database.parameter-unknown pool_timeout"]],
    [
      "postgresql://u:p@127.0.0.1:5432/d?search_path=a&app.tenant=1",
      ["libpq-refuses-parameter search_path", "libpq-refuses-parameter app.tenant"],
    ],
    ["postgresql://u:p@127.0.0.1:5432/d?target_session_attrs=any", ["asyncpg-version target_session_attrs"]],
    ["postgresql://u:p@localhost:5432/d", ["localhost-two-addresses"]],
    ["postgresql://u:p@127.0.0.1/d", ["no-port"]],
    ["postgresql://u:p@/d", ["no-host"]],
    ["postgresql://127.0.0.1:5432", ["no-user", "no-database"]],
    ["postgresql://u:@127.0.0.1:5432/d", ["empty-password password"]],
    ["postgresql://postgres:p@127.0.0.1:5432/d", ["superuser-name"]],
    ["postgresql://u:p@127.0.0.1:6432/d", ["pooler-port"]],
    ["postgresql://u:p@db.example.com:5432/d", ["remote-without-tls sslmode"]],
    ["postgresql://u:p@db.example.com:5432/d?sslmode=disable", ["remote-without-tls sslmode"]],
    ["postgresql://u:p@db:5432/d", []],
    ["postgresql://u:p@192.168.1.9:5432/d", []],
    ["postgresql://u:p@db.example.com:5432/d?sslmode=require", ["encrypt.unverified sslmode"]],
    ["postgresql://u:p@db.example.com:5432/d?sslmode=verify-full", ["encrypt.root-file-missing sslrootcert"]],
    [
      "postgresql://u:p@db.example.com:5432/d?sslmode=verify-full&sslrootcert=system",
      ["encrypt.root-file-missing sslrootcert"],
    ],
    ["postgresql://u:p@db.example.com:5432/d?sslmode=verify-full&sslrootcert=/ca.pem", []],
    ["postgresql://u:p@%2Ftmp:5432/d?sslmode=require", ["sslmode-on-socket sslmode"]],
    ["postgresql://u:p%40@127.0.0.1:5432/d", ["encoded-characters"]],
    ["postgresql://u:p@127.0.0.1:5432/d?user=v", ["given-twice user"]],
    ["postgresql://u:p@127.0.0.1:5432/d?application_name=a+b", ["plus-in-query application_name"]],
    ["postgresql://u:p#x@127.0.0.1:5432/d", ["read.unencoded-credentials"]],
    ["postgresql://u:p@a:1,[::1]:2/d", ["asyncpg-refuses"]],
    ["user=u password=p host=127.0.0.1 port=5432 dbname=d", ["keyword-form"]],
  ])("%s", (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it("none of the starting points has a warning that a first attempt would trip over", () => {
    for (const { apply } of scenarios) {
      expect(codes(apply("my app")).filter((code) => /unencoded|parameter-unknown|refuses|keyword/.test(code))).toEqual(
        [],
      );
    }
  });
});
