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

/** Why a typed password cannot be used, at its field; null when it can. */
export function checkPassword(password: string): Problem | null {
  const wrong = (message: string, next: string) => problem("invalid-input", message, { next, field: "password" });
  if (password === "") return wrong("The role needs a password.", "Type one, or generate one.");
  if (password.includes("\0")) return wrong("A password cannot hold a NUL character.", "Type another one.");
  return null;
}
