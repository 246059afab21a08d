import type { Readable } from "node:stream";

/**
 * The lines of a stream of UTF-8, each ended by a line feed, with a carriage return before it or not. Other signs that
 * break lines for some (a lone carriage return, U+2028) stay in theirs, so that one line in is one line out.
 */
export async function* linesOf(input: Readable): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of input.setEncoding("utf8") as AsyncIterable<string>) {
    const [first = "", ...others] = piece.split("\n");
    rest += first;
    for (const next of others) {
      yield withoutReturn(rest);
      rest = next;
    }
  }
  if (rest !== "") yield withoutReturn(rest);
}

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);
