import { asyncpgException } from "../diagnose/asyncpg";
import type { Diagnosis } from "../diagnosis";
import { chooseHit } from "./choose-hit";
import { asyncpgClassIn } from "./codes";
import { containedString } from "./contained-string";
import { hideSecrets } from "./hide-secrets";
import { findHits } from "./hits";
import { namesIn, withNamesOf } from "./names";
import type { NotRecognised, Recognition } from "./recognition";
import { sourceOf } from "./source";
import { unwrap } from "./unwrap";
import { explainRecognition } from "./words";

export type { Names, NotRecognised, PossibleCause, Recognition, Source } from "./recognition";

const LONGEST_QUOTE = 400;
/** Below the line it rests on: DETAIL, HINT, the rule that decided. */
const BELOW = 4;

/**
 * What a pasted traceback or log is about: its last error, or what explains it. Codes count before words. Nothing of
 * the text is kept. Linear time up to a million characters, of which a longer text's end is looked at; never throws.
 */
export function recogniseError(text: string): Recognition | NotRecognised {
  const lines = unwrap(text);
  const contained = containedString(lines);
  const string = { dsn: contained?.dsn ?? null, shownDsn: contained?.shown ?? null };
  const chosen = chooseHit(findHits(lines));
  if (!chosen) return { kind: "not-recognised", ...string };
  const { hit, others } = chosen;
  const line = lines[hit.line];
  const failure = { ...hit, severity: null, routine: null, message: "", detail: null };
  return {
    kind: "recognised",
    id: hit.id,
    confidence: hit.confidence,
    sqlstate: hit.sqlstate,
    errno: hit.errno,
    asyncpgException: asyncpgClassIn(line?.text ?? "") ?? asyncpgException(failure),
    source: sourceOf(lines, hit.line),
    quoted: hideSecrets((line?.text ?? "").trim()).slice(0, LONGEST_QUOTE),
    ...string,
    names: withNamesOf(string.dsn, namesIn(lines.slice(hit.line, hit.line + BELOW))),
    alternatives: others,
  };
}

/** A recognition with what is to be said of it, in words. */
export interface ExplainedError extends Omit<Recognition, "alternatives"> {
  readonly diagnosis: Diagnosis;
  readonly alternatives: readonly Diagnosis[];
}

/** What a pasted text is about, in words; the honest "no" where it is not known to be about a connection. */
export function explainError(text: string): ExplainedError | NotRecognised {
  const found = recogniseError(text);
  return found.kind === "recognised" ? { ...found, ...explainRecognition(found) } : found;
}
