import type { Target } from "../target";
import type { DsnValues } from "./read-values";
import type { UriScan } from "./scan-uri";

/** Something worth knowing about a string that can be read. Warnings never block. */
export interface DsnWarning {
  /** A diagnosis id where one exists, otherwise a word of its own. */
  readonly code: string;
  readonly message: string;
  /** The parameter it is about. */
  readonly parameter: string | null;
  /** What to do about it, one sentence. */
  readonly remedy: string | null;
  readonly tone: "warn" | "ok" | "info";
  /** Words of the message that are code. */
  readonly words: readonly string[];
}

/** What a check looks at: a string that libpq's rules can read. */
export interface Facts {
  readonly text: string;
  readonly target: Target;
  readonly password: string | null;
  readonly read: DsnValues;
  /** Null in the keyword/value form. */
  readonly scan: UriScan | null;
}

/** One rule; adding one means an entry in the list of warnings.ts. */
export type Check = (facts: Facts) => readonly DsnWarning[];

/** Builds a warning; parameter, remedy and words are empty unless given. */
export const warning = (
  code: string,
  tone: DsnWarning["tone"],
  message: string,
  more: Partial<Pick<DsnWarning, "parameter" | "remedy" | "words">> = {},
): DsnWarning => ({ code, message, parameter: null, remedy: null, tone, words: [], ...more });
