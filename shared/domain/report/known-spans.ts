import { encodedRuns } from "./encoded-runs";
import { isOrdinary } from "./ordinary";
import { sifted, siftedView } from "./sifted";
import type { Known, Span } from "./span";
import { bytesOf, fold, otherViews, plainView, type View } from "./spellings";

/** A known text in every form it is looked for. */
interface Wanted extends Known {
  readonly folded: string;
  /** What a view may show of it: itself, its UTF-8 as single signs, the same with dots for what cannot be printed. */
  readonly forms: readonly string[];
  /** A secret's letters and digits, which stay when it is broken, quoted or spaced out; null where they are few. */
  readonly sifted: string | null;
}

/** Shorter ones are found as words of their own only: as a part of any word or run they would take the report apart. */
const ANYWHERE = 4;
const WORD = 2;
/** Fewer letters and digits than this stand in any text by chance. */
const SIFTED = 8;
/** Fewer signs than this of a secret's beginning or end tell too little to be taken out where a text is cut off. */
const CUT = 5;
const LONGEST_CUT = 100;
/** Spellings within spellings, at most this deep; signs of those beyond the first that are read for one text at most. */
const DEEPEST = 3;
const MOST_SIGNS = 80_000;

const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}_]/u.test(sign);
const isQuote = (sign: string | undefined): boolean => sign !== undefined && /["'`«»„“”‘’]/.test(sign);
const isSecret = ({ kind }: Known): boolean => kind === "secret" || kind === "connection-string";

/** What may be looked for: what everybody has is not. */
function wantedOf(one: Known): readonly Wanted[] {
  const { kind, text } = one;
  const plain = text.trim();
  if (plain === "" || isOrdinary(plain)) return [];
  const folded = fold(plain);
  const utf8 = fold(bytesOf(plain));
  const dotted = utf8.replace(/[^\x20-\x7e]/g, ".");
  const forms = [...new Set([folded, utf8, ...(dotted === utf8 ? [] : [dotted])])];
  const letters = isSecret(one) ? sifted(plain) : "";
  return [
    { kind, text: plain, folded, forms, sifted: letters.length < SIFTED || isOrdinary(letters) ? null : letters },
  ];
}

/** Whether what stands from `from` to `to` is the wanted text itself, and no piece of another word. */
function counts(one: Wanted, view: string, from: number, to: number): boolean {
  const { folded } = one;
  if (from === 0 && to === view.length) return true;
  const [before, after] = [view[from - 1], view[to]];
  if (isQuote(before) && isQuote(after)) return true;
  if (isSecret(one) && folded.length >= ANYWHERE) return true;
  // A word's boundary counts only beside a sign of a word.
  const apart = !(isWordSign(view[from]) && isWordSign(before)) && !(isWordSign(view[to - 1]) && isWordSign(after));
  return folded.length >= WORD && apart;
}

function* placesOf(view: string, form: string): Generator<number> {
  for (let at = view.indexOf(form); at >= 0; at = view.indexOf(form, at + 1)) yield at;
}

/** Where a text was cut off in the middle of a secret: the piece at its end, or the one it begins with. */
function cutOff(view: string, form: string): readonly (readonly [from: number, to: number])[] {
  const end = view.replace(/(?:…|\.{3})$/, "").length;
  const found: (readonly [number, number])[] = [];
  // Most readings hold neither piece: two looks tell.
  const near = LONGEST_CUT + CUT;
  const isHead = view.slice(-near).includes(form.slice(0, CUT));
  const isTail = view.slice(0, near).includes(form.slice(-CUT));
  if (!isHead && !isTail) return found;
  for (let length = Math.min(form.length - 1, LONGEST_CUT); length >= CUT; length -= 1) {
    const [head, tail] = [form.slice(0, length), form.slice(-length)];
    if (view.endsWith(head, end) && !isOrdinary(head)) found.push([end - length, end]);
    if (view.startsWith(tail) && !isOrdinary(tail)) found.push([0, length]);
  }
  return found;
}

/** Signs that no text has; of bytes that are none, every fourth is one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const mayBeText = (text: string): boolean => (text.match(NO_TEXT)?.length ?? 0) * 8 <= text.length;

/** What one view shows by itself; `isWhole`: it is the text as it was given, which somebody may have cut off. */
function shownIn(view: View, wanted: readonly Wanted[], isWhole: boolean): readonly Span[] {
  const spans: Span[] = [];
  const put = (one: Wanted, { begins, ends }: View, from: number, to: number): void => {
    spans.push({ from: begins[from] ?? 0, to: ends[to - 1] ?? 0, kind: one.kind, name: one.folded });
  };
  const folded = fold(view.text);
  // Bytes that are no text have no letters to look at.
  const letters = mayBeText(view.text) ? siftedView(view) : null;
  for (const one of wanted) {
    for (const form of one.forms) {
      for (const at of placesOf(folded, form))
        if (counts(one, folded, at, at + form.length)) put(one, view, at, at + form.length);
      if (isWhole && one.kind === "secret") for (const [from, to] of cutOff(folded, form)) put(one, view, from, to);
    }
    if (one.sifted === null || letters === null) continue;
    for (const at of placesOf(letters.text, one.sifted)) put(one, letters, at, at + one.sifted.length);
  }
  return spans;
}

/** The same reading with its places in the text that `outer` was read from. */
function placedIn(outer: View, { text, begins, ends }: View): View {
  return {
    text,
    begins: begins.map((at) => outer.begins[at] ?? 0),
    ends: ends.map((at) => outer.ends[at - 1] ?? 0),
  };
}

/** Every sign of a decoded run stands for the whole of it. */
function wholeRun(outer: View, from: number, to: number, reading: string): View {
  const [begin, end] = [outer.begins[from] ?? 0, outer.ends[to - 1] ?? 0];
  return { text: reading, begins: Array(reading.length).fill(begin), ends: Array(reading.length).fill(end) };
}

/** What a reading may itself spell: its other views, and its runs of bytes. */
function readingsIn(view: View, others: readonly View[]): readonly View[] {
  return [
    ...others.map((other) => placedIn(view, other)),
    ...encodedRuns(view.text).flatMap(({ from, to, readings }) =>
      readings.map((reading) => wholeRun(view, from, to, reading)),
    ),
  ];
}

/** Finds known texts, however they are spelt, spellings within spellings too: the nearest readings first. */
export function createKnownSpans(known: readonly Known[]): (text: string) => readonly Span[] {
  const wanted = known.flatMap(wantedOf);
  const inside = wanted.filter(({ folded }) => folded.length >= ANYWHERE);
  return (given) => {
    const spans: Span[] = [];
    const seen = new Set<string>();
    let level: readonly View[] = [plainView(given)];
    let signs = 0;
    for (let depth = 0; depth <= DEEPEST; depth += 1) {
      const next: View[] = [];
      for (const view of level) {
        const key = `${view.begins[0]} ${view.ends[view.ends.length - 1]} ${view.text}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (depth > 1) signs += view.text.length;
        if (signs > MOST_SIGNS) return spans;
        spans.push(...shownIn(view, depth === 0 ? wanted : inside, depth <= 1));
        if (depth < DEEPEST && mayBeText(view.text)) next.push(...readingsIn(view, otherViews(view.text)));
      }
      level = next;
    }
    return spans;
  };
}
