/** Why a connection string cannot be read. Never quotes the string: any part of it may be a piece of a password. */
export interface DsnError {
  readonly id:
    | "read.unsupported-scheme"
    | "read.invalid"
    | "read.invalid-parameter-value"
    | "read.unencoded-credentials";
  readonly message: string;
  /** Index of the character it is about, in UTF-16 units; null when it is about the whole. */
  readonly position: number | null;
  /** What would be right, one sentence. */
  readonly next: string | null;
}

export const dsnError = (
  id: DsnError["id"],
  message: string,
  position: number | null = null,
  next: string | null = null,
): DsnError => ({ id, message, position, next });
