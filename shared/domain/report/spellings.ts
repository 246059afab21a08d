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

function backslashMeaning(spelt: string): string | null {
  if (/^\\[0-7]{3}$/.test(spelt)) return String.fromCharCode(Number.parseInt(spelt.slice(1), 8) & 0xff);
  if (/^\\[uUxX]./.test(spelt)) {
    const code = Number.parseInt(spelt.slice(2).replace("{", ""), 16);
    return code < 0x11_0000 ? String.fromCodePoint(code) : null;
  }
  return LETTERS[spelt.charAt(1)] ?? spelt.charAt(1);
}

/** Bytes as Python, C and psql write those beyond ASCII. */
const bytesMeaning = (spelt: string): string =>
  percentMeaning(
    spelt
      .replace(/\\x/gi, "%")
      .replace(
        /\\([0-7]{3})/g,
        (_all, octal: string) => `%${(Number.parseInt(octal, 8) & 0xff).toString(16).padStart(2, "0")}`,
      ),
  );

/** What stands between the pieces of a word that was broken, and what is not seen at all. */
const BROKEN = /\\?\r?\n[ \t]*|\\r?\\n|\\n|[\u00ad\u200b-\u200f\u2060\ufeff]/g;

const printableMeaning = (spelt: string): string => percentMeaning(spelt.replaceAll("=", "%"));

function entityMeaning(spelt: string): string | null {
  const name = spelt.slice(1, -1);
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (name.startsWith("#")) return code > 0 && code < 0x11_0000 ? String.fromCodePoint(code) : null;
  return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? null) : null;
}

/** A text as it stands. */
export function plainView(text: string): View {
  const begins = Array.from({ length: text.length }, (_, index) => index);
  return { text, begins, ends: begins.map((index) => index + 1) };
}

/** Every other way a text may spell what it says: URL-encoded, with backslashes, doubled quotes, entities, as a mail. */
export function otherViews(text: string): readonly View[] {
  const others = [
    viewOf(text, /(?:%[0-9a-f]{2})+/gi, percentMeaning),
    viewOf(text, /(?:%[0-9a-f]{2})+|\+/gi, percentMeaning),
    viewOf(
      text,
      /\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]{1,6}\}|\\U[0-9a-fA-F]{8}|\\[xX][0-9a-fA-F]{2}|\\[0-7]{3}|\\[\s\S]/g,
      backslashMeaning,
    ),
    viewOf(text, /(?:\\[xX][0-9a-fA-F]{2}|\\[0-7]{3})+/g, bytesMeaning),
    viewOf(text, BROKEN, () => ""),
    viewOf(text, /''|""|\\\\/g, (pair) => pair.charAt(0)),
    viewOf(text, /(?:=[0-9a-f]{2})+/gi, printableMeaning),
    viewOf(text, /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);/gi, entityMeaning),
  ];
  return others.filter((view) => view !== null);
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
