import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFrameCheck } from "./frames";

function message(kind: string, body: string, length = body.length + 4): Buffer {
  const head = Buffer.from(`${kind}\0\0\0\0`, "latin1");
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, Buffer.from(body, "latin1")]);
}

/** A sign-in and a query as PostgreSQL answers them. */
const CONVERSATION = Buffer.concat([
  message("R", "\0\0\0\x0aSCRAM-SHA-256\0\0"),
  message("R", "\0\0\0\0"),
  message("S", "server_version\x0018.4\0"),
  message("K", "\0\0\0\x01\0\0\0\x02"),
  message("Z", "I"),
  message("N", "SNOTICE\0Mhello\0\0"),
  message("T", `\0\x01version\0${"\0".repeat(18)}`),
  message("D", `\0\x01\0\0\xff\xff${"x".repeat(65_535)}`),
  message("C", "SELECT 1\0"),
  message("E", "SERROR\0C42P01\0\0"),
]);

describe("the check of messages", () => {
  it("lets a real conversation pass, however it is cut into pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 400 }), (sizes) => {
        const check = createFrameCheck();
        let at = 0;
        for (const size of sizes) {
          check(CONVERSATION.subarray(at, at + size));
          at += size;
        }
        check(CONVERSATION.subarray(at));
        check(CONVERSATION);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ["a length of 0", message("E", "", 0)],
    ["a length of 3", message("R", "", 3)],
    ["a short kind with a long length", message("S", "", 0x7fff_ffff)],
    ["an endless error", message("E", "", 0x4000_0000)],
    ["an error whose list does not end", message("E", "SFATAL\0")],
    ["an error without a zero byte", message("E", "SFATAL")],
    ["an empty error", message("E", "")],
    ["a parameter without its value", message("S", "server_version\0")],
    ["a list of mechanisms that does not end", message("R", "\0\0\0\x0aSCRAM\0")],
    ["a description with fewer columns than it says", message("T", `\0\x02a\0${"\0".repeat(18)}`)],
    ["a command tag without an end", message("C", "SELECT 1")],
  ])("stops at %s", (_what, bytes) => {
    expect(() => createFrameCheck()(bytes)).toThrow("not of PostgreSQL's protocol");
    expect(() => {
      const check = createFrameCheck();
      for (const byte of bytes) check(Buffer.from([byte]));
    }).toThrow("not of PostgreSQL's protocol");
  });
});
