import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeLenient, decodeStrict, decodeTrimmed, encodePart } from "./percent";

const unicode = fc.string({ unit: "binary" });

describe("percent-encoding", () => {
  it("leaves nothing that a shell, a .env file or a URL reads as a sign", () => {
    fc.assert(fc.property(unicode, (text) => /^[A-Za-z0-9._~%-]*$/.test(encodePart(text))));
  });

  it("gives back any Unicode text, strictly and leniently", () => {
    fc.assert(
      fc.property(
        unicode.filter((text) => !text.includes("\0")),
        (text) => {
          expect(decodeStrict(encodePart(text))).toEqual({ kind: "text", text, lossy: false });
          expect(decodeLenient(encodePart(text))).toBe(text);
        },
      ),
    );
  });

  it("writes a lone surrogate as U+FFFD instead of throwing", () => {
    expect(encodePart("a\ud800b")).toBe("a%EF%BF%BDb");
  });

  it.each([
    ["a%zz", 1, "escape"],
    ["ab%4", 2, "escape"],
    ["%", 0, "escape"],
    ["x%00y", 1, "nul"],
  ] as const)("refuses %s where the escape starts", (raw, offset, reason) => {
    expect(decodeStrict(raw)).toEqual({ kind: "bad", offset, reason });
  });

  it("drops spaces around a part and refuses one inside it, as libpq 18 does; an encoded one stays", () => {
    expect(decodeTrimmed("  a%20b%20  ")).toEqual({ kind: "text", text: "a b ", lossy: false });
    expect(decodeTrimmed("   ")).toEqual({ kind: "text", text: "", lossy: false });
    expect(decodeTrimmed(" a b")).toEqual({ kind: "bad", offset: 2, reason: "space" });
    expect(decodeTrimmed(" a%zz b")).toEqual({ kind: "bad", offset: 2, reason: "escape" });
    expect(decodeStrict(" a b")).toEqual({ kind: "text", text: " a b", lossy: false });
  });

  it("keeps a broken escape when lenient, and takes + for a space only when asked", () => {
    expect(decodeLenient("a%zz+%41%")).toBe("a%zz+A%");
    expect(decodeLenient("a+b%2B", true)).toBe("a b+");
  });

  it("says when bytes are no UTF-8 and puts one U+FFFD for each broken sequence", () => {
    expect(decodeStrict("%FFa%E2%82")).toEqual({ kind: "text", text: "\ufffda\ufffd", lossy: true });
    expect(decodeStrict("%ED%A0%80")).toEqual({ kind: "text", text: "\ufffd\ufffd\ufffd", lossy: true });
    expect(decodeStrict("%F0%9F%98%80")).toEqual({ kind: "text", text: "😀", lossy: false });
  });
});
