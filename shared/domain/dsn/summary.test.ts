import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { worthKnowing } from "./summary";

describe("worth knowing", () => {
  it("never shows a password", () => {
    const password = fc
      .array(fc.constantFrom(..."@/?#%:&=[] x"), { maxLength: 8 })
      .map((signs) => `SECRET${signs.join("")}SECRET`);
    fc.assert(
      fc.property(password, (secret) => {
        // A mend's own string is what is pressed, not what is shown.
        const shown = worthKnowing(`postgresql://u:${secret}@h:5432/d`).map((row) => ({
          ...row,
          mend: row.mend?.title,
        }));
        expect(JSON.stringify(shown)).not.toContain("SECRET");
      }),
      { numRuns: 2000 },
    );
  });

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

  it.each(["DATABASE_URL=postgresql://u:secret@h/d", '"postgresql://u:secret@h/d"', "psql postgresql://u:secret@h/d"])(
    "offers the string that something stands around, without its password: %s",
    (text) => {
      expect(worthKnowing(text)).toMatchObject([
        {
          code: "read.unsupported-scheme",
          text: "The string does not start with postgresql://. Take away what stands before it.",
          mend: { title: "Read it as postgresql://u:***@h/d", dsn: "postgresql://u:secret@h/d" },
        },
      ]);
    },
  );

  it("has words only that stand in the text", () => {
    for (const text of [
      "postgresql://u:a%2Bb@localhost/d?sslmode=verify-ca&search_path=x&sslrootcert=system",
      "postgresql://h:6432?a=b+c",
    ]) {
      for (const { text: said, words } of worthKnowing(text)) for (const word of words) expect(said).toContain(word);
    }
  });
});
