import { expect, it } from "vitest";
import { wholeFrom, wholeIn } from "./paste";

it.each([
  ["postgresql://u@h/d", "postgresql://u@h/d"],
  ["DATABASE_URL=postgres://u@h/d", "postgres://u@h/d"],
  ["host=h dbname=d", "host=h dbname=d"],
  ["mysql://u@h/d", "mysql://u@h/d"],
  ["db.example.com:5433/shop", "postgresql://db.example.com:5433/shop"],
])("with nothing chosen, %j is a whole string", (text, dsn) => {
  expect(wholeFrom(text)?.dsn).toBe(dsn);
});

it.each(["", "shopping list: bread, milk", "42"])(
  "with nothing chosen, %j is no string and changes nothing",
  (text) => {
    expect(wholeFrom(text)).toBeNull();
  },
);

it("inside another string only an address of its own is a whole string", () => {
  expect(wholeIn("  export DATABASE_URL='postgresql://u@h/d'")?.dsn).toBe("postgresql://u@h/d");
  expect(wholeIn("db.example.com")).toBeNull();
  expect(wholeIn("p@ss:w/rd")).toBeNull();
});
