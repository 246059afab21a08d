import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodePart } from "./dsn";
import { readPythonOutput, withoutPassword } from "./python-reading";

const asIs = (message: string): string => message;

const CONNECTED = {
  python: "3.11.2",
  asyncpg: "0.31.0",
  connected: { server: "17.2", user: "me", database: "shop", tls: "TLSv1.3", address: ["::1", 5432] },
};

describe("the script's output", () => {
  it("is its last line that is an answer, whatever else was printed", () => {
    const output = `noise\n{"half":\n${JSON.stringify(CONNECTED)}\n{}\n[1]\nbye\n`;
    expect(readPythonOutput(output, asIs)).toEqual({
      python: "3.11.2",
      asyncpg: "0.31.0",
      outcome: {
        kind: "connected",
        server: "17.2",
        user: "me",
        database: "shop",
        tls: "TLSv1.3",
        address: "[::1]:5432",
      },
    });
  });

  it("names an exception by its module, but for Python's own, and a silent timeout in words", () => {
    const refused = (fields: object) => {
      const said = readPythonOutput(JSON.stringify({ refused: { sqlstate: null, errno: null, ...fields } }), asIs);
      return said?.outcome.kind === "refused" ? [said.outcome.exception, said.outcome.message] : null;
    };
    expect(refused({ module: "asyncpg.exceptions", class: "InvalidPasswordError", message: "no" })).toEqual([
      "asyncpg.exceptions.InvalidPasswordError",
      "no",
    ]);
    expect(refused({ module: "builtins", class: "TimeoutError", message: "" })).toEqual([
      "TimeoutError",
      "It gave no answer within 10 seconds.",
    ]);
  });

  it("is nothing where no line is an answer, and never throws", () => {
    expect(readPythonOutput("", asIs)).toBeNull();
    expect(readPythonOutput('{"connected": 1}\n{"refused": []}', asIs)).toBeNull();
    const json = fc.json().map((text) => text.replaceAll("\n", " "));
    fc.assert(
      fc.property(fc.oneof(fc.string(), json), (text) => {
        readPythonOutput(text, asIs);
        readPythonOutput(`{"connected": ${text}}`, asIs);
        readPythonOutput(`{"refused": ${text}}`, asIs);
      }),
    );
  });
});

describe("a driver's message", () => {
  it("loses the password, as it is and as the string spells it", () => {
    const dsn = "postgresql://app:hun%40ter2@db/shop";
    expect(withoutPassword("hun@ter2 or hun%40ter2 for app", dsn)).toBe("*** or *** for app");
    expect(withoutPassword("from elsewhere", dsn, ["elsewhere"])).toBe("from ***");
  });

  it("keeps a name that is the password as well, since it stands in the open", () => {
    const message = 'password authentication failed for user "postgres"';
    expect(withoutPassword(message, "postgresql://postgres:postgres@db/shop")).toBe(message);
  });

  it("loses all that is quoted where the password may reach into host and port", () => {
    const dsn = "postgresql://app:hun/ter2@db:5432/shop";
    expect(withoutPassword("invalid literal for int() with base 10: 'hun'", dsn)).toBe(
      "invalid literal for int() with base 10: ***",
    );
  });

  it("holds no password, whatever it is, once the driver repeats it", () => {
    const secret = fc.string({ unit: "grapheme", minLength: 6 }).filter((text) => /[a-z0-9]{4}/i.test(text));
    fc.assert(
      fc.property(secret, (password) => {
        const dsn = `postgresql://u:${encodePart(password)}@h/d`;
        const said = withoutPassword(`it was ${password}, spelt ${encodePart(password)}`, dsn);
        expect(said).not.toContain(password);
        expect(said).not.toContain(encodePart(password));
      }),
    );
  });
});
