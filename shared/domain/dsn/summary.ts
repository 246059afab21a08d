import type { Target } from "../target";
import { type LocalServers, localhostWarning } from "./localhost-warning";
import { mendUnencoded, parseConnectionString } from "./parse";
import { maskUri } from "./parts";
import { fromPasted } from "./pasted";
import { readValues } from "./read-values";
import type { Mend } from "./unencoded";
import type { DsnWarning } from "./warning";
import { ASYNCPG_CHECKS, warningsFor } from "./warnings";

/** A row of "Worth knowing". */
export interface WorthKnowing {
  /** A warning's code, or a DsnError's id where the string cannot be read. */
  readonly code: string;
  readonly tone: "warn" | "ok" | "info";
  readonly text: string;
  /** Words of the text to set as code. */
  readonly words: readonly string[];
  /** The string with the remedy done, for a button; null where there is no such string. */
  readonly mend: Mend | null;
}

/** What would make a string readable: raw signs encoded, or another spelling of the same. */
function mendUnreadable(text: string): Mend | null {
  const [mend] = mendUnencoded(text);
  if (mend) return mend;
  const { dsn, note } = fromPasted(text);
  if (dsn === text || !parseConnectionString(dsn).ok) return null;
  // Without a note only spaces around the string were in the way.
  return { dsn, title: note === null ? "Take the space out" : `Read it as ${shortened(maskUri(dsn))}` };
}

/** Longest string that a press names whole, in characters. */
const LONGEST_NAMED = 90;

const shortened = (text: string): string =>
  text.length > LONGEST_NAMED ? `${text.slice(0, LONGEST_NAMED - 1)}…` : text;

/** With what was found on this computer, the general word about localhost gives way to what is known. */
function withFound(text: string, target: Target, found: LocalServers | undefined, all: readonly DsnWarning[]) {
  const known = found && localhostWarning(text, target, found);
  if (!known) return all;
  const others = all.filter(({ code }) => code !== "localhost-two-addresses");
  return known.tone === "warn" ? [known, ...others] : [...others, known];
}

/**
 * The rows of "Worth knowing", most serious first; a string that cannot be read gives its error and the way out.
 * `found` is what detection knows of this computer's servers.
 */
export function worthKnowing(text: string, found?: LocalServers): readonly WorthKnowing[] {
  const parsed = parseConnectionString(text);
  const read = readValues(text);
  if (!parsed.ok || !read.ok) {
    if (parsed.ok) return [];
    const { id, message, next } = parsed.error;
    const said = next === null ? message : `${message} ${next}`;
    return [{ code: id, tone: "warn", text: said, words: [], mend: mendUnreadable(text) }];
  }
  const { target, password } = parsed.value;
  const all = warningsFor(text, target, password?.reveal() ?? null, read.value);
  return withFound(text, target, found, all).map(({ tone, message, remedy, words, code, mend }) => ({
    code,
    tone,
    // A parameter's own sentence says enough, and a press says what it does; elsewhere the way out belongs to it.
    text:
      remedy === null || remedy === mend?.title || code === "database.parameter-unknown"
        ? message
        : `${message} ${remedy}`,
    words,
    mend,
  }));
}

/** What asyncpg makes trouble of in a string that libpq's rules can read; empty for one that cannot be read. */
export function asyncpgWarnings(text: string): readonly DsnWarning[] {
  const parsed = parseConnectionString(text);
  const read = readValues(text);
  if (!parsed.ok || !read.ok) return [];
  const { target, password } = parsed.value;
  return warningsFor(text, target, password?.reveal() ?? null, read.value, ASYNCPG_CHECKS).filter(
    ({ tone }) => tone === "warn",
  );
}
