import { describe, expect, it } from "vitest";
import { lastLines } from "./log";

const ESCAPE = String.fromCharCode(27);

describe("the end of a log", () => {
  it("is the last lines, without colours, empty lines and overlong ones", () => {
    const text = `one\n\n${ESCAPE}[31mtwo${ESCAPE}[0m\r\nthree\t!\n${"x".repeat(5000)}\n`;
    const lines = lastLines(text, [], 3);
    expect(lines.slice(0, 2)).toEqual(["two", "three  !"]);
    expect(lines[2]?.length).toBeLessThanOrEqual(300);
  });

  it.each([
    "signs in with hunter2-hunter2",
    "postgresql://app:other-word@db/x",
    "CREATE ROLE app PASSWORD 'it''s other-word'",
    "password=other-word host=db",
  ])("shows no secret of %s", (line) => {
    expect(lastLines(line, ["hunter2-hunter2"], 1).join("")).not.toMatch(/hunter2|other-word/);
  });

  it("stays readable where somebody took a plain word as the password", () => {
    const line = 'FATAL:  password authentication failed for user "postgres"';
    expect(lastLines(line, ["postgres", "password", "x"], 1)).toEqual([line]);
  });
});
