import type { Target } from "../target";
import { applyKeyword } from "./fields";
import type { DsnValues } from "./read-values";
import type { UriScan } from "./scan-uri";
import type { Mend } from "./unencoded";

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
  /** The string with the remedy done, for a button; null where no other string would be it. */
  readonly mend: Mend | null;
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

/** Builds a warning; parameter, remedy, words and mend are empty unless given. */
export const warning = (
  code: string,
  tone: DsnWarning["tone"],
  message: string,
  more: Partial<Pick<DsnWarning, "parameter" | "remedy" | "words" | "mend">> = {},
): DsnWarning => ({ code, message, parameter: null, remedy: null, tone, words: [], mend: null, ...more });

/** The same string with one of its keywords set, "" takes it out; null where that changes nothing. */
export function mendKeyword(text: string, keyword: string, value: string, title: string): Mend | null {
  const { text: dsn, problem } = applyKeyword(text, keyword, value);
  return problem !== null || dsn === text ? null : { dsn, title };
}

/** "a", "a and b", "a, b and c". */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
