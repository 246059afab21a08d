import { type Problem, problem } from "./result";

/**
 * Letters and digits without the look-alikes 0 O 1 I l: nothing here needs encoding in a URL or quoting in
 * `.env` and shells.
 */
export const PASSWORD_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Letters of a generated password: 24 of 57 are 139 bits. */
export const PASSWORD_LENGTH = 24;

/**
 * A password of `length` letters, every letter equally likely: bytes beyond the last whole multiple of the alphabet
 * are passed over. `random` gives that many random bytes and is asked again until they suffice.
 */
export function passwordFrom(random: (count: number) => Uint8Array, length: number = PASSWORD_LENGTH): string {
  const limit = 256 - (256 % PASSWORD_ALPHABET.length);
  let text = "";
  while (text.length < length) {
    for (const byte of random(length)) {
      if (byte < limit && text.length < length) text += PASSWORD_ALPHABET[byte % PASSWORD_ALPHABET.length];
    }
  }
  return text;
}

/** Letters that RFC 3454, table B.1, "commonly mapped to nothing" lists. */
const DROPPED: readonly (readonly [from: number, to: number])[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x1806, 0x1806],
  [0x180b, 0x180d],
  [0x200b, 0x200d],
  [0x2060, 0x2060],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
];

const isDropped = (letter: string): boolean => {
  const code = letter.codePointAt(0) ?? 0;
  return DROPPED.some(([from, to]) => code >= from && code <= to);
};

/**
 * Why a typed password cannot be used, at its field; null when it can. For a new role also when SCRAM's preparation
 * would change it (RFC 4013: NFKC, invisible letters dropped): libpq and asyncpg prepare, node-postgres does not, so
 * such a password works in one driver and is rejected in the next.
 */
export function checkPassword(password: string, use: "new" | "existing"): Problem | null {
  const wrong = (message: string, next: string) => problem("invalid-input", message, { next, field: "password" });
  if (password === "") return wrong("The role needs a password.", "Type one, or generate one.");
  if (password.includes("\0")) return wrong("A password cannot hold a NUL character.", "Type another one.");
  const prepared = [...password.normalize("NFKC")].filter((letter) => !isDropped(letter)).join("");
  if (use === "new" && prepared !== password) {
    return wrong(
      "Database drivers read some letters of this password differently.",
      "Use plain letters, or generate one.",
    );
  }
  return null;
}
