import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uriParts } from "../../../shared/domain/dsn";
import { layerPieces } from "./layer";

const fault = (text: string, at: number | null): string | undefined =>
  layerPieces(uriParts(text), at).find((piece) => piece.fault)?.text;

describe("the layer behind the caret", () => {
  it("marks the character an error is about, whole, and a place past the end", () => {
    expect(fault("postgresql://h:x/d", 15)).toBe("x");
    expect(fault("postgresql://u:😀@h", 15)).toBe("😀");
    expect(fault("postgresql://u:😀@h", 16)).toBe("😀");
    expect(fault("postgresql://h", 14)).toBe(" ");
    expect(fault("postgresql://h", null)).toBeUndefined();
  });

  it("is the string, character for character, wherever the fault lies", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (junk, some) => {
        const text = `postgresql://u:p@${junk}`;
        const at = some % text.length;
        const painted = layerPieces(uriParts(text), at);
        expect(painted.map((piece) => piece.text).join("")).toBe(text);
      }),
    );
  });
});
