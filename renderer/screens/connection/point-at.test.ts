import { expect, it } from "vitest";
import { pointAt } from "./point-at";

it("puts the caret below the character, also past the end", () => {
  expect(pointAt("postgresql://h:x/d", 15)).toBe("postgresql://h:x/d\n               ^");
  expect(pointAt("ab", 2)).toBe("ab\n  ^");
});

it("cuts long text on both sides and still points at the same character", () => {
  const text = `${"a".repeat(100)}!${"b".repeat(100)}`;
  const [line = "", caret = ""] = pointAt(text, 100).split("\n");
  expect(line[caret.indexOf("^")]).toBe("!");
  expect(line.length).toBeLessThan(80);
  expect(line.startsWith("…") && line.endsWith("…")).toBe(true);
});
