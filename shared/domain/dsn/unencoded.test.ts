import fc from "fast-check";
import pgConnectionString from "pg-connection-string";
import { describe, expect, it } from "vitest";
import { readAsAsyncpg } from "./asyncpg";
import { mendUnencoded, parseConnectionString } from "./parse";
import { readAsLibpq } from "./read-values";

const dsns = (text: string) => mendUnencoded(text).map(({ dsn }) => dsn);

describe("raw signs", () => {
  it.each([
    // One sign each.
    ["postgresql://u:p@w@localhost:5432/d", "p@w"],
    ["postgresql://u:p/w@localhost:5432/d", "p/w"],
    ["postgresql://u:p?w@localhost:5432/d", "p?w"],
    ["postgresql://u:p#w@localhost:5432/d", "p#w"],
    ["postgresql://u:p%w@localhost:5432/d", "p%w"],
    ["postgresql://u:p[w@localhost:5432/d", "p[w"],
    ["postgresql://u:p]w@localhost:5432/d", "p]w"],
    ["postgresql://u:p\tw@localhost:5432/d", "p\tw"],
    // Several, at either end, and text that looks like an address.
    ["postgresql://u:p@/:w#?%@localhost:5432/d", "p@/:w#?%"],
    ["postgresql://u:pass/@localhost:5432/d", "pass/"],
    ["postgresql://u:/pass@localhost:5432/d", "/pass"],
    ["postgresql://u:12/@localhost:5432/d", "12/"],
    ["postgresql://u:@@localhost:5432/d", "@"],
    ["postgresql://u:w@host.example.com/x@localhost:5432/d", "w@host.example.com/x"],
    ["postgresql://u:a@b:5/c@localhost:5432/d", "a@b:5/c"],
    ["postgresql://u:50%&a=b+c d@localhost:5432/d", "50%&a=b+c d"],
    ["postgresql://u:1/x?y=z@localhost:5432/d", "1/x?y=z"],
    ["postgresql://u:p@w?x=1@localhost:5432/d", "p@w?x=1"],
    ["postgresql://u:p@w@localhost:5432/d?application_name=me@home", "p@w"],
    ["postgresql://u:p%40w%@localhost:5432/d", "p%40w%"],
  ])("in the password of %j: the likeliest mend reads %j", (text, password) => {
    const [likeliest] = mendUnencoded(text);
    const read = readAsLibpq(likeliest?.dsn ?? "");
    expect(read.ok && Object.fromEntries(read.value.values)).toMatchObject({
      user: "u",
      password,
      host: "localhost",
      port: "5432",
      dbname: "d",
    });
  });

  it.each([
    ["postgresql://me@corp.com:p@localhost/d", "me@corp.com", "p"],
    ["postgresql://me@corp.com@localhost/d", "me@corp.com", undefined],
    ["postgresql://corp/me:p@localhost/d", "corp/me", "p"],
    ["postgresql://corp\\me:p#1@localhost/d", "corp\\me", "p#1"],
    ["postgresql://a#b:c@d@localhost/d", "a#b", "c@d"],
  ])("in the user name of %j", (text, user, password) => {
    const read = readAsLibpq(dsns(text)[0] ?? "");
    expect(read.ok && [read.value.values.get("user"), read.value.values.get("password")]).toEqual([user, password]);
  });

  it("offers every reading that makes sense, the likeliest first", () => {
    expect(mendUnencoded("postgresql://u:p@ss/w@localhost/d")).toEqual([
      { dsn: "postgresql://u:p%40ss%2Fw@localhost/d", title: "Encode @ and / in the password" },
      { dsn: "postgresql://u:p@ss/w%40localhost%2Fd", title: "Encode @ and / in the database's name" },
    ]);
    expect(mendUnencoded("postgresql://u:p@localhost:5432/a@b")).toEqual([
      { dsn: "postgresql://u:p@localhost:5432/a%40b", title: "Encode @ in the database's name" },
      { dsn: "postgresql://u:p%40localhost%3A5432%2Fa@b", title: "Encode @ and / in the password" },
    ]);
    expect(dsns("postgresql://u:p@1%41@localhost/d")).toEqual([
      "postgresql://u:p%401%2541@localhost/d",
      "postgresql://u:p%401%41@localhost/d",
    ]);
  });

  it("gives no two readings one title", () => {
    const titles = mendUnencoded("postgresql://u:a@b@c@d/e@f@g/h").map(({ title }) => title);
    expect(titles.length).toBeGreaterThan(1);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it.each([
    ["postgresql://u:p@ss@h/d", "a host with an @"],
    ["postgresql://u:1/x@h:5432/d", "a database that looks like an address"],
    ["postgresql://u:p@ss/w0rd@h", "a database with an @"],
    ["postgresql://u:p@ss?w=1@h/d", "a parameter nobody knows with an @"],
    ["postgresql://u:p#x@h/d", "a # that asyncpg stops at"],
  ])("%s is not taken for good: %s", (text) => {
    const parsed = parseConnectionString(text);
    expect(parsed.ok ? dsns(text).length : parsed.error.id).not.toBe(0);
  });

  it.each([
    "postgresql://u:p:w@h/d",
    "postgresql://u:a&b=c+d;e@h/d",
    "postgresql://u@h/d?options=-c%20a.b%3Dx@y",
    "postgresql://h/d?application_name=a@b",
    "postgresql://u:[YOUR-PASSWORD]@h/d",
  ])("%s is read alike by all: nothing is offered", (text) => {
    expect(dsns(text)).toEqual([]);
  });
});

describe("raw spaces and quotes in keyword=value", () => {
  it.each([
    ["host=h user=u password=a b dbname=d", "host=h user=u password='a b' dbname=d", "Put quotes around password"],
    ["password=it's host=h", "password=it's host=h", null],
    ["password='open host=h", "password='\\'open' host=h", "Put quotes around password"],
    [
      "host=h password=a = b 'c' \\ user=u",
      "host=h password='a = b \\'c\\' \\\\' user=u",
      "Put quotes around password",
    ],
  ])("%s", (text, dsn, title) => {
    expect(mendUnencoded(text)).toEqual(title === null ? [] : [{ dsn, title }]);
  });
});

/** What all three readers are asked about a mended string. */
function passwords(dsn: string): readonly (string | null | undefined)[] {
  const libpq = readAsLibpq(dsn);
  const asyncpg = readAsAsyncpg(dsn);
  return [
    libpq.ok ? libpq.value.values.get("password") : undefined,
    asyncpg.ok ? asyncpg.value.password : undefined,
    pgConnectionString.parse(dsn).password,
  ];
}

const secret = fc
  .array(fc.constantFrom(..."@:/#?%[]&=+ $'\"!aZ09.é"), { minLength: 1, maxLength: 12 })
  .map((signs) => signs.join(""));
const host = fc.constantFrom("localhost", "127.0.0.1", "db", "db.example.com:5433", "[::1]:5432", "localhost:5432");
const rest = fc.constantFrom("/app", "/app?sslmode=disable", "", "/app?application_name=me@home");

describe("a password of any signs, raw in the string", () => {
  /**
   * Holds for: a user without a raw colon, a host, no raw `@` in the database's name. Left alone, and so not mended:
   * a password whose signs all readers take alike, and one that is an escape already, such as %41.
   */
  it("is among the readings offered, or the string is read as it was meant", () => {
    fc.assert(
      fc.property(secret, host, rest, (password, address, tail) => {
        const text = `postgresql://app:${password}@${address}${tail}`;
        const meant = (dsn: string) => {
          const read = readAsLibpq(dsn);
          return read.ok && read.value.values.get("user") === "app" && read.value.values.get("password") === password;
        };
        const mends = mendUnencoded(text);
        const looksEscaped = /%[0-9A-Fa-f]{2}/.test(password);
        expect(mends.some(({ dsn }) => meant(dsn)) || meant(text) || (mends.length === 0 && looksEscaped)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it("reads the same in libpq, asyncpg and node-postgres once it is mended", () => {
    fc.assert(
      fc.property(secret, host, rest, (password, address, tail) => {
        for (const { dsn } of mendUnencoded(`postgresql://app:${password}@${address}${tail}`)) {
          const [libpq, ...others] = passwords(dsn);
          expect(others).toEqual([libpq, libpq]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
