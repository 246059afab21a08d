import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseConnectionString } from "../dsn";
import { keywordString, namesServer, parseServiceFile, pgVariables } from "./service-file";

describe("parseServiceFile", () => {
  it("reads sections and keywords, passing over comments", () => {
    const parsed = parseServiceFile("# mine\n[shop]\nhost=db.local\nport=5433\npassword=a = b\n\n[other]\nuser=me\n");
    expect(parsed.badLines).toEqual([]);
    expect(parsed.services.map(({ name, parameters }) => [name, Object.fromEntries(parameters)])).toEqual([
      ["shop", { host: "db.local", port: "5433", password: "a = b" }],
      ["other", { user: "me" }],
    ]);
  });

  it("names the lines that fit nothing", () => {
    expect(parseServiceFile("host=before\n[a]\nnonsense\n=x\nhost=h").badLines).toEqual([1, 3, 4]);
  });

  it("lets the first of doubled keywords count", () => {
    expect(parseServiceFile("[a]\nhost=one\nhost=two").services[0]?.parameters.get("host")).toBe("one");
  });
});

describe("pgVariables", () => {
  it("takes set variables only, and tells whether they name a server", () => {
    const user = pgVariables({ PGUSER: "me", PGHOST: "", OTHER: "x" });
    expect(Object.fromEntries(user)).toEqual({ user: "me" });
    expect(namesServer(user)).toBe(false);
    expect(namesServer(pgVariables({ PGPORT: "5433" }))).toBe(true);
  });
});

describe("keywordString", () => {
  it("is read back by the connection string parser whatever the password holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (password) => {
        fc.pre(!password.includes("\0"));
        const parsed = parseConnectionString(
          keywordString(
            new Map([
              ["host", "h"],
              ["password", password],
            ]),
          ),
        );
        expect(parsed.ok && parsed.value.password?.reveal()).toBe(password);
      }),
    );
  });
});
