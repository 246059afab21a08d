/** Percent-decoding the way libpq does it: strict, and saying where it went wrong. */
export type Decoded =
  | {
      readonly kind: "text";
      readonly text: string /** True when some bytes were no UTF-8 and became U+FFFD. */;
      readonly lossy: boolean;
    }
  | {
      readonly kind: "bad";
      /** Index of the `%` or of the space. */
      readonly offset: number;
      readonly reason: "escape" | "nul" | "space";
    };

const REPLACEMENT = 0xfffd;

/** Decodes bytes as UTF-8; each broken sequence becomes one U+FFFD, as Python and browsers do it. */
function decodeUtf8(bytes: readonly number[]): { readonly text: string; readonly lossy: boolean } {
  const pieces: string[] = [];
  let lossy = false;
  let needed = 0;
  let point = 0;
  let lower = 0x80;
  let upper = 0xbf;
  const put = (code: number) => pieces.push(String.fromCodePoint(code));
  const putBroken = () => {
    lossy = true;
    put(REPLACEMENT);
  };
  for (const byte of bytes) {
    if (needed > 0) {
      if (byte >= lower && byte <= upper) {
        lower = 0x80;
        upper = 0xbf;
        point = (point << 6) | (byte & 0x3f);
        needed -= 1;
        if (needed === 0) put(point);
        continue;
      }
      putBroken();
      needed = 0;
    }
    // The bounds of the second byte keep out overlong forms, surrogates and code points past U+10FFFF (RFC 3629).
    lower = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    upper = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    if (byte <= 0x7f) put(byte);
    else if (byte >= 0xc2 && byte <= 0xdf) [needed, point] = [1, byte & 0x1f];
    else if (byte >= 0xe0 && byte <= 0xef) [needed, point] = [2, byte & 0x0f];
    else if (byte >= 0xf0 && byte <= 0xf4) [needed, point] = [3, byte & 0x07];
    else putBroken();
  }
  if (needed > 0) putBroken();
  return { text: pieces.join(""), lossy };
}

function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 0x20;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** The byte written by the escape at `index`, or -1 when there are no two hex digits after the `%`. */
function escapeAt(raw: string, index: number): number {
  const high = hexValue(raw.charCodeAt(index + 1));
  const low = hexValue(raw.charCodeAt(index + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** Walks `raw` once; `goOn` says whether a broken escape or `%00` is let through as it stands. */
function decode(raw: string, plusIsSpace: boolean, goOn: boolean): Decoded {
  if (!raw.includes("%") && !plusIsSpace) return { kind: "text", text: raw, lossy: false };
  const pieces: string[] = [];
  let bytes: number[] = [];
  let lossy = false;
  let plain = 0;
  const text = (from: number, to: number) => {
    const piece = raw.slice(from, to);
    return plusIsSpace ? piece.replaceAll("+", " ") : piece;
  };
  const flush = () => {
    if (bytes.length === 0) return;
    const decoded = decodeUtf8(bytes);
    lossy ||= decoded.lossy;
    pieces.push(decoded.text);
    bytes = [];
  };
  let index = raw.indexOf("%");
  while (index >= 0) {
    const byte = escapeAt(raw, index);
    if (byte <= 0 && !goOn) return { kind: "bad", offset: index, reason: byte === 0 ? "nul" : "escape" };
    if (plain < index) {
      flush();
      pieces.push(text(plain, index));
    }
    if (byte >= 0) {
      bytes.push(byte);
      plain = index + 3;
    } else {
      flush();
      pieces.push("%");
      plain = index + 1;
    }
    index = raw.indexOf("%", plain);
  }
  flush();
  pieces.push(text(plain, raw.length));
  return { kind: "text", text: pieces.join(""), lossy };
}

/** Decodes as libpq's conninfo_uri_decode up to PostgreSQL 17: a broken escape or `%00` is an error; `+` is a plus. Linear time. */
export const decodeStrict = (raw: string): Decoded => decode(raw, false, false);

/** As decodeStrict, from PostgreSQL 18 on: spaces around the text are dropped, and one inside it is an error. */
export function decodeTrimmed(raw: string): Decoded {
  if (!raw.includes(" ")) return decodeStrict(raw);
  let start = 0;
  while (raw[start] === " ") start += 1;
  const space = raw.indexOf(" ", start);
  const end = space < 0 ? raw.length : space;
  const decoded = decodeStrict(raw.slice(start, end));
  if (decoded.kind === "bad") return { ...decoded, offset: start + decoded.offset };
  for (let at = end; at < raw.length; at += 1)
    if (raw[at] !== " ") return { kind: "bad", offset: end, reason: "space" };
  return decoded;
}

/** Index of the first escape that begins no UTF-8 character; the length of the text where there is none. */
export function lossyOffset(raw: string): number {
  for (const { 0: run, index } of raw.matchAll(/(?:%[0-9A-Fa-f]{2})+/g)) {
    let at = 0;
    while (at < run.length) {
      const whole = [1, 2, 3, 4].find((bytes) => {
        const decoded = decodeStrict(run.slice(at, at + bytes * 3));
        return decoded.kind === "text" && !decoded.lossy;
      });
      if (whole === undefined) return index + at;
      at += whole * 3;
    }
  }
  return raw.length;
}

/** Decodes as Python's `urllib.parse.unquote`: a broken escape stays as it is; with `plusIsSpace` as `parse_qs`. */
export function decodeLenient(raw: string, plusIsSpace = false): string {
  const decoded = decode(raw, plusIsSpace, true);
  return decoded.kind === "text" ? decoded.text : raw;
}

/** Lone surrogates are no Unicode text and cannot be encoded: they become U+FFFD. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");

/** Encodes one part of a URI: all but letters, digits and `- _ . ~` becomes %XX, so no shell or `.env` sign is left. */
export function encodePart(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  return encodeURIComponent(wellFormed(text)).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
