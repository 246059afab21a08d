import { namePlaceholders } from "../placeholders";
import { assignment } from "./assignment";
import {
  bareAddress,
  curlyQuotes,
  escapedSigns,
  htmlSigns,
  invisible,
  isFromHtml,
  lineBreaks,
  prompt,
  quotes,
} from "./cleaning";
import { command } from "./commands";
import { imageFields } from "./compose";
import { dockerRun } from "./docker-run";
import { dotnet, embeddedDotnet, pdo } from "./dotnet";
import { embedded, embeddedKeywords } from "./embedded";
import { codeFields, lineFields } from "./fields-in-text";
import { jdbc } from "./jdbc";
import { jdbcSignIn } from "./jdbc-sign-in";
import { passfileLine } from "./passfile-line";
import type { Recogniser } from "./recogniser";
import { capitals, dialect, lostSlash } from "./schemes";

/** What a pasted text was meant to be. */
export interface Pasted {
  readonly dsn: string;
  /** The string as a driver would be handed it: what stands around it taken off, its own spelling kept. */
  readonly given: string;
  /** What was done to it, in sentences; null when nothing was. */
  readonly note: string | null;
}

/** The kinds of text that are understood; the first that knows a text takes one layer off it. */
const RECOGNISERS: readonly Recogniser[] = [
  invisible,
  curlyQuotes,
  prompt,
  escapedSigns,
  quotes,
  htmlSigns,
  jdbcSignIn,
  jdbc,
  dialect,
  capitals,
  lineBreaks,
  dockerRun,
  command,
  assignment,
  pdo,
  dotnet,
  embeddedDotnet,
  embedded,
  embeddedKeywords,
  imageFields,
  codeFields,
  lineFields,
  lostSlash,
  passfileLine,
  bareAddress,
];

/** Those that change how a string itself is written, not what stands around it. */
const SPELLINGS: ReadonlySet<Recogniser> = new Set([jdbc, dialect, capitals, lostSlash, bareAddress]);

/** A text longer than this is no paste of a string: it is kept as it is. */
const LONGEST = 200_000;
/** More layers than any paste has. */
const MOST_LAYERS = 10;

const isFinished = (text: string): boolean =>
  !isFromHtml(text) && /^postgres(?:ql)?:\/\/[^\s\u00a0-\u00ad\u200b-\u206f\ufeff]*$/.test(text);

/**
 * Finds the connection string in what a person pasted: a line of `.env`, a command, code, another tool's spelling.
 * Nothing is run or expanded: `${NAME}` stays and is named. A text that is none of these stays. Never fails.
 */
export function fromPasted(text: string): Pasted {
  let dsn = text.trim();
  let given: string | null = null;
  const notes: string[] = [];
  for (let layer = 0; layer < MOST_LAYERS && dsn.length <= LONGEST && !isFinished(dsn); layer += 1) {
    const before = dsn;
    for (const recognise of RECOGNISERS) {
      const found = recognise(before);
      const next = found?.text.trim() ?? "";
      if (!found || next === "" || next === before) continue;
      if (SPELLINGS.has(recognise)) given ??= layer === 0 ? text : before;
      dsn = next;
      if (found.note !== null && !notes.includes(found.note)) notes.push(found.note);
      break;
    }
    if (dsn === before) break;
  }
  const open = namePlaceholders(dsn);
  if (open !== null && dsn !== text) notes.push(open);
  const asItStands = dsn === text.trim() ? text : dsn;
  return { dsn, given: given ?? asItStands, note: notes.length === 0 ? null : notes.join(" ") };
}

/**
 * The string in a text as it is spelled there, so that a spelling its driver refuses is judged and not mended in
 * silence. A command or code that holds only values gives the string made of those. Never fails.
 */
export const stringIn = (text: string): string => fromPasted(text).given.trim();
