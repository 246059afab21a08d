import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ReaderId, readerRows } from "./reader-rows";
import type { Surroundings } from "./surroundings";

const FULL =
  "postgresql://ticket_desk:p%40ss%2Fw0rd@db.example.com:5432/ticket_desk?sslmode=verify-full&application_name=ticket_desk";
const READERS: readonly ReaderId[] = ["asyncpg", "libpq", "node-postgres"];

const around = (more: Partial<Surroundings>): Surroundings => ({
  osUser: "me",
  socketDirectory: "/var/run/postgresql",
  environment: {},
  passfile: null,
  services: [],
  ...more,
});

const rows = (text: string, reader: ReaderId = "asyncpg", surroundings: Surroundings | null = null) =>
  Object.fromEntries(readerRows(text, reader, surroundings).map(({ label, values }) => [label, values.join(" | ")]));

describe("what a driver will do", () => {
  it("says address, sign-in, database, encryption and what is sent", () => {
    expect(rows(FULL)).toEqual({
      Address: "db.example.com:5432",
      "Sign in": "ticket_desk, password ••••••••",
      Database: "ticket_desk",
      Encrypt: "always; checks the name and the issuer",
      Sends: "application_name=ticket_desk",
    });
  });

  it("fills the gaps from what surrounds the string", () => {
    const passfile = {
      path: "~/.pgpass",
      entries: [{ line: 3, host: "db", port: "*", database: "*", user: "*" }],
      brokenLines: [],
      ignored: null,
    };
    const surroundings = around({ environment: { PGHOST: "db", PGPORT: "5555" }, passfile });
    expect(rows("postgresql:///shop", "asyncpg", surroundings)).toMatchObject({
      Address: "db:5555",
      "Sign in": "me, password from ~/.pgpass, line 3",
      Database: "shop",
    });
    expect(rows("postgresql:///shop", "libpq", surroundings).Address).toBe("db:5555");
  });

  it("says where each looks when nothing names a host", () => {
    expect(rows("postgresql://").Address).toBe("the socket folders, then localhost:5432");
    expect(rows("postgresql://", "libpq").Address).toBe("/var/run/postgresql:5432");
    expect(rows("postgresql://", "node-postgres").Address).toBe("localhost:5432");
    expect(rows("postgresql://")["Sign in"]).toBe("your account's name, no password");
  });

  it.each([
    ["postgresql://%2Ftmp/d", "Encrypt", "never; a Unix socket stays on this computer"],
    ["postgresql://h/d", "Encrypt", "if the server offers it; checks nothing"],
    ["postgresql://h/d?sslmode=disable", "Encrypt", "never"],
    ["postgresql://[::1]:5433/d", "Address", "[::1]:5433"],
    ["postgresql://a,b,c,d,e,f/d", "Address", "a:5432, b:5432, c:5432, d:5432, and 2 more"],
    ["postgresql://h/d", "Sends", "nothing else"],
    ["postgresql://h/d?work_mem=1&api_token=x", "Sends", "work_mem=1 api_token=••••••••"],
    ["postgresql://u@a:1,b:2/", "Database", "the one named like the user"],
  ])("%s: %s is %j", (text, label, value) => {
    expect(rows(text)[label]).toBe(value);
  });

  it("tells where the others differ", () => {
    expect(rows("postgresql://h/d?target_session_attrs=primary").Older).toContain("0.27 sends target_session_attrs");
    expect(rows("postgresql://h/d?connect_timeout=3", "node-postgres")["Unlike libpq"]).toContain(
      "It ignores connect_timeout.",
    );
    expect(rows("postgresql://h/d?require_auth=none", "libpq").Older).toContain("13, 14, 15 refuses it");
  });

  it("says that a driver refuses the string, and why", () => {
    expect(Object.keys(rows("host=h user=u"))).toEqual(["Refuses"]);
    expect(Object.keys(rows("host=h user=u", "libpq"))).toContain("Address");
    expect(Object.keys(rows("host=h user=u", "node-postgres"))).toEqual(["Refuses"]);
  });

  it("shows nothing of a string whose parts may be pieces of the password", () => {
    expect(Object.keys(rows("postgresql://u:one@two/three@h"))).toEqual(["Unclear"]);
  });

  it("never shows a password", () => {
    const password = fc
      .array(fc.constantFrom(..."@/?#%:&=[] x"), { maxLength: 8 })
      .map((signs) => `SECRET${signs.join("")}SECRET`);
    fc.assert(
      fc.property(password, fc.constantFrom(...READERS), (secret, reader) => {
        const text = `postgresql://u:${secret}@h:5432/d`;
        expect(JSON.stringify(readerRows(text, reader, null))).not.toContain("SECRET");
      }),
      { numRuns: 2000 },
    );
  });
});
