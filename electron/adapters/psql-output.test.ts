import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCsv, toRows } from "./psql-output";

/** Writes a field as psql does: quoted when it holds a separator, a quote or a line break. */
const written = (field: string | null): string => {
  if (field === null) return "NULL-MARK";
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
};

describe("parseCsv", () => {
  it("reads back whatever psql writes, nulls apart from empty texts", () => {
    const field = fc.option(fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "ü", " ") }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (records) => {
        const text = records.map((record) => `${record.map(written).join(",")}\n`).join("");
        expect(parseCsv(text, "NULL-MARK")).toEqual(records);
      }),
    );
  });
});

describe("toRows", () => {
  it("types values by the names PostgreSQL gives their types", () => {
    const types = new Map([
      ["n", "integer"],
      ["big", "bigint"],
      ["yes", "boolean"],
      ["list", "integer[]"],
      ["json", "jsonb"],
    ]);
    const records = [
      ["n", "big", "yes", "list", "json", "text"],
      ["1", "2", "f", "{3,NULL}", '{"a":1}', ""],
    ];
    expect(toRows(records, types)).toEqual([{ n: 1, big: "2", yes: false, list: [3, null], json: { a: 1 }, text: "" }]);
  });

  it("gives no rows for no output", () => {
    expect(toRows([], new Map())).toEqual([]);
  });
});
