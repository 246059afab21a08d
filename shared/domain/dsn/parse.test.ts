import { describe, expect, it } from "vitest";
import { mendUnencoded, parseConnectionString } from "./parse";

/** The reading of a good string with its password in clear, or the error. */
function read(text: string) {
  const parsed = parseConnectionString(text);
  if (!parsed.ok) return parsed.error;
  const { target, password, form } = parsed.value;
  return { ...target, password: password?.reveal() ?? null, form };
}

const nothing = { hosts: [], user: null, password: null, database: null, sslmode: null, parameters: {}, form: "uri" };

describe("a URI is read by libpq's rules", () => {
  it.each([
    ["postgresql://", {}],
    ["postgres://h", { hosts: [{ host: "h", port: 5432 }] }],
    ["postgresql://u:p@h:5433/d", { user: "u", password: "p", hosts: [{ host: "h", port: 5433 }], database: "d" }],
    [
      "postgresql://u%40x:p%3Aq%2F@h/d%20e",
      { user: "u@x", password: "p:q/", hosts: [{ host: "h", port: 5432 }], database: "d e" },
    ],
    ["postgresql://u:p:q@h", { user: "u", password: "p:q", hosts: [{ host: "h", port: 5432 }] }],
    ["postgresql://:p@h", { password: "p", hosts: [{ host: "h", port: 5432 }] }],
    ["postgresql://u:@h/", { user: "u", hosts: [{ host: "h", port: 5432 }] }],
    ["postgresql:///d", { database: "d" }],
    ["postgresql://[::1]:5433/d", { hosts: [{ host: "::1", port: 5433 }], database: "d" }],
    [
      "postgresql://%2Fvar%2Frun%2Fpostgresql/d",
      { hosts: [{ socketDirectory: "/var/run/postgresql", port: 5432 }], database: "d" },
    ],
    ["postgresql:///d?host=/tmp&port=5433", { hosts: [{ socketDirectory: "/tmp", port: 5433 }], database: "d" }],
    [
      "postgresql://a:1,b,[::2]:3/d",
      {
        hosts: [
          { host: "a", port: 1 },
          { host: "b", port: 5432 },
          { host: "::2", port: 3 },
        ],
        database: "d",
      },
    ],
    [
      "postgresql://a,b/d?port=7",
      {
        hosts: [
          { host: "a", port: 7 },
          { host: "b", port: 7 },
        ],
        database: "d",
      },
    ],
    [
      "postgresql://u@h/d?user=v&password=w&host=i&port=2&dbname=e",
      { user: "v", password: "w", hosts: [{ host: "i", port: 2 }], database: "e" },
    ],
    ["postgresql://h?ssl=true", { hosts: [{ host: "h", port: 5432 }], sslmode: "require" }],
    [
      "postgresql://h?application_name=a+b&sslmode=prefer",
      { hosts: [{ host: "h", port: 5432 }], sslmode: "prefer", parameters: { application_name: "a+b" } },
    ],
    ["postgresql://:5433/d", { database: "d", parameters: { port: "5433" } }],
    [
      "postgresql://u:p#x?y@h/d#e",
      { user: "u", password: "p#x?y", hosts: [{ host: "h", port: 5432 }], database: "d#e" },
    ],
    [
      "postgresql://h/d?__proto__=x",
      { hosts: [{ host: "h", port: 5432 }], database: "d", parameters: Object.fromEntries([["__proto__", "x"]]) },
    ],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual({ ...nothing, ...expected });
  });

  it("keeps a parameter libpq does not know, with a note", () => {
    const parsed = parseConnectionString("postgresql://h/d?pool_timeout=30&application_name=x");
    expect(parsed.ok && parsed.value.target.parameters).toEqual({ pool_timeout: "30", application_name: "x" });
    expect(parsed.ok && parsed.value.notes.map((note) => note.parameter)).toEqual(["pool_timeout"]);
  });
});

describe("the keyword/value form", () => {
  it.each([
    ["host=h port=5433 user=u dbname=d", { user: "u", hosts: [{ host: "h", port: 5433 }], database: "d" }],
    ["password='a b\\'c\\\\' user = u", { user: "u", password: "a b'c\\" }],
    [
      "host=/tmp sslmode=disable connect_timeout=5",
      { hosts: [{ socketDirectory: "/tmp", port: 5432 }], sslmode: "disable", parameters: { connect_timeout: "5" } },
    ],
    [
      "host=a,b port=1,2",
      {
        hosts: [
          { host: "a", port: 1 },
          { host: "b", port: 2 },
        ],
      },
    ],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual({ ...nothing, form: "keyword", ...expected });
  });
});

