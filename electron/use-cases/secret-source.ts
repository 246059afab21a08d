/** Where passwords come from, and how they are put so that a server never sees them in the clear. */
export interface SecretSource {
  /** A new random password of 24 letters and digits. */
  newPassword(): string;
  /**
   * The SCRAM-SHA-256 secret of a password, to stand in `PASSWORD '...'` in its place; null for passwords with
   * letters outside ASCII, which only the server prepares right (SASLprep).
   */
  verifier(password: string): string | null;
  /** Eight random hexadecimal digits, to name things apart. */
  tag(): string;
}
