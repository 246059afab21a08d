import { ERRNO } from "../../../shared/domain/diagnose/facts";
import { coded } from "./questions";

/** Kinds that may be long, as libpq has it (fe-protocol3.c, VALID_LONG_MESSAGE_TYPE); all others are short. */
const MAY_BE_LONG = "TDdVENA";
const SHORT = 30_000;
/** Kinds whose texts node-postgres reads up to their zero byte, past the message's end where there is none. */
const HOLDS_TEXTS = "RSENCAT";
/** Longer ones of those are no answer to anything that is asked here. */
const LONGEST_TEXTS = 1_000_000;
/** A kind and a length. */
const HEAD = 5;

/** The place after `count` texts that end by a zero byte; null where they run past the end. */
function afterTexts(body: Buffer, from: number, count: number): number | null {
  let at = from;
  for (let text = 0; text < count; text += 1) {
    const end = body.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  return at;
}

/** Texts one after the other up to an empty one: an error's fields, the mechanisms of SASL. */
function isList(body: Buffer, from: number): boolean {
  for (let at: number | null = from; at !== null; at = afterTexts(body, at, 1)) if (body[at] === 0) return true;
  return false;
}

/** A row's description: a count, then for each column its name and 18 bytes. */
function isDescription(body: Buffer): boolean {
  if (body.length < 2) return false;
  let at: number | null = 2;
  for (let column = body.readUInt16BE(0); column > 0 && at !== null; column -= 1) {
    const after: number | null = afterTexts(body, at, 1);
    at = after === null || after + 18 > body.length ? null : after + 18;
  }
  return at !== null;
}

/** Whether every text of a message ends within it (PostgreSQL manual, "Message Formats"). */
function isWhole(kind: string, body: Buffer): boolean {
  switch (kind) {
    case "R":
      return body.length >= 4 && (body.readUInt32BE(0) !== 10 || isList(body, 4));
    case "S":
      return afterTexts(body, 0, 2) !== null;
    case "C":
      return afterTexts(body, 0, 1) !== null;
    case "A":
      return afterTexts(body, 4, 2) !== null;
    case "E":
    case "N":
      return isList(body, 0);
    case "T":
      return isDescription(body);
    default:
      return true;
  }
}

const broken = (): Error => coded(ERRNO.protocol, "A message arrived that is not of PostgreSQL's protocol.");

/**
 * Follows a server's messages, and throws at the first one that no PostgreSQL sends: node-postgres believes every
 * length and would search for ever for the end of a text that has none.
 */
export function createFrameCheck(): (bytes: Buffer) => void {
  let kept: Buffer = Buffer.alloc(0);
  /** Bytes of the present message that need no look. */
  let passing = 0;
  return (bytes) => {
    const skipped = Math.min(passing, bytes.length);
    passing -= skipped;
    kept = Buffer.concat([kept, bytes.subarray(skipped)]);
    let at = 0;
    while (kept.length - at >= HEAD) {
      const kind = String.fromCharCode(kept[at] ?? 0);
      const length = kept.readUInt32BE(at + 1);
      if (length < 4 || (length > SHORT && !MAY_BE_LONG.includes(kind))) throw broken();
      const end = at + 1 + length;
      if (HOLDS_TEXTS.includes(kind)) {
        if (length > LONGEST_TEXTS) throw broken();
        if (end > kept.length) break;
        if (!isWhole(kind, kept.subarray(at + HEAD, end))) throw broken();
      }
      passing = Math.max(0, end - kept.length);
      at = Math.min(end, kept.length);
    }
    kept = kept.subarray(at);
  };
}
