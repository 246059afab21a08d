import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { recogniseError } from ".";
import { WRAPPINGS } from "./wrappings.fixture";

interface Recorded {
  readonly source: string;
  readonly expected: string;
  readonly text: string;
}

const ALL = ["servers", "nowhere", "pooler", "life", "docker"]
  .flatMap((file) => readFileSync(path.join(import.meta.dirname, "recorded", `${file}.ndjson`), "utf8").split("\n"))
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Recorded)
  .filter(
    ({ source }) => /^(?:psql|asyncpg|psycopg|PostgreSQL|docker)\b/.test(source) && !/csvlog|jsonlog/.test(source),
  );

/** For every cause the text of one program, in turn; CSV has lines of its own. */
const TEXTS = [...new Set(ALL.map(({ expected }) => expected))].flatMap((cause, turn) => {
  const told = ALL.filter(({ expected }) => expected === cause);
  return told[(turn * 7) % told.length] ?? [];
});

const idOf = (text: string): string | null => {
  const found = recogniseError(text);
  return found.kind === "recognised" ? found.id : null;
};

it("texts of more than forty causes are wrapped", () => {
  expect(TEXTS.length).toBeGreaterThan(40);
});

it.each(Object.entries(WRAPPINGS))("%s: what the error stands for stays the same", (_, wrap) => {
  const wrong = TEXTS.map(({ source, expected, text }) => ({ source, expected, found: idOf(wrap(text)) }));
  expect(wrong.filter(({ expected, found }) => found !== expected)).toEqual([]);
});
