import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteIdentifier, quoteLiteral } from "./sql";

describe("quoteIdentifier", () => {
  it("doubles double quotes and quotes every name", () => {
    expect(quoteIdentifier('my "app"')).toBe('"my ""app"""');
    expect(quoteIdentifier("app")).toBe('"app"');
  });

  it("never lets a name end its quotes early", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const inside = quoteIdentifier(name).slice(1, -1);
        expect(inside.replaceAll('""', "")).not.toContain('"');
        expect(inside).not.toContain("\0");
      }),
    );
  });
});

describe("quoteLiteral", () => {
  it("doubles single quotes", () => {
    expect(quoteLiteral("it's")).toBe("'it''s'");
  });

  it("takes the E form for backslashes, right whatever standard_conforming_strings says", () => {
    expect(quoteLiteral("a\\'b")).toBe("E'a\\\\''b'");
  });

  it("reads back as the same text by PostgreSQL's rules", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0")),
        (text) => {
          const literal = quoteLiteral(text);
          const escaped = literal.startsWith("E");
          const inside = literal.slice(escaped ? 2 : 1, -1).replaceAll("''", "'");
          expect(escaped ? inside.replaceAll("\\\\", "\\") : inside).toBe(text);
        },
      ),
    );
  });
});
