import type { Diagnosis } from "../../diagnosis";
import type { Names, PossibleCause, Recognition } from "../recognition";
import { databaseWords } from "./database";
import { encryptWords } from "./encrypt";
import { installWords } from "./install";
import { reachWords } from "./reach";
import { serverWords } from "./server";
import { signInWords } from "./sign-in";
import type { WordTable } from "./word";

/** What is said of every id that a text can stand for. */
export const WORDS: WordTable = {
  ...reachWords,
  ...encryptWords,
  ...signInWords,
  ...serverWords,
  ...databaseWords,
  ...installWords,
};

type Codes = Pick<Diagnosis, "sqlstate" | "errno" | "asyncpgException">;

function diagnosisOf({ id, confidence }: PossibleCause, names: Names, codes: Codes): Diagnosis {
  const words = WORDS[id];
  return {
    id,
    confidence,
    title: words?.title(names) ?? id,
    explanation: words?.explanation(names) ?? "",
    ...codes,
    remedies: words?.remedies?.(names) ?? [],
  };
}

const NO_CODES: Codes = { sqlstate: null, errno: null, asyncpgException: null };

/** A recognition as `diagnose` tells its causes; remedies are for the person's own hands, since no server was asked. */
export function explainRecognition(recognised: Recognition): {
  readonly diagnosis: Diagnosis;
  readonly alternatives: readonly Diagnosis[];
} {
  const { names, sqlstate, errno, asyncpgException } = recognised;
  return {
    diagnosis: diagnosisOf(recognised, names, { sqlstate, errno, asyncpgException }),
    alternatives: recognised.alternatives.map((one) => diagnosisOf(one, names, NO_CODES)),
  };
}
