import { says } from "./server-words";

/** Why the server turned somebody away, as only its log tells. */
export type LogReason = "role-missing" | "no-password" | "expired" | "mismatch" | "no-scram-secret";

/** What the end of a server's log tells about one failure. */
export interface LogLook {
  /** Path of the log. */
  readonly file: string;
  readonly reason: LogReason | null;
  /** The line of pg_hba.conf that decided, counted from 1. */
  readonly hbaLine: number | null;
  /** True when the server came up as a standby at its last start. */
  readonly standby: boolean;
}

/** The end of a log as it was read. */
export interface LogTail {
  readonly file: string;
  readonly text: string;
}

/** Whose failure is looked for; `now` and `spanMs` (how long ago it can have been) in ms. */
export interface LogWish {
  readonly user: string;
  /** True when the password was refused (28P01), which has a reason or is a wrong password. */
  readonly refused: boolean;
  readonly now: number;
  readonly spanMs: number;
}

/** Reasons of a DETAIL line, the most particular first. */
const REASONS: readonly LogReason[] = ["no-password", "expired", "no-scram-secret", "mismatch", "role-missing"];

const MINUTE = 60_000;
/** Zones differ from each other by whole quarters of an hour: within one a log's time needs no zone to be compared. */
const QUARTER = 15 * MINUTE;
/** A log and this computer's clock are the same; its stamp is rounded to a second at worst. */
const SLACK_MS = 1_500;

/** "12:34:56.789" within its quarter of an hour, in ms; null where a line has no time. */
function timeOf(line: string): number | null {
  const found = /\b\d{2}:(\d{2}):(\d{2})(?:[.,](\d{1,3}))?/.exec(line);
  if (!found) return null;
  const [minutes, seconds, fraction] = [Number(found[1]), Number(found[2]), Number((found[3] ?? "0").padEnd(3, "0"))];
  return (minutes * MINUTE + seconds * 1000 + fraction) % QUARTER;
}

/** A line without a time belongs to the one above it. */
function isRecent(lines: readonly string[], at: number, { now, spanMs }: LogWish): boolean {
  for (let index = at; index >= 0 && index > at - 4; index -= 1) {
    const time = timeOf(lines[index] ?? "");
    if (time === null) continue;
    const age = ((now % QUARTER) - time + QUARTER) % QUARTER;
    return age <= spanMs + SLACK_MS || QUARTER - age <= SLACK_MS;
  }
  return true;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Names the user as a word of its own, whatever a language's quotes. */
const mentions = (user: string): ((line: string) => boolean) => {
  const word = new RegExp(`(?<![\\p{L}\\p{N}_])${escaped(user)}(?![\\p{L}\\p{N}_])`, "u");
  return (line) => word.test(line);
};

/** The number in "... matched pg_hba.conf line 9: ..." and, since 16, in "... matched file "/x/pg_hba.conf" line 9: ...". */
function hbaLineOf(line: string): number | null {
  if (!/pg_hba\.(conf|log)/.test(line)) return null;
  // What follows a severity label, which stderr logs end with ":  "; a continued line has none.
  const sentence = line.slice(Math.max(0, line.lastIndexOf(":  ")));
  const plain = sentence.replace(/["»«“„][^"»«”“]*["»«”“]/g, "").replace(/\S*\/pg_hba\.conf/g, "pg_hba.conf");
  const found = /\d+/.exec(plain);
  return found ? Number(found[0]) : null;
}

/** Whether a sentence stands first in its entry: what follows a reason has a line of its own, without a time. */
const isFirst = (line: string): boolean => timeOf(line) !== null;

/** stderr, CSV and JSON logs as lines: the latter two quote a message's line breaks and quotes. */
const linesOf = (text: string): readonly string[] =>
  text
    .replace(/\\n/g, "\n")
    .replace(/\\t/g, "\t")
    .replace(/\\"|""/g, '"')
    .split("\n");

/** How a log's part of one start begins; the version stands there as it is in every language. */
const STARTED = /PostgreSQL \d.* on \S+, compiled by/;

/** Finds the newest trace of a user's refusal in a log's end; null where there is none. No sentence of it is kept. */
export function readLog(tail: LogTail, wish: LogWish): LogLook | null {
  const lines = linesOf(tail.text);
  const named = mentions(wish.user);
  const started = lines.reduce((at, line, index) => (STARTED.test(line) ? index : at), -1);
  const standby = lines.slice(started + 1).some((line) => says(line, "standby-mode"));
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? "";
    if (!named(line) || !isRecent(lines, at, wish)) continue;
    // Every refused sign-in names its rule right below; a line without one is about something else.
    const below = [line, lines[at + 1] ?? "", lines[at + 2] ?? ""];
    const rule = below.find((text) => hbaLineOf(text) !== null);
    if (rule === undefined) continue;
    // The rule itself may name the user, below the line that tells the reason.
    const record = lines.slice(Math.max(0, at - 2), at + 2).filter(named);
    const told = REASONS.find((one) => record.some((text) => says(text, one)));
    // Under SCRAM a wrong password is the one refusal without a reason: the rule comes first in its DETAIL.
    const reason = told ?? (wish.refused && isFirst(rule) ? "mismatch" : null);
    return { file: tail.file, reason, hbaLine: hbaLineOf(rule), standby };
  }
  return standby ? { file: tail.file, reason: null, hbaLine: null, standby } : null;
}
