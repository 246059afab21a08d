import { cleaned } from "./clean";
import { bare, withoutMargin } from "./prefixes";
import type { TextLine } from "./text-line";
import { fromCsv } from "./unwrap-csv";
import { fromJson, type JsonEntry, jsonBlocks } from "./unwrap-json";
import { type Paragraph, paragraphs } from "./wrapped";

/** More of a text is not looked at; its end is, since that is where the error stands. */
const LONGEST = 1_000_000;
/** A longer line is looked at in pieces. */
const LONGEST_LINE = 4_000;
/** Logs hold logs: JSON within JSON, at most this deep. */
const DEEPEST = 4;
/** Lines of one story are written within this time, in milliseconds. */
const TOGETHER = 2_000;

/** A moment, a traceback, a command: here something new begins. */
const BEGINS =
  /^(?:\[?\(?\d{4}[-/]\d\d[-/]\d\d[ T,]|\[?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d|\[?\d\d:\d\d:\d\d|psql: |[$#>] ?\w|Traceback \(most recent)/;
/** What belongs to the entry before it, whatever stands in front. */
const BELONGS = /\b(?:DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION):\s/;
/** One exception was the cause of the next: they are one story. */
const CHAINED = /^(?:During handling of the above exception|The above exception was the direct cause)/;

/** A text whose breaks and quotes are still escaped: its JSON was cut off, or it stands in a field of a log line. */
function unescaped(text: string): string {
  if (!/\\(?:n|")/.test(text)) return text;
  let plain = text.replace(/^\s*\{\s*"[\w.@-]{1,80}"\s*:\s*"/, "");
  for (let layer = 0; layer < DEEPEST && /\\(?:n|")/.test(plain); layer += 1)
    plain = plain
      .replace(/\\+r?\\*n/g, "\n")
      .replace(/\\+t/g, " ")
      .replace(/\\+(["'])/g, "$1");
  return plain;
}

function pieces(text: string): readonly string[] {
  if (text.length <= LONGEST_LINE) return [text];
  const found: string[] = [];
  // An overlap, so that no message is cut in two.
  for (let at = 0; at < text.length; at += LONGEST_LINE - 400) found.push(text.slice(at, at + LONGEST_LINE));
  return found;
}

/** The lines of a text without colours, prefixes, quoting, line wrapping and JSON around them. Linear time, never throws. */
export function unwrap(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  let entry = 0;
  let chained = false;
  /** True after an entry that ends by its form: what follows is another one's. */
  let ended = false;
  let moment: number | null = null;

  const put = (said: string, sqlstate: string | null, readings: readonly string[] = []): void => {
    const more = readings.length > 0 ? { readings } : {};
    for (const piece of pieces(said))
      lines.push({ text: piece, entry, sqlstate: sqlstate ?? sqlstateIn(piece), ...more });
  };
  const writtenAt = (when: number | null): void => {
    if (when === null) return;
    if (moment !== null && Math.abs(when - moment) > TOGETHER) entry += 1;
    moment = when;
  };
  const csv = (said: string): boolean => {
    const found = fromCsv(said);
    if (!found) return false;
    entry += 1;
    for (const line of found.lines) put(line, found.sqlstate);
    ended = true;
    return true;
  };
  const json = (entries: readonly JsonEntry[] | null, depth: number): boolean => {
    for (const one of entries ?? []) {
      if (one.isEnvelope) writtenAt(one.moment);
      else entry += 1;
      ended = false;
      for (const said of one.texts) read(said.replace(/\r?\n$/, ""), depth + 1, one.sqlstate);
      ended = !one.isEnvelope;
    }
    return entries !== null;
  };
  const plain = ([line, ...readings]: Paragraph, sqlstate: string | null): void => {
    const begins = ended || (BEGINS.test(line) && !BELONGS.test(line.slice(0, 400)) && !chained);
    if (begins) entry += 1;
    ended = false;
    if (line.trim() !== "") chained = CHAINED.test(line);
    put(line, sqlstate, readings);
  };
  function read(all: string, depth: number, sqlstate: string | null): void {
    const raw = withoutMargin(all.split(/\r\n|\n|\r/));
    const bares = raw.map(bare);
    let from = 0;
    const until = (to: number): void => {
      for (const { first, paragraph } of paragraphs(raw.slice(from, to), bares.slice(from, to))) {
        writtenAt(bares[from + first]?.moment ?? null);
        const [whole] = paragraph;
        const spelt = depth < DEEPEST ? unescaped(whole) : whole;
        if (depth < DEEPEST && paragraph.some((reading) => csv(reading.trimStart()) || json(fromJson(reading), depth)))
          continue;
        if (spelt === whole) plain(paragraph, sqlstate);
        else read(spelt, depth + 1, sqlstate);
      }
      from = to;
    };
    for (const block of jsonBlocks(bares)) {
      until(block.from);
      json(block.entries, depth);
      from = block.to;
    }
    until(raw.length);
  }
  read(cleaned(text.slice(-LONGEST)), 0, null);
  return lines;
}

/** A SQLSTATE where drivers and servers put it: `FATAL:  28P01: ...`, `28P01 FATAL:`, `(SQLSTATE 28P01)`, `code: '28P01'`. */
function sqlstateIn(line: string): string | null {
  const found =
    /\b(?:FATAL|ERROR|PANIC|LOG|WARNING):\s{1,4}([0-9A-Z]{5}): /.exec(line) ??
    /\s([0-9][0-9A-Z]{4}|XX000) (?:FATAL|ERROR|PANIC):/.exec(line) ??
    /\bSQLSTATE\b[ =:[(]{1,3}['"]?([0-9A-Z]{5})\b/i.exec(line) ??
    /\b(?:code|pgcode|sqlstate|originalCode)['"]?\s{0,3}[:=]\s{0,3}['"]([0-9A-Z]{5})['"]/.exec(line);
  const code = found?.[1] ?? null;
  return code !== null && /\d/.test(code) && !/^P\d{4}$/.test(code) ? code : null;
}
