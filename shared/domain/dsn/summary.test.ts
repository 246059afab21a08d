import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { driverSummary, worthKnowing } from "./summary";

const rows = (text: string) => Object.fromEntries(driverSummary(text).map(({ label, value }) => [label, value]));

describe("what asyncpg will do", () => {
  it("says address, sign-in, encryption and what is sent", () => {
    expect(
      driverSummary(
        "postgresql://ticket_desk:p%40ss%2Fw0rd@db.example.com:5432/ticket_desk?sslmode=verify-full&application_name=ticket_desk",
      ),
    ).toEqual([
      { label: "Address", value: "db.example.com:5432" },
      { label: "Sign in", value: "ticket_desk, password ••••••••" },
      { label: "Database", value: "ticket_desk" },
      { label: "Encrypt", value: "always; checks the name and the issuer" },
      { label: "Sends", value: "application_name=ticket_desk" },
    ]);
  });

  it.each([
    [
      "postgresql:///d",
      {
        Address: "the socket folders, then localhost:5432",
        "Sign in": "your account's name, no password in the string",
      },
    ],
    [
      "postgresql://u@a:1,b:2/",
      { Address: "a:1, b:2", Database: "the one named like the user", Sends: "nothing else" },
    ],
    ["postgresql://u@[::1]:5/d", { Address: "[::1]:5", Encrypt: "if the server offers it; checks nothing" }],
    [
      "postgresql://u@%2Ftmp/d?sslmode=require",
      { Address: "/tmp:5432", Encrypt: "never; a Unix socket stays on this computer" },
    ],
    ["postgresql://h/d?connect_timeout=5&api_token=x", { Sends: "connect_timeout=5 api_token=••••••••" }],
  ])("%s", (text, expected) => {
    expect(rows(text)).toMatchObject(expected);
  });

  it("says that it refuses, and why", () => {
    expect(driverSummary("host=h user=u")).toEqual([{ label: "Refuses", value: expect.stringContaining("scheme") }]);
    expect(driverSummary("postgresql://u:SECRET@ss@h/d")).toEqual([
      { label: "Refuses", value: expect.not.stringContaining("SECRET") },
    ]);
  });

  it("shows nothing of a string whose parts may be pieces of the password", () => {
    expect(driverSummary("postgresql://u:one@two/three@h").map(({ label }) => label)).toEqual(["Unclear"]);
  });

  it("never shows a password", () => {
    const password = fc
      .array(fc.constantFrom(..."@/?#%:&=[] x"), { maxLength: 8 })
      .map((signs) => `SECRET${signs.join("")}SECRET`);
    fc.assert(
      fc.property(password, (secret) => {
        const text = `postgresql://u:${secret}@h:5432/d`;
        // A mend's own string is what is pressed, not what is shown.
        const shown = worthKnowing(text).map((row) => ({ ...row, mend: row.mend?.title }));
        expect(JSON.stringify([driverSummary(text), shown])).not.toContain("SECRET");
      }),
      { numRuns: 2000 },
    );
  });
});

describe("worth knowing", () => {
  it("warns first, then says what is well", () => {
    expect(worthKnowing("postgresql://u:p%40ss%2Fw@127.0.0.1:5432/d?connect_timeout=10")).toEqual([
      {
        code: "database.parameter-unknown",
        mend: { dsn: "postgresql://u:p%40ss%2Fw@127.0.0.1:5432/d", title: "Take connect_timeout out" },
        tone: "warn",
        text: "connect_timeout is read by libpq, not by asyncpg: there it becomes a server setting and the connection fails.",
        words: ["connect_timeout"],
      },
      {
        code: "encoded-characters",
        mend: null,
        tone: "ok",
        text: "@ and / in the password are encoded.",
        words: ["@", "/"],
      },
    ]);
  });

  it("gives the reason and the way out for a string that cannot be read", () => {
    expect(worthKnowing("postgresql://u@h:x/d")).toEqual([
      {
        code: "read.invalid",
        mend: null,
        tone: "warn",
        text: "The port is not a number from 1 to 65535. PostgreSQL's own port is 5432.",
        words: [],
      },
    ]);
  });

  it("has words only that stand in the text", () => {
    for (const text of [
      "postgresql://u:a%2Bb@localhost/d?sslmode=verify-ca&search_path=x&sslrootcert=system",
      "postgresql://h:6432?a=b+c",
    ]) {
      for (const { text: said, words } of worthKnowing(text)) for (const word of words) expect(said).toContain(word);
    }
  });
});
