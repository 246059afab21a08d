import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskUri, uriParts } from "./parts";

const kinds = (text: string) => uriParts(text).map(({ kind, text: piece }) => `${kind}:${piece}`);

describe("parts of a string", () => {
  it("names each part", () => {
    expect(kinds("postgresql://u:p@h:1/d?sslmode=require")).toEqual([
      "scheme:postgresql://",
      "user:u",
      "mark::",
      "password:p",
      "mark:@",
      "host:h",
      "mark::",
      "host:1",
      "mark:/",
      "database:d",
      "mark:?",
      "parameter:sslmode",
      "mark:=",
      "parameter:require",
    ]);
  });

  it("marks a port that is none, and a scheme that is not PostgreSQL's", () => {
    expect(kinds("postgresql://u:p@h:x/d")).toContain("error:x");
    expect(kinds("postgresql://h:99999/d")).toContain("error:99999");
    expect(kinds("mysql://h")[0]).toBe("error:mysql://");
  });

  it("puts together again to the text, whatever it is", () => {
    const signs = fc.array(fc.constantFrom(..."ab1@:/?#[]%&=, '\\"), { maxLength: 40 }).map((all) => all.join(""));
    fc.assert(
      fc.property(
        fc.oneof(
          signs,
          signs.map((rest) => `postgresql://${rest}`),
          signs.map((rest) => `user=${rest}`),
          fc.string(),
        ),
        (text) => {
          const parts = uriParts(text);
          expect(parts.map((part) => part.text).join("")).toBe(text);
          expect(parts.every((part) => part.text !== "")).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("what may be a password", () => {
  it("is one before its @ is typed, whatever signs are in it, and the tail of one with a space", () => {
    expect(kinds("postgresql://me:s3cr/et").slice(1)).toEqual(["host:me", "mark::", "password:s3cr/et"]);
    expect(kinds("host=h password=my secret").at(-1)).toBe("password: secret");
    expect(kinds("host=h user=my self").at(-1)).toBe("error: self");
  });
});

describe("masking", () => {
  it.each([
    "DATABASE_URL=postgresql://u:secret@h/d",
    "db_url = 'postgres://u:secret@h/d'",
    'App_Dsn="postgresql+asyncpg://u:secret@h/d"',
    "dbname=postgresql://u:secret@h/d",
    "host=h foo='postgresql://u:secret@h/d'",
  ])("hides the password of a string that stands as a setting: %s", (text) => {
    expect(maskUri(text)).not.toContain("secret");
    expect(uriParts(text).filter((part) => part.kind !== "password" && part.text.includes("secret"))).toEqual([]);
  });

  it.each([
    ["postgresql://u:p@h/d", "postgresql://u:***@h/d"],
    ["postgresql://u@h/d", "postgresql://u@h/d"],
    ["postgresql://h:5432/d?application_name=a@b", "postgresql://h:5432/d?application_name=a@b"],
    [
      "postgresql://h/d?password=p&sslpassword=q&sslmode=require",
      "postgresql://h/d?password=***&sslpassword=***&sslmode=require",
    ],
    ["postgresql://u:p@ss@h/d", "postgresql://u:***@h/d"],
    ["postgresql://u:p/ss@h/d", "postgresql://u:***@h/d"],
    ["postgresql://u:12/ss@h/d", "postgresql://u:***@h/d"],
    ["postgresql://u:p%@h/d", "postgresql://u:***@h/d"],
    ["mysql://u:p@h/d", "mysql://u:***@h/d"],
    ["postgresql+asyncpg://u:p@h/d", "postgresql+asyncpg://u:***@h/d"],
    ["u:p@h/d", "u:***@h/d"],
    ["host=h password='a b' user=u", "host=h password=*** user=u"],
    ["host=h password=a b user=u", "host=h password=******"],
    ["postgresql://u:secret", "postgresql://u:***"],
    ["postgresql://u:sec/ret?x", "postgresql://u:***"],
    ["postgresql://h:5432/d", "postgresql://h:5432/d"],
  ])("%s", (text, expected) => {
    expect(maskUri(text)).toBe(expected);
  });

  it("never shows a password, however it is written", () => {
    const password = fc
      .array(fc.constantFrom(..."@/?#%:&=[] x"), { maxLength: 8 })
      .map((signs) => `SECRET${signs.join("")}SECRET`);
    fc.assert(
      fc.property(password, (secret) => {
        expect(maskUri(`postgresql://u:${secret}@db.example.com:5432/d`)).not.toContain("SECRET");
        expect(maskUri(`mysql://u:${secret}@db.example.com:5432/d`)).not.toContain("SECRET");
      }),
      { numRuns: 2000 },
    );
  });
});
