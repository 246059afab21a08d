import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  matchPassfile,
  type PassfileReader,
  type PassfileWanted,
  parsePassfile,
  passfileHost,
  passwordIn,
} from "./passfile";

const READERS: readonly PassfileReader[] = ["libpq", "asyncpg"];

const WANTED: PassfileWanted = { host: "db", port: "5432", database: "shop", user: "me" };

/** The password a reader finds; null when no line fits. */
function passwordFor(
  text: string,
  wanted: Partial<PassfileWanted> = {},
  reader: PassfileReader = "libpq",
): string | null {
  const line = matchPassfile(parsePassfile(text).lines, { ...WANTED, ...wanted }, reader);
  return line ? passwordIn(line, reader).reveal() : null;
}

describe("the line that fits", () => {
  it.each(READERS)("is the first one, a star fitting everything, for %s", (reader) => {
    const text = "other:5432:shop:me:no\n# db:5432:shop:me:comment\n\n*:*:*:me:first\ndb:5432:shop:me:second\n";
    expect(passwordFor(text, {}, reader)).toBe("first");
    expect(passwordFor(text, { user: "you" }, reader)).toBeNull();
  });

  it("is compared without its escapes by libpq, and with them by asyncpg", () => {
    const text = "\\:\\:1:5432:a\\\\b:me:pw\n";
    expect(passwordFor(text, { host: "::1", database: "a\\b" })).toBe("pw");
    expect(passwordFor(text, { host: "::1", database: "a\\b" }, "asyncpg")).toBeNull();
    expect(passwordFor(text, { host: "\\:\\:1", database: "a\\\\b" }, "asyncpg")).toBe("pw");
  });

  it("has an IPv6 host found by libpq with bare colons too; asyncpg does not find it", () => {
    const text = "::1:5432:*:me:one\nfe80::1%eth0:*:*:me:two\n1:2:3:4:5:6:7:8:5432:*:me:three:rest\n";
    expect(passwordFor(text, { host: "::1" })).toBe("one");
    expect(passwordFor(text, { host: "fe80::1%eth0" })).toBe("two");
    expect(passwordFor(text, { host: "1:2:3:4:5:6:7:8" })).toBe("three");
    expect(passwordFor(text, { host: "::1" }, "asyncpg")).toBeNull();
  });

  it("takes an escaped star for a star", () => {
    expect(passwordFor("\\*:5432:shop:me:pw")).toBeNull();
    expect(passwordFor("\\*:5432:shop:me:pw", { host: "*" })).toBe("pw");
  });

  it("may end with a carriage return, or with the file", () => {
    expect(passwordFor("db:5432:shop:me:pw\r\n")).toBe("pw");
    expect(passwordFor("db:5432:shop:me:pw")).toBe("pw");
  });
});

describe("the password in it", () => {
  it("loses its escapes with libpq, where a further colon ends it; asyncpg takes the rest of the line as it is", () => {
    const text = "*:*:*:*:a\\:b\\\\c:rest  \n";
    expect(passwordFor(text)).toBe("a:b\\c");
    expect(passwordFor(text, {}, "asyncpg")).toBe("a\\:b\\\\c:rest");
  });

  it("comes back from libpq whatever it holds, once : and \\ are escaped", () => {
    const escaped = (text: string) => text.replace(/[\\:]/g, "\\$&");
    const part = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((text) => !/[\r\n]/.test(text) && !/^\s*(#|$)/.test(text));
    fc.assert(
      fc.property(fc.tuple(part, part, part, part, part), ([host, port, database, user, password]) => {
        const text = [host, port, database, user, password].map(escaped).join(":");
        expect(passwordFor(text, { host, port, database, user })).toBe(password);
      }),
    );
  });
});

it("tells lines with fewer than five parts by their numbers", () => {
  const { lines, brokenLines } = parsePassfile("# mine\ndb:5432:shop:me\n*:*:*:*:pw\nnonsense\n   \n");
  expect(brokenLines).toEqual([2, 4]);
  expect(lines.map(({ line }) => line)).toEqual([3]);
});

it("keeps passwords out of what is printed by accident", () => {
  expect(JSON.stringify(parsePassfile("*:*:*:*:hunter2"))).not.toContain("hunter2");
});

it("takes linear time for a megabyte of anything", () => {
  for (const sign of ["\\", ":", "\r", " ", "\n", "a:"]) {
    const text = sign.repeat(1_000_000 / sign.length);
    expect(passwordFor(text, { host: text })).toBeNull();
  }
});

describe("the name a host goes by", () => {
  it.each([
    ["", "libpq", "localhost"],
    ["/var/run/postgresql", "libpq", "localhost"],
    ["/tmp", "libpq", "/tmp"],
    ["/tmp", "asyncpg", "localhost"],
    ["db.example", "asyncpg", "db.example"],
  ] as const)("%s is for %s %s", (host, reader, name) => {
    expect(passfileHost(host, "/var/run/postgresql", reader)).toBe(name);
  });
});
