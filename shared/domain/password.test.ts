import { describe, expect, it } from "vitest";
import { checkPassword, PASSWORD_ALPHABET, PASSWORD_LENGTH, passwordFrom } from "./password";

describe("passwordFrom", () => {
  it("gives every letter the same share of all byte values", () => {
    const counts = new Map<string, number>();
    let next = 0;
    const text = passwordFrom(
      (count) => Uint8Array.from({ length: count }, () => next++ % 256),
      PASSWORD_ALPHABET.length * 4,
    );
    for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(PASSWORD_ALPHABET.length);
    expect(new Set(counts.values())).toEqual(new Set([4]));
  });

  it("asks for more bytes when some are passed over", () => {
    let asked = 0;
    const password = passwordFrom((count) => {
      asked += 1;
      return new Uint8Array(count).fill(asked === 1 ? 255 : 0);
    });
    expect(asked).toBe(2);
    expect(password).toBe((PASSWORD_ALPHABET[0] ?? "").repeat(PASSWORD_LENGTH));
  });

  it("uses only letters that mean nothing to URLs, .env readers and shells", () => {
    expect(PASSWORD_ALPHABET).toMatch(/^[A-Za-z0-9]+$/);
    expect(encodeURIComponent(PASSWORD_ALPHABET)).toBe(PASSWORD_ALPHABET);
    expect(PASSWORD_LENGTH * Math.log2(PASSWORD_ALPHABET.length)).toBeGreaterThan(128);
  });
});

describe("checkPassword", () => {
  it("refuses the empty one and NUL, at its field", () => {
    expect(checkPassword("", "new")).toMatchObject({ field: "password" });
    expect(checkPassword("a\0b", "existing")).toMatchObject({ field: "password" });
  });

  it("takes every letter that all drivers read alike", () => {
    expect(checkPassword(" p@ss/w:rd'#% \u00e4 🚀", "new")).toBeNull();
  });

  it.each(["½", "a\u0308", "a\u00a0b", "a\u200bb"])("refuses %j for a new role only", (password) => {
    expect(checkPassword(password, "new")).toMatchObject({ field: "password" });
    expect(checkPassword(password, "existing")).toBeNull();
  });
});
