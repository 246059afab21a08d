import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteWord } from "./shell";

/** PowerShell and cmd are not on this computer: their rules are tested by example in run-line.test.ts. */
describe.runIf(process.platform !== "win32")("words for a POSIX shell", () => {
  it("arrive as they were, whatever is in them", () => {
    const words = fc
      .sample(fc.string({ unit: "binary", minLength: 1 }), 300)
      .concat(["-n", "~", "*", "$(id)", "`id`", "a'b", '"', "\\", "!!", "#", "&&", "p@ss=w:o/r d#$\"'"]);
    const given = words.filter((word) => quoteWord(word, "posix") !== null);
    expect(given.length).toBeGreaterThan(100);
    const script = `printf '%s\\0' ${given.map((word) => quoteWord(word, "posix")).join(" ")}`;
    expect(execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1)).toEqual(given);
  });
});
