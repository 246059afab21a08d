import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { linesOf } from "./lines";

async function read(...pieces: readonly (string | Buffer)[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const input = Readable.from(
    pieces.map((piece) => Buffer.from(piece)),
    { objectMode: false },
  );
  for await (const line of linesOf(input)) lines.push(line);
  return lines;
}

describe("the lines of a stream", () => {
  it.each([
    ["a\nb\n", ["a", "b"]],
    ["a\r\nb\r\n", ["a", "b"]],
    ["a\nb", ["a", "b"]],
    ["\n\na\n", ["", "", "a"]],
    ["", []],
    ["\n", [""]],
    ["a\rb\n", ["a\rb"]],
    ["a\u2028b\u2029c\u0085d\vx\n", ["a\u2028b\u2029c\u0085d\vx"]],
  ])("%j are %j", async (text, lines) => {
    expect(await read(text)).toEqual(lines);
  });

  it("come whole where a piece ends inside a letter or a line end", async () => {
    const [first, last] = [Buffer.from("é").subarray(0, 1), Buffer.from("é").subarray(1)];
    expect(await read("a", "b\r", "\n", first, last, "\nz")).toEqual(["ab", "é", "z"]);
  });
});
