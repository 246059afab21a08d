import type { Diagnosis } from "../diagnosis";

/**
 * One wording and the cause it stands for. `says` looks at one line; gaps in it are bounded, so that a long line
 * costs no more than its length. Adding a wording is adding an entry; in a family the first that fits speaks.
 */
export interface TextRule {
  readonly id: string;
  readonly confidence: Diagnosis["confidence"];
  readonly says: RegExp;
  /** Must stand within the lines before, for words that mean nothing by themselves. */
  readonly after?: RegExp;
  readonly sqlstate?: string;
  readonly errno?: string;
  /** Other programs say the same: it counts where PostgreSQL is named near it, and unless `named`, in a text of few lines. */
  readonly anybody?: true | "named";
  /** Causes that the same words fit as well, most probable first. */
  readonly also?: readonly string[];
  /** Where another attempt of the same entry says more, that one is the cause. */
  readonly lastResort?: true;
}
