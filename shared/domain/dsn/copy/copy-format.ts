import type { Target } from "../../target";

/** A text to copy, and in one sentence each what it does not say that the string does. */
export interface Copied {
  readonly text: string;
  readonly notes: readonly string[];
}

/** A way to write a connection down for one reader. */
export interface CopyFormat {
  readonly id: string;
  readonly title: string;
  /** Holds the password where there is one, unless its notes say otherwise. */
  write(target: Target, password: string | null): Copied;
}

/** One note for parameters that a format has no place for; none when there are none. */
export const leftOut = (reader: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${reader} takes no ${names.join(", ")}: left out.`];
