import { namePlaceholders } from "../placeholders";
import { assignment } from "./assignment";
import { bareAddress, curlyQuotes, invisible, lineBreaks, prompt, quotes } from "./cleaning";
import { command } from "./commands";
import { dockerRun } from "./docker-run";
import { dotnet } from "./dotnet";
import { embedded, embeddedKeywords } from "./embedded";
import { codeFields, imageFields, lineFields } from "./fields-in-text";
import { jdbc } from "./jdbc";
import type { Recogniser } from "./recogniser";
import { capitals, dialect, lostSlash } from "./schemes";

/** What a pasted text was meant to be. */
export interface Pasted {
  readonly dsn: string;
  /** What was done to it, in sentences; null when nothing was. */
  readonly note: string | null;
}

/** The kinds of text that are understood; the first that knows a text takes one layer off it. */
const RECOGNISERS: readonly Recogniser[] = [
  invisible,
  curlyQuotes,
  prompt,
  quotes,
  jdbc,
  dialect,
  capitals,
  lineBreaks,
  dockerRun,
  command,
  assignment,
  dotnet,
  embedded,
  embeddedKeywords,
  imageFields,
  codeFields,
  lineFields,
  lostSlash,
  bareAddress,
];

/** A text longer than this is no paste of a string: it is kept as it is. */
const LONGEST = 200_000;
/** More layers than any paste has. */
const MOST_LAYERS = 10;

const isFinished = (text: string): boolean => /^postgres(?:ql)?:\/\/[^\s\u00a0-\u00ad\u200b-\u206f\ufeff]*$/.test(text);

/**
 * Finds the connection string in what a person pasted: a line of `.env`, a command, code, another tool's spelling.
 * Nothing is run or expanded: `${NAME}` stays and is named. A text that is none of these stays. Never fails.
 */
export function fromPasted(text: string): Pasted {
  let dsn = text.trim();
  const notes: string[] = [];
  for (let layer = 0; layer < MOST_LAYERS && dsn.length <= LONGEST && !isFinished(dsn); layer += 1) {
    const before = dsn;
    for (const recognise of RECOGNISERS) {
      const found = recognise(before);
      const next = found?.text.trim() ?? "";
      if (!found || next === "" || next === before) continue;
      dsn = next;
      if (found.note !== null && !notes.includes(found.note)) notes.push(found.note);
      break;
    }
    if (dsn === before) break;
  }
  const open = namePlaceholders(dsn);
  if (open !== null && dsn !== text) notes.push(open);
  return { dsn, note: notes.length === 0 ? null : notes.join(" ") };
}

/** What stands around a string and leaves its spelling alone. */
const AROUND: readonly Recogniser[] = [invisible, curlyQuotes, prompt, quotes, assignment];

/** "postgresql+asyncpg://", "jdbc:postgresql://", "mysql://": a whole address, whoever reads it. */
const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.:-]{0,40}:\/\//i.test(text);

/**
 * The string in a text as it stands there: taken out of a line of `.env`, quotes or a prompt, never spelled anew, so
 * that a spelling its driver refuses is judged and not mended in silence. A command or code holds only its values: of
 * those the string is made. Never fails.
 */
export function stringIn(text: string): string {
  let dsn = text.trim();
  for (let layer = 0; layer < MOST_LAYERS && dsn.length <= LONGEST && !isAddress(dsn); layer += 1) {
    const before = dsn;
    for (const recognise of AROUND) {
      dsn = recognise(before)?.text.trim() || before;
      if (dsn !== before) break;
    }
    if (dsn === before) break;
  }
  return isAddress(dsn) || /^\S*$/.test(dsn) ? dsn : fromPasted(dsn).dsn;
}
