import fc from "fast-check";
import { expect, it } from "vitest";
import { moveCaret } from "./caret";

it.each<[string, string, string]>([
  ["postgresql://u@h|ost/d", "postgresql://someone@host/d", "postgresql://someone@h|ost/d"],
  ["postgresql://u|@host/d", "postgresql://u@other/d", "postgresql://u|@other/d"],
  ["postgresql://u@ho|st/d", "postgresql://u@example/d", "postgresql://u@example|/d"],
  ["postgresql://u@host/d|", "postgresql://u@h/d", "postgresql://u@h/d|"],
  ["abc|", "abc", "abc|"],
  ["ab|", "abXY", "abXY|"],
  ["|ab", "", "|"],
])("%s becomes %s", (before, after, expected) => {
  const at = moveCaret(before.indexOf("|"), before.replace("|", ""), after);
  expect(`${after.slice(0, at)}|${after.slice(at)}`).toBe(expected);
});

it("stays inside the text, and in place where nothing changed", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(), (before, after, some) => {
      const position = some % (before.length + 1);
      const moved = moveCaret(position, before, after);
      expect(moved).toBeGreaterThanOrEqual(0);
      expect(moved).toBeLessThanOrEqual(after.length);
      expect(moveCaret(position, before, before)).toBe(position);
    }),
  );
});
