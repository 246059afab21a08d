import type { TextLine } from "./text-line";
import { fromCsv } from "./unwrap-csv";
import { fromJson } from "./unwrap-json";

/** More of a text is not looked at; its end is, since that is where the error stands. */
const LONGEST = 1_000_000;
/** A longer line is looked at in pieces. */
const LONGEST_LINE = 4_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a terminal's colours
const ANSI = /\u001b(?:\[[0-9;?]{0,20}[A-Za-z]|\][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\)|[()][A-Z0-9])/g;

/** What mails, terminals, engines and journals put in front of a line; one layer each. */
const WRAPPINGS: readonly RegExp[] = [
  /^[ \t]*>[ \t>]*/,
  /^[ \t]*(?:`{3,}|~{3,})[\w-]*[ \t]*$/,
  // docker compose: "db-1  | ", docker-compose 1: "db_1  | "; Kubernetes and stern print a name alone.
  /^[ \t]*[\w.-]{1,80}[ \t]*\|[ \t]/,
  // journald and syslog: "Nov 23 04:51:27 host unit[123]: ".
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? [\w.-]{1,80} [\w@./\\-]{1,80}(?:\[\d+\])?: /,
  /^\d{4}-\d\d-\d\dT[\d:.,]{8,15}(?:Z|[+-][\d:]{4,5}) [\w.-]{1,80} [\w@./\\-]{1,80}\[\d+\]: /,
  // docker logs --timestamps and CRI: a moment, a stream.
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z (?:std(?:out|err) [FP] )?(?=\S)/,
];

const LAYERS = 4;

function unwrapped(line: string): string {
  let text = line;
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const before = text;
    for (const wrapping of WRAPPINGS) text = text.replace(wrapping, "");
    if (text === before) break;
  }
  return text;
}

/** A moment, a traceback, a command: here something new begins. */
const BEGINS =
  /^(?:\[?\(?\d{4}[-/]\d\d[-/]\d\d[ T,]|\[?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d|\[?\d\d:\d\d:\d\d|psql: |[$#>] ?\w|Traceback \(most recent)/;
/** What belongs to the entry before it, whatever stands in front. */
const BELONGS = /\b(?:DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION):\s/;
/** One exception was the cause of the next: they are one story. */
const CHAINED = /^(?:During handling of the above exception|The above exception was the direct cause)/;

/** A log line whose breaks are still escaped, since its JSON was cut off. */
const escapedBreaks = (text: string): string =>
  /\\n/.test(text) && !/\n/.test(text)
    ? text
        .replace(/\\r?\\?n/g, "\n")
        .replace(/\\t/g, " ")
        .replace(/\\"/g, '"')
    : text;

function pieces(text: string): readonly string[] {
  if (text.length <= LONGEST_LINE) return [text];
  const found: string[] = [];
  // An overlap, so that no message is cut in two.
  for (let at = 0; at < text.length; at += LONGEST_LINE - 400) found.push(text.slice(at, at + LONGEST_LINE));
  return found;
}

/** The lines of a text without colours, prefixes, quoting and JSON around them. Linear time, never throws. */
export function unwrap(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  let entry = 0;
  let chained = false;
  const clean = text.slice(-LONGEST).replace(ANSI, "");
  for (const raw of clean.split(/\r\n|\n|\r/)) {
    if (raw === "") {
      lines.push({ text: "", entry, sqlstate: null });
      continue;
    }
    const bare = unwrapped(raw).trimEnd();
    const structured = fromCsv(bare) ?? fromJson(bare);
    if (structured) {
      entry += 1;
      for (const said of structured.lines)
        for (const piece of pieces(said)) lines.push({ text: piece, entry, sqlstate: structured.sqlstate });
      continue;
    }
    for (const part of escapedBreaks(bare).split("\n")) {
      if (BEGINS.test(part) && !BELONGS.test(part.slice(0, 400)) && !chained) entry += 1;
      if (part.trim() !== "") chained = CHAINED.test(part);
      for (const piece of pieces(part)) lines.push({ text: piece, entry, sqlstate: sqlstateIn(piece) });
    }
  }
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
