import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFrameReader, type OutputPiece } from "./frames";

const bytesOf = (text: string): readonly number[] => [...Buffer.from(text, "utf8")];
const frame = (stream: number, text: string): readonly number[] => {
  const bytes = bytesOf(text);
  const length = [24, 16, 8, 0].map((shift) => (bytes.length >>> shift) & 255);
  return [stream, 0, 0, 0, ...length, ...bytes];
};

/** What each stream says, however many pieces it came in. */
function read(parts: readonly (readonly number[])[], terminal = false): Readonly<Record<number, string>> {
  const reader = createFrameReader(terminal);
  const pieces: readonly OutputPiece[] = parts.flatMap((part) => reader(Uint8Array.from(part)));
  const streams = [...new Set(pieces.map(({ stream }) => stream))];
  const said = (wanted: number): Buffer =>
    Buffer.concat(pieces.filter(({ stream }) => stream === wanted).map(({ bytes }) => bytes));
  return Object.fromEntries(streams.map((stream) => [stream, said(stream).toString("utf8")]));
}

describe("a container's output", () => {
  it("comes without its frames, each stream by itself", () => {
    const output = [...frame(1, "ready\n"), ...frame(2, "FATAL:  no\n"), ...frame(1, ""), ...frame(2, "DETAIL:  x\n")];
    expect(read([output])).toEqual({ 1: "ready\n", 2: "FATAL:  no\nDETAIL:  x\n" });
  });

  it("is the same wherever the network cuts it", () => {
    const frames = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.string({ unit: "grapheme", maxLength: 40 })));
    fc.assert(
      fc.property(frames, fc.array(fc.nat(200)), (sent, cuts) => {
        const whole = sent.flatMap(([stream, text]) => frame(stream, text));
        const at = [0, ...[...cuts].sort((a, b) => a - b), whole.length];
        const parts = at.map((from, index) => whole.slice(from, Math.max(from, at[index + 1] ?? from)));
        const said = read(parts);
        for (const stream of [1, 2]) {
          const texts = sent.flatMap(([one, text]) => (one === stream ? [text] : []));
          expect(said[stream] ?? "").toBe(Buffer.from(texts.join(""), "utf8").toString("utf8"));
        }
      }),
    );
  });

  it("of a terminal is plain, even where it begins like a frame", () => {
    const output = frame(1, "not a frame");
    expect(read([output], true)).toEqual({ 0: Buffer.from(output).toString("utf8") });
  });

  it("is taken as it comes where an engine sends no frames", () => {
    expect(read([bytesOf("2026-11-23 "), bytesOf("LOG:  ready\n")])).toEqual({ 0: "2026-11-23 LOG:  ready\n" });
    expect(read([[1], [0, 0], bytesOf("text")])).toEqual({ 0: "\x01\0\0text" });
  });

  it("is no frame when its length is more than any engine writes", () => {
    const head = [1, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff];
    expect(read([[...head, ...bytesOf("LOG:  x")]])[0]).toContain("LOG:  x");
  });

  it("that ends within a frame is told as far as it came", () => {
    expect(read([frame(2, "FATAL:  cut").slice(0, -3)])).toEqual({ 2: "FATAL:  " });
  });
});
