/**
 * One way to read a text: the sign `i` of `text` is spelt from `begins[i]` to `ends[i]` of the original. Signs that one
 * escape stands for share its whole length.
 */
export interface View {
  readonly text: string;
  readonly begins: readonly number[];
  readonly ends: readonly number[];
}

/** Letter case never tells two secrets apart here; signs that grow by it (U+0130) stay, so that places stay true. */
export const fold = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => {
    const sign = text.charAt(index);
    const lower = sign.toLowerCase();
    return lower.length === 1 ? lower : sign;
  }).join("");

function viewOf(text: string, escapes: RegExp, meaning: (spelt: string) => string | null): View | null {
  let read = "";
  const begins: number[] = [];
  const ends: number[] = [];
  let from = 0;
  const plain = (to: number): void => {
    for (; from < to; from += 1) {
      read += text.charAt(from);
      begins.push(from);
      ends.push(from + 1);
    }
  };
  for (const found of text.matchAll(escapes)) {
    const meant = meaning(found[0]);
    if (meant === null) continue;
    plain(found.index);
    from = found.index + found[0].length;
    for (const sign of meant.split("")) {
      read += sign;
      begins.push(found.index);
      ends.push(from);
    }
  }
  if (read === "") return null;
  plain(text.length);
  return { text: read, begins, ends };
}

function percentMeaning(spelt: string): string {
  if (spelt === "+") return " ";
  try {
    return decodeURIComponent(spelt);
  } catch {
    // Not UTF-8: a sign for each byte.
    return spelt.replace(/%(..)/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
}

const LETTERS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", "0": "\0" };
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function backslashMeaning(spelt: string): string {
  if (/^\\[ux]/.test(spelt)) return String.fromCharCode(Number.parseInt(spelt.slice(2), 16));
  return LETTERS[spelt.charAt(1)] ?? spelt.charAt(1);
}

function entityMeaning(spelt: string): string | null {
  const name = spelt.slice(1, -1);
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (name.startsWith("#")) return code > 0 && code < 0x11_0000 ? String.fromCodePoint(code) : null;
  return ENTITIES[name] ?? null;
}

/** Every way a text may spell what it says: plain, URL-encoded, with backslashes, with doubled quotes, with entities. */
export function viewsOf(text: string): readonly View[] {
  const begins = Array.from({ length: text.length }, (_, index) => index);
  const plain: View = { text, begins, ends: begins.map((index) => index + 1) };
  const others = [
    viewOf(text, /(?:%[0-9a-f]{2})+/gi, percentMeaning),
    viewOf(text, /(?:%[0-9a-f]{2})+|\+/gi, percentMeaning),
    viewOf(text, /\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\[\s\S]/gi, backslashMeaning),
    viewOf(text, /''|""|\\\\/g, (pair) => pair.charAt(0)),
    viewOf(text, /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);/gi, entityMeaning),
  ];
  return [plain, ...others.filter((view) => view !== null)];
}

/** A text's UTF-8, one sign a byte. */
export const bytesOf = (text: string): string =>
  encodeURIComponent(text.replace(/[\uD800-\uDFFF]/g, (half, at: number) => (isPaired(text, at) ? half : "?"))).replace(
    /%([0-9A-F]{2})/g,
    (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)),
  );

const isPaired = (text: string, at: number): boolean =>
  /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(at, at + 2)) ||
  /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(at - 1, at + 1));

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes of base64 or base64url; what is left over at the end is dropped. */
function fromBase64(run: string): string {
  let bits = 0;
  let held = 0;
  let bytes = "";
  for (const sign of run.replaceAll("-", "+").replaceAll("_", "/")) {
    held = ((held << 6) | BASE64.indexOf(sign)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode((held >> bits) & 0xff);
  }
  return bytes;
}

const fromHex = (run: string): string =>
  (run.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join("");

/** A stretch of a text that may be bytes in base64 or hexadecimal, with every reading of it. */
export interface EncodedRun {
  readonly from: number;
  readonly to: number;
  readonly readings: readonly string[];
}

/** Runs of at least eight signs; a run may begin anywhere within a group, so that each shift is one reading. */
export function encodedRuns(text: string): readonly EncodedRun[] {
  const base64 = [...text.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)].map((found) => {
    const run = found[0].replace(/=+$/, "");
    const readings = [0, 1, 2, 3].map((shift) => fromBase64(run.slice(shift)));
    return { from: found.index, to: found.index + found[0].length, readings };
  });
  const hex = [...text.matchAll(/[0-9a-f]{8,}/gi)].map((found) => ({
    from: found.index,
    to: found.index + found[0].length,
    readings: [fromHex(found[0]), fromHex(found[0].slice(1))],
  }));
  return [...base64, ...hex];
}
