import { describe, expect, it } from "vitest";
import {
  applyField,
  applyKeyword,
  doubtfulKeywords,
  explain,
  fromPasted,
  maskUri,
  mendUnencoded,
  parseConnectionString,
  readerRows,
  readFields,
  uriParts,
  worthKnowing,
} from ".";
import { allInputs, pastedInputs, worstInputs } from "./hostile.fixture";

const MEGABYTE = 1_000_000;

/** Everything that takes a text from outside, by the name it goes by. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseConnectionString,
  explain: (text) => explain(text),
  uriParts,
  maskUri,
  readFields,
  doubtfulKeywords,
  applyField: (text) => applyField(text, "user", "me"),
  fromPasted,
  mendUnencoded,
  worthKnowing,
  readerRows: (text) => [readerRows(text, "asyncpg", null), readerRows(text, "libpq", null)],
  applyKeyword: (text) => ["host", "port", "dbname", "a"].map((keyword) => applyKeyword(text, keyword, "")),
};

/**
 * Work that grows with the square of the length would take hours for a megabyte, 10^12 steps, and run into the limit
 * here; work that grows with the length takes seconds at worst. `node scripts/bench/dsn-linear.mjs` shows figures.
 */
describe.each(Object.entries(READERS))("%s", (_, reader) => {
  it.each(worstInputs(MEGABYTE).map(({ name, text }) => [name, text] as const))(
    "comes back from a megabyte of %s",
    (_name, text) => {
      reader(text);
    },
    60_000,
  );

  it("comes back from every odd text", () => {
    const thrown: string[] = [];
    for (const { name, text } of allInputs(300)) {
      try {
        reader(text);
      } catch (error) {
        thrown.push(`${name}: ${error}`);
      }
    }
    expect(thrown).toEqual([]);
  }, 60_000);
});

/** fromPasted looks at no text above 200,000 signs, mendUnencoded at none above 20,000: these are just below. */
describe.each([
  ["fromPasted", fromPasted, 199_000],
  ["mendUnencoded", mendUnencoded, 19_900],
] as const)("%s at the longest it looks at", (_, reader, longest) => {
  it("comes back from every repetition", () => {
    for (const { text } of [...worstInputs(longest), ...pastedInputs(longest)]) reader(text);
  }, 60_000);
});
