import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyField,
  applyKeyword,
  type ConnectionFields,
  doubtfulKeywords,
  type FieldName,
  readFields,
  readKeywords,
} from "./fields";
import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { parseConnectionString } from "./parse";

const FULL =
  "postgresql://ticket_desk:p%40ss%2Fw0rd@db.example.com:5432/ticket_desk?sslmode=verify-full&application_name=ticket_desk";
const empty: ConnectionFields = {
  host: "",
  port: "",
  user: "",
  password: "",
  database: "",
  sslmode: "",
  connect_timeout: "",
  application_name: "",
};

describe("fields show what the string says", () => {
  it("reads every field, decoded", () => {
    expect(readFields(FULL)).toEqual({
      ...empty,
      host: "db.example.com",
      port: "5432",
      user: "ticket_desk",
      password: "p@ss/w0rd",
      database: "ticket_desk",
      sslmode: "verify-full",
      application_name: "ticket_desk",
    });
  });

  it.each([
    ["", {}],
    ["postgresql://", {}],
    ["postgresql://localhost/app", { host: "localhost", database: "app" }],
    ["postgresql://[::1]:1/d", { host: "::1", port: "1", database: "d" }],
    ["postgresql://%2Ftmp/d", { host: "/tmp", database: "d" }],
    ["postgresql://a,b/d", { host: "a,b", database: "d" }],
    ["postgresql://a:1,b/d", { host: "a,b", port: "1,", database: "d" }],
    ["host=h password='a b'", { host: "h", password: "a b" }],
    ["mysql://u:p@h/d", { user: "u", password: "p", host: "h", database: "d" }],
    ["h:5433/d", { host: "h", port: "5433", database: "d" }],
    ["postgresql://u:p@ss@h/d", { user: "u", password: "p@ss", host: "h", database: "d" }],
    ["postgresql://h:port/d", { host: "h", port: "port", database: "d" }],
  ])("%j", (text, expected) => {
    expect(readFields(text)).toEqual({ ...empty, ...expected });
  });
});

describe("an edited field changes the string", () => {
  it.each<[string, FieldName, string, string]>([
    ["", "host", "localhost", "postgresql://localhost"],
    ["postgresql://h/d", "port", "5433", "postgresql://h:5433/d"],
    ["postgresql://h:1/d", "port", "", "postgresql://h/d"],
    ["postgresql://h/d", "password", "p@ s'", "postgresql://:p%40%20s%27@h/d"],
    ["postgresql://u:p@h/d", "password", "", "postgresql://u@h/d"],
    ["postgresql://u:p@h/d", "user", "é", "postgresql://%C3%A9:p@h/d"],
    ["postgresql://h/d", "host", "/var/run/postgresql", "postgresql://%2Fvar%2Frun%2Fpostgresql/d"],
    ["postgresql://h:1/d", "host", "::1", "postgresql://[::1]:1/d"],
    ["postgresql://h/d", "host", "[::1]", "postgresql://[::1]/d"],
    ["postgresql://h/d?connect_timeout=5&sslmode=require", "sslmode", "", "postgresql://h/d?connect_timeout=5"],
    ["postgresql://h/d?sslmode=require&options=x", "sslmode", "disable", "postgresql://h/d?sslmode=disable&options=x"],
    ["postgresql://h/d", "connect_timeout", "10", "postgresql://h/d?connect_timeout=10"],
    ["postgres://h/d?pool=5", "application_name", "a b", "postgres://h/d?pool=5&application_name=a%20b"],
    ["postgresql://u@h/d?user=v", "user", "w", "postgresql://w@h/d"],
    ["postgresql://a:1,b:2/d", "host", "c,b", "postgresql://c:1,b:2/d"],
    ["postgresql://a:1,b:2/d", "host", "a", "postgresql://a:1/d"],
    ["postgresql://a:1,b:2/d", "database", "e", "postgresql://a:1,b:2/e"],
    ["postgresql://a,b/d", "port", "7", "postgresql://a:7,b:7/d"],
    ["host=h user=u", "password", "a 'b", "host=h user=u password='a \\'b'"],
    ["mysql://u:p@h/d", "database", "e", "postgresql://u:p@h/e"],
    ["postgresql://u:p@ss@h/d", "database", "e", "postgresql://u:p%40ss@h/e"],
    ["postgresql://h:port/d", "user", "u", "postgresql://u@h:port/d"],
    ["postgresql://h:port/d", "port", "5433", "postgresql://h:5433/d"],
    ["postgresql://[::1", "database", "d", "postgresql://[::1]/d"],
    ["postgresql://u:100%@h", "database", "d", "postgresql://u:100%25@h/d"],
  ])("%j with %s = %j", (text, field, value, expected) => {
    expect(applyField(text, field, value)).toEqual({ text: expected, problem: null });
  });

  it.each<[FieldName, string]>([
    ["port", "abc"],
    ["port", "70000"],
    ["port", "0"],
    ["port", "-1"],
    ["port", "5432.5"],
    ["host", "h:5432"],
    ["host", "my host"],
    ["host", "a\0b"],
    ["password", "a\0b"],
    ["database", "\0"],
    ["sslmode", "bogus"],
    ["connect_timeout", "soon"],
    ["connect_timeout", "-1"],
  ])("refuses %s = %j at its field and keeps the string", (field, value) => {
    const { text, problem } = applyField(FULL, field, value);
    expect(text).toBe(FULL);
    expect(problem).toMatchObject({ kind: "invalid-input", field });
    expect(problem?.next).not.toBeNull();
  });

  it("shows any value it took, and changes no other field", () => {
    const free = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0") && value.trim() === value);
    const field = fc.constantFrom<FieldName>("user", "password", "database", "application_name");
    const start = fc.constantFrom(
      FULL,
      "",
      "postgresql://a:1,b/d?foo=1",
      "host=h user=u",
      "postgresql://u:p@ss@h/d",
      "x://y",
    );
    fc.assert(
      fc.property(start, field, free, (text, name, value) => {
        const after = applyField(text, name, value).text;
        expect(readFields(after)).toEqual({ ...readFields(text), [name]: value });
      }),
    );
  });

  it("makes a readable string out of any text once the fields are good", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (junk) => {
        let text = junk;
        for (const [field, value] of [
          ["host", "localhost"],
          ["port", "5432"],
          ["user", "u"],
          ["password", "p"],
          ["database", "d"],
        ] as const) {
          text = applyField(text, field, value).text;
        }
        expect(readFields(text)).toMatchObject({
          host: "localhost",
          port: "5432",
          user: "u",
          password: "p",
          database: "d",
        });
      }),
    );
  });

  it("typing a host and a port letter by letter ends in the string one would write", () => {
    let text = "postgresql://u@/d";
    for (const host of ["d", "db", "db.", "db.e"]) text = applyField(text, "host", host).text;
    for (const port of ["5", "54"]) text = applyField(text, "port", port).text;
    expect(text).toBe("postgresql://u@db.e:54/d");
    expect(parseConnectionString(text).ok).toBe(true);
  });
});

