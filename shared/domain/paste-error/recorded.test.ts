import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { recogniseError } from ".";

interface Recorded {
  readonly name: string;
  readonly source: string;
  readonly expected: string | null;
  readonly also?: string;
  readonly text: string;
}

const folder = path.join(import.meta.dirname, "recorded");
const read = (file: string): readonly Recorded[] =>
  readFileSync(path.join(folder, file), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Recorded);

const idOf = (text: string): string | null => {
  const recognised = recogniseError(text);
  return recognised.kind === "recognised" ? recognised.id : null;
};

describe.each(readdirSync(folder))("%s", (file) => {
  it.each(read(file).map((one) => [`${one.name} | ${one.source}`, one] as const))(
    "%s",
    (_, { text, expected, also }) => {
      const recognised = recogniseError(text);
      expect(recognised.kind === "recognised" ? recognised.id : null).toBe(expected);
      if (also !== undefined && recognised.kind === "recognised") {
        expect(recognised.alternatives.map(({ id }) => id)).toContain(also);
      }
    },
  );
});

it("holds at least 120 recorded messages", () => {
  expect(readdirSync(folder).flatMap(read).length).toBeGreaterThanOrEqual(120);
  expect(idOf("")).toBeNull();
});
