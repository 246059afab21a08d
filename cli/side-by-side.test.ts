import { describe, expect, it } from "vitest";
import { sideBySide } from "./side-by-side";

describe("sideBySide", () => {
  it("keeps columns in line and goes on below where a cell is too long", () => {
    expect(sideBySide([["TLS", "always, unverified", "no"]], [5, 10, 5])).toEqual([
      "TLS    always,     no",
      "       unverified",
    ]);
  });

  it("breaks a word that is longer than its column", () => {
    expect(sideBySide([["abcdefgh", "x"]], [3, 3])).toEqual(["abc  x", "def", "gh"]);
  });
});