/** Spelled as no formatter would: small hex digits, needless escapes, old parameter names, both forms of quoting. */
const ODD =
  "postgres://%75s%65r:p%2fw%21@[::1]:05432,b%2dc:1/d%62?sslmode=require&options=-c%20a%3Db&foo=+&sslmode=prefer";
const ODD_KEYWORDS = "  host = 'a'   user=u\\ v  password='p\\'w'   dbname=d ";

describe("an edit leaves the spelling of the rest alone", () => {
  it.each<[string, string, string, string]>([
    [ODD, "user", "me", ODD.replace("%75s%65r", "me")],
    [ODD, "user", "", ODD.replace("%75s%65r", "")],
    [ODD, "password", "a:b", ODD.replace("p%2fw%21", "a%3Ab")],
    [ODD, "password", "", ODD.replace(":p%2fw%21", "")],
    [ODD, "host", "::1,x y".replace(" ", ""), ODD.replace("b%2dc", "xy")],
    [ODD, "port", "05432,2", ODD.replace("%2dc:1/", "%2dc:2/")],
    [ODD, "dbname", "e", ODD.replace("/d%62", "/e")],
    [ODD, "dbname", "", ODD.replace("/d%62", "")],
    [ODD, "sslmode", "allow", ODD.replace("sslmode=prefer", "sslmode=allow")],
    [ODD, "sslmode", "", ODD.replace("sslmode=require&", "").replace("&sslmode=prefer", "")],
    [ODD, "options", "", ODD.replace("options=-c%20a%3Db&", "")],
    [ODD, "application_name", "a b", `${ODD}&application_name=a%20b`],
    [ODD_KEYWORDS, "user", "w", ODD_KEYWORDS.replace("u\\ v", "w")],
    [ODD_KEYWORDS, "host", "", "  user=u\\ v  password='p\\'w'   dbname=d "],
    [ODD_KEYWORDS, "dbname", "", "  host = 'a'   user=u\\ v  password='p\\'w'"],
    [ODD_KEYWORDS, "port", "1", `${ODD_KEYWORDS}port=1`],
    ["postgresql:///d?host=/tmp&port=1", "host", "/run", "postgresql:///d?host=%2Frun&port=1"],
    ["postgresql://h/d?ssl=true", "sslmode", "verify-full", "postgresql://h/d?sslmode=verify-full"],
    ["postgresql://h/d?ssl=true", "sslmode", "", "postgresql://h/d"],
    ["postgresql://h/d?", "sslmode", "allow", "postgresql://h/d?sslmode=allow"],
    ["postgresql://h?x=1", "dbname", "d", "postgresql://h/d?x=1"],
    ["postgresql://u:p@h", "user", "", "postgresql://:p@h"],
    ["postgresql://:p@h", "password", "", "postgresql://h"],
    ["postgresql://u@h", "user", "", "postgresql://h"],
    ["postgresql://u:@h", "user", "", "postgresql://h"],
    ["postgresql://u@h:1/d", "host", "", "postgresql://u@:1/d"],
    ["postgresql://u@h", "target_session_attrs", "primary", "postgresql://u@h?target_session_attrs=primary"],
  ])("%s with %s = %j", (text, keyword, value, expected) => {
    expect(applyKeyword(text, keyword, value)).toEqual({ text: expected, problem: null });
  });

  it("changes one stretch of the text at most, for any value of any keyword", () => {
    const keyword = fc.constantFrom("user", "password", "dbname", "application_name", "options");
    const free = fc.string({ unit: "binary" }).filter((value) => !/\0/.test(value) && value.trim() === value);
    fc.assert(
      fc.property(fc.constantFrom(ODD, FULL), keyword, free, (text, name, value) => {
        const { text: after } = applyKeyword(text, name, value);
        let head = 0;
        while (head < text.length && text[head] === after[head]) head += 1;
        let tail = 0;
        while (tail < text.length - head && text[text.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
        // What was taken out belongs to this keyword's own place: the longest is "&options=-c%20a%3Db".
        expect(text.length - head - tail).toBeLessThanOrEqual(30);
        expect(readKeywords(after).get(name) ?? "").toBe(value);
      }),
    );
  });

  it("takes each of libpq's keywords, and gives it back when it is emptied", () => {
    for (const [name, { rule }] of LIBPQ_KEYWORDS) {
      const value = name === "port" || rule === "integer" ? "7" : typeof rule === "string" ? "v" : (rule.at(-1) ?? "");
      for (const text of ["postgresql://me@h/d?foo=%2f", "user=me dbname='d'"]) {
        const { text: with_, problem } = applyKeyword(text, name, value);
        expect(problem, name).toBeNull();
        expect(readKeywords(with_).get(name), name).toBe(value);
        const had = readKeywords(text).has(name);
        if (!had) expect(applyKeyword(with_, name, "").text, name).toBe(text);
      }
    }
  });

  it("refuses a value that libpq refuses for a parameter, and says what it is", () => {
    const { text, problem } = applyKeyword(FULL, "channel_binding", "yes");
    expect(text).toBe(FULL);
    expect(problem).toMatchObject({ field: "channel_binding", next: "It is disable, prefer or require." });
  });
});

describe("what may be a piece of the password", () => {
  const doubtful = (text: string): readonly string[] => [...doubtfulKeywords(text)].sort();

  it("leaves a string alone that says clearly what its password is", () => {
    for (const text of [FULL, "postgresql://u@h/d", "host=h password='a b'", "postgresql://h:5432/d", "", "postgres"])
      expect(doubtful(text), text).toEqual([]);
  });

  it("reads everything up to the last @ as the password where a second fault leaves no other reading", () => {
    const text = "postgresql://u:p@ss@h:99999/d";
    expect(readFields(text)).toMatchObject({ user: "u", password: "p@ss", host: "h", port: "99999", database: "d" });
    expect(doubtful(text)).toEqual([]);
  });

  it("names the fields that hold what may be its end or its beginning", () => {
    expect(doubtful("postgresql://h:5432/my@db")).toEqual(["dbname", "port"]);
    expect(doubtful("postgresql://me:s3cr/et")).toEqual(["dbname", "port"]);
    expect(doubtful("postgresql://me:s3cr?et=x")).toEqual(["et", "port"]);
  });

  it("leaves no field with a piece of the password that is neither the password nor named", () => {
    const signs = fc.array(fc.constantFrom(..."@/?#%:&=[] x1"), { maxLength: 8 });
    const end = fc.constantFrom("h:99999/d", "h:x/d", "[::1/d", "h/d?sslmode", "h/d%zz", "h:5432/d", "/d", "");
    fc.assert(
      fc.property(signs, end, fc.boolean(), (between, tail, isTyped) => {
        const secret = `SECRET${between.join("")}SECRET`;
        // What stands behind an @ while it is typed may as well be a host: only the next sign tells.
        fc.pre(!isTyped || !secret.includes("@"));
        const text = isTyped ? `postgresql://u:${secret}` : `postgresql://u:${secret}@${tail}`;
        const named = doubtfulKeywords(text);
        for (const [keyword, value] of readKeywords(text))
          if (keyword !== "password" && !named.has(keyword))
            expect(value, `${text}: ${keyword}`).not.toContain("SECRET");
      }),
      { numRuns: 3000 },
    );
  });
});
