/** The text that single signs stand for as bytes of UTF-8; none where they are no UTF-8. */
function utf8Of(bytes: string): readonly string[] {
  if (!UTF8.test(bytes)) return [];
  const escaped = bytes.replace(/[%\u0080-\u00ff]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
  try {
    return [decodeURIComponent(escaped)];
  } catch {
    return [];
  }
}

/** Well-formed but for what only a decoder tells (RFC 3629, 4). */
const UTF8 =
  /^(?:[^\u0080-\uffff]|[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3})*$/;

/** The text that bytes stand for as UTF-16, whose high byte is the first or the second. */
const utf16Of = (bytes: string, low: 0 | 1): string =>
  (bytes.match(/[\s\S]{2}/g) ?? [])
    .map((pair) => String.fromCharCode(pair.charCodeAt(low) | (pair.charCodeAt(1 - low) << 8)))
    .join("");

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

const fromNumbers = (run: string): string =>
  (run.match(/\d+/g) ?? []).map((number) => String.fromCharCode(Number(number) & 0xff)).join("");

/** A stretch of a text that may be bytes in base64, in hexadecimal or as numbers, with every reading of it. */
export interface EncodedRun {
  readonly from: number;
  readonly to: number;
  readonly readings: readonly string[];
}

/** Fewer signs of base64 hold too little. */
const SHORTEST = 8;

/** What a mail, PEM or a log breaks long runs with. */
const BREAKS = /\r?\n[ \t]*|\\r?\\n/.source;

const run = (found: RegExpMatchArray, readings: readonly string[]): EncodedRun => ({
  from: found.index ?? 0,
  to: (found.index ?? 0) + found[0].length,
  // UTF-16 holds a zero beside each sign of ASCII; UTF-8 has more bytes than signs beyond it.
  readings: readings.flatMap((one) => [
    one,
    ...(one.includes("\0") ? [one.replaceAll("\0", ""), utf16Of(one, 0), utf16Of(one, 1)] : []),
    ...(/[\u0080-\u00ff]/.test(one) ? utf8Of(one) : []),
  ]),
});

/** Runs of at least eight signs or bytes; a run may begin anywhere within a group, so that each shift is one reading. */
export function encodedRuns(text: string): readonly EncodedRun[] {
  const base64 = text.matchAll(new RegExp(`[A-Za-z0-9+/_-]{4,}(?:(?:${BREAKS})[A-Za-z0-9+/_-]{2,})*={0,2}`, "g"));
  const hex = text.matchAll(/[0-9a-f]{2}(?:[0-9a-f]{2}){3,}[0-9a-f]?/gi);
  const apart = text.matchAll(/(?<![0-9a-f])[0-9a-f]{2}(?:[\s:,-]{1,2}[0-9a-f]{2}){5,}(?![0-9a-f])/gi);
  const numbers = text.matchAll(/(?<!\d)\d{1,3}(?:[\s,]{1,3}\d{1,3}){5,}(?!\d)/g);
  return [
    ...[...base64].flatMap((found) => {
      const signs = found[0].replace(/=+$/, "").replace(new RegExp(BREAKS, "g"), "");
      if (signs.length < SHORTEST) return [];
      return run(
        found,
        [0, 1, 2, 3].map((shift) => fromBase64(signs.slice(shift))),
      );
    }),
    ...[...hex].map((found) => run(found, [fromHex(found[0]), fromHex(found[0].slice(1))])),
    ...[...apart].map((found) => run(found, [fromHex(found[0].replace(/[^0-9a-f]/gi, ""))])),
    ...[...numbers].map((found) => run(found, [fromNumbers(found[0])])),
  ];
}