describe("what cannot be read says why and where", () => {
  it.each([
    ["", "read.invalid", 0],
    ["localhost:5432/d", "read.unsupported-scheme", 0],
    ["mysql://u:p@h/d", "read.unsupported-scheme", 0],
    ["postgresql+asyncpg://u@h/d", "read.unsupported-scheme", 0],
    ["POSTGRESQL://h", "read.unsupported-scheme", 0],
    [" postgresql://h", "read.unsupported-scheme", 0],
    ["postgresql://h:abc/d", "read.invalid", 15],
    ["postgresql://h:70000/d", "read.invalid", 15],
    ["postgresql://h:0/d", "read.invalid", 15],
    ["postgresql://h/d%zz", "read.invalid", 16],
    ["postgresql://h/d%00", "read.invalid", 16],
    ["postgresql://h/%FF", "read.invalid", 15],
    ["postgresql://[::1/d", "read.invalid", 13],
    ["postgresql://[]/d", "read.invalid", 13],
    ["postgresql://[::1]x/d", "read.invalid", 18],
    ["postgresql://h/d?sslmode", "read.invalid", 17],
    ["postgresql://h/d?options=a=b", "read.invalid", 26],
    ["postgresql://a,b/d?port=1,2,3", "read.invalid", 24],
    ["postgresql://h/d?sslmode=bogus", "read.invalid-parameter-value", 25],
    ["postgresql://h/d?connect_timeout=soon", "read.invalid-parameter-value", 33],
    ["postgresql://h/d?target_session_attrs=any-will-do", "read.invalid-parameter-value", 38],
    ["host=h user", "read.invalid", 7],
    ["password='open", "read.invalid", 9],
    ["postgresql://h/\0d", "read.invalid", 15],
  ])("%j", (text, id, position) => {
    expect(read(text)).toMatchObject({ id, position });
  });

  it("lists the values a parameter takes", () => {
    expect(read("postgresql://h?sslmode=on")).toMatchObject({
      next: "It is disable, allow, prefer, require, verify-ca or verify-full.",
    });
  });
});

describe("raw signs in user or password", () => {
  it.each([
    ["postgresql://u:p@ss@h/d", 16, "postgresql://u:p%40ss@h/d", "Encode @ in the password"],
    ["postgresql://u:p/ss@h/d", 16, "postgresql://u:p%2Fss@h/d", "Encode / in the password"],
    [
      "postgresql://u:p?a/b@h:5433/d?sslmode=disable",
      16,
      "postgresql://u:p%3Fa%2Fb@h:5433/d?sslmode=disable",
      "Encode ? and / in the password",
    ],
    ["postgresql://u:100%@h/d", 18, "postgresql://u:100%25@h/d", "Encode % in the password"],
    ["postgresql://me@corp:p@h/d", 15, "postgresql://me%40corp:p@h/d", "Encode @ in the user name"],
    ["postgresql://u:a@b/c#d@h/d", 16, "postgresql://u:a%40b%2Fc%23d@h/d", "Encode @, / and # in the password"],
    ["postgresql://u:12/x@h/d", 17, "postgresql://u:12%2Fx@h/d", "Encode / in the password"],
    [
      "postgresql://u:p@w@h/d?application_name=x@y",
      16,
      "postgresql://u:p%40w@h/d?application_name=x@y",
      "Encode @ in the password",
    ],
  ])("%s is recognised and mended", (text, position, dsn, title) => {
    expect(read(text)).toMatchObject({ id: "read.unencoded-credentials", position });
    expect(mendUnencoded(text)[0]).toEqual({ dsn, title });
  });

  it("offers both readings of an escape that may be meant as it stands", () => {
    expect(mendUnencoded("postgresql://u:p@%2Fx@h/d").map(({ dsn }) => dsn)).toEqual([
      "postgresql://u:p%40%2Fx@h/d",
      "postgresql://u:p%40%252Fx@h/d",
    ]);
  });

  it("mends what libpq takes and others cut elsewhere", () => {
    expect(read("postgresql://u:p#x@h/d")).toMatchObject({ password: "p#x" });
    expect(mendUnencoded("postgresql://u:p#x@h/d")[0]?.dsn).toBe("postgresql://u:p%23x@h/d");
    expect(read("postgresql://u:12/x@h")).toMatchObject({ database: "x@h" });
    expect(mendUnencoded("postgresql://u:12/x@h")[0]?.dsn).toBe("postgresql://u:12%2Fx@h");
  });

  it.each([
    "postgresql://u:p%40@h/d",
    "postgresql://h/d?application_name=a@b",
    "postgresql://h:abc/d",
    "mysql://u:p@q@h",
    "",
  ])("finds nothing to mend in %j", (text) => {
    expect(mendUnencoded(text)).toEqual([]);
  });

  it("never quotes the string in an error", () => {
    for (const text of [
      "postgresql://u:s3cr3t@x@h",
      "postgresql://u:s3cr3t/h",
      "postgresql://u:s3cr3t%@h",
      "s3cr3t",
      "password='s3cr3t",
    ]) {
      expect(JSON.stringify(read(text))).not.toContain("s3cr3t");
    }
  });
});
