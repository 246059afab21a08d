import { isOrdinary } from "./ordinary";
import type { Known, Span } from "./span";
import { bytesOf, encodedRuns, fold, viewsOf } from "./spellings";

/** A known text in every form it is looked for. */
interface Wanted extends Known {
  readonly folded: string;
  /** What a view may show of it: itself, its UTF-8 as single signs, the same with dots for what cannot be printed. */
  readonly forms: readonly string[];
  /** What the decoded bytes of base64 or hexadecimal hold of it. */
  readonly bytes: readonly string[];
}

/** Shorter ones are found as words of their own only: as a part of any word or run they would take the report apart. */
const ANYWHERE = 4;
const WORD = 2;
/** Fewer signs than this of a secret's beginning or end tell too little to be taken out where a text is cut off. */
const CUT = 5;
const LONGEST_CUT = 100;

const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}_]/u.test(sign);
const isQuote = (sign: string | undefined): boolean => sign !== undefined && /["'`«»„“”‘’]/.test(sign);

/** What may be looked for: what everybody has is not. */
function wantedOf({ kind, text }: Known): readonly Wanted[] {
  const plain = text.trim();
  if (plain === "" || isOrdinary(plain)) return [];
  const folded = fold(plain);
  const utf8 = fold(bytesOf(plain));
  const dotted = utf8.replace(/[^\x20-\x7e]/g, ".");
  const forms = [...new Set([folded, utf8, ...(dotted === utf8 ? [] : [dotted])])];
  return [{ kind, text: plain, folded, forms, bytes: [utf8, fold(encodeURIComponent(bytesOf(plain)))] }];
}

/** Whether what stands from `from` to `to` is the wanted text itself, and no piece of another word. */
function counts({ kind, folded }: Wanted, view: string, from: number, to: number): boolean {
  if (from === 0 && to === view.length) return true;
  const [before, after] = [view[from - 1], view[to]];
  if (isQuote(before) && isQuote(after)) return true;
  if ((kind === "secret" || kind === "connection-string") && folded.length >= ANYWHERE) return true;
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
  for (let length = Math.min(form.length - 1, LONGEST_CUT); length >= CUT; length -= 1) {
    const [head, tail] = [form.slice(0, length), form.slice(-length)];
    if (view.endsWith(head, end) && !isOrdinary(head)) found.push([end - length, end]);
    if (view.startsWith(tail) && !isOrdinary(tail)) found.push([0, length]);
  }
  return found;
}

/** Finds known texts, however they are spelt. */
export function createKnownSpans(known: readonly Known[]): (text: string) => readonly Span[] {
  const wanted = known.flatMap(wantedOf);
  return (text) => {
    const spans: Span[] = [];
    for (const view of viewsOf(text)) {
      const folded = fold(view.text);
      const put = (one: Wanted, from: number, to: number): void => {
        const [begin, end] = [view.begins[from] ?? 0, view.ends[to - 1] ?? text.length];
        spans.push({ from: begin, to: end, kind: one.kind, name: one.folded });
      };
      for (const one of wanted) {
        for (const form of one.forms) {
          for (const at of placesOf(folded, form))
            if (counts(one, folded, at, at + form.length)) put(one, at, at + form.length);
          if (one.kind === "secret") for (const [from, to] of cutOff(folded, form)) put(one, from, to);
        }
      }
    }
    for (const { from, to, readings } of encodedRuns(text)) {
      const folded = readings.map(fold);
      const one = wanted.find(({ bytes }) =>
        bytes.some((form) => form.length >= ANYWHERE && folded.some((reading) => reading.includes(form))),
      );
      if (one) spans.push({ from, to, kind: one.kind, name: one.folded });
    }
    return spans;
  };
}
