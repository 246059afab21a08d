import type { Bare } from "./prefixes";

/**
 * What a line said before a terminal or a mail broke it, as far as that can be told: broken anywhere, broken between
 * words, and its pieces; most often it was not broken, and is one.
 */
export type Paragraph = readonly [string, ...string[]];

/** Widths at which terminals and mails break lines. */
const NARROWEST = 40;
const WIDEST = 320;
const LONGEST = 4_000;

/** What begins a line by itself, so that it is no continuation of the one before. */
const OWN_LINE =
  /^\s*(?:$|[{}[\]^~]|(?:File "|at |raise |\^)|(?:\S{1,40} )?connection to server (?:at|on) |(?:[\w$]+\.)*[A-Z]\w*(?:Error|Exception|Warning|Exit|Group|Timeout)\b|(?:[\w$]+\.)+(?:[A-Z]\w*|[a-z]+error):\s|Traceback|During handling|The above exception|Caused by|\(Background on|psql: |(?:FATAL|ERROR|PANIC|LOG|WARNING|NOTICE|DETAIL|HINT|CONTEXT|STATEMENT|LOCATION|QUERY):|.{1,200}\b(?:DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION):\s|\[?\(?\d{4}[-/]\d\d[-/]\d\d[ T,]|\[?\d\d:\d\d:\d\d|[$#>❯] ?\w)/;

/** Entries of a log in JSON and in CSV: they go on up to their end, whatever their lines begin with, and no further. */
const JSON_ENTRY = /^\s*\{\s*"/;
const CSV_ENTRY = /^\s*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [A-Z]{1,5},/;
/** The server's csvlog has more fields than this in every release. */
const CSV_FIELDS = 22;

/** Whether a log entry has ended with this text; null where it is no such entry. */
function isEnded(begun: string): boolean | null {
  if (JSON_ENTRY.test(begun)) return /\}\s*$/.test(begun);
  if (!CSV_ENTRY.test(begun)) return null;
  const outside = begun.replace(/"[^"]*"/g, "");
  return !outside.includes('"') && outside.split(",").length > CSV_FIELDS;
}

/** Frames of a traceback are whole. */
const WHOLE = /^\s*(?:File "[^"]+"(?:, line \d+(?:, in \S+)?)?|at .*:\d+\)?)\s*$/;

const indent = (text: string): number => text.length - text.trimStart().length;
const firstWord = (text: string): number => /^\s*\S+/.exec(text)?.[0].length ?? 0;

/** Letters that fill two columns of a terminal. */
const columns = (text: string): number =>
  text.length + (text.match(/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0);

/**
 * Puts together what was broken at the text's greatest width: a line goes on where the next one's first word would not
 * have fitted on it. `raw` are the lines as they were pasted, `lines` the same without their prefixes.
 */
export function paragraphs(
  raw: readonly string[],
  lines: readonly Bare[],
): readonly { readonly first: number; readonly paragraph: Paragraph }[] {
  const measures = [(text: string) => text.length, columns].map((measure) => {
    const widths = raw.map((text) => measure(text.trimEnd()));
    // A word is not broken, however long it is.
    const width = widths.reduce(
      (most, one, at) => (/\S\s+\S/.test(lines[at]?.text ?? "") ? Math.max(most, one) : most),
      0,
    );
    return { widths, width };
  });
  const goesOn = (at: number, begun: string): boolean => {
    const [line, next] = [lines[at], lines[at + 1]];
    if (!line || !next || next.prefixed || line.text.trim() === "" || WHOLE.test(line.text)) return false;
    const ended = isEnded(begun);
    if (ended || (OWN_LINE.test(next.text) && (ended === null || isEnded(next.text) !== null))) return false;
    if (indent(next.text) > Math.max(1, indent(line.text))) return false;
    return measures.some(({ widths, width }) => {
      const filled = widths[at] ?? 0;
      return width >= NARROWEST && width <= WIDEST && filled * 2 >= width && filled + 1 + firstWord(next.text) > width;
    });
  };
  // A full line may have been broken within a word; one that is not lost the space at its end.
  const isFull = (at: number): boolean => measures.some(({ widths, width }) => widths[at] === width);
  const found: { first: number; parts: string[]; anywhere: string; words: string }[] = [];
  lines.forEach(({ text }, at) => {
    const last = found[found.length - 1];
    if (last && goesOn(at - 1, last.words) && last.words.length + text.length < LONGEST) {
      last.parts.push(text);
      last.anywhere += isFull(at - 1) ? text : ` ${text.trimStart()}`;
      last.words += ` ${text.trimStart()}`;
    } else found.push({ first: at, parts: [text], anywhere: text, words: text });
  });
  return found.map(({ first, parts, anywhere, words }) => ({
    first,
    paragraph: parts.length === 1 ? [words] : [anywhere, words, ...parts],
  }));
}
