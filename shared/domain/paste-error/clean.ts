/** How copies of a terminal's colours spell the escape character: itself, its 8-bit form, drawn, as a caret, escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a terminal's colours
const CSI = /(?:(?:\u001b|\u241b|\^\[|\\(?:x1b|u001b|033|e))\[|\u009b)[0-9;?]{0,20}[A-Za-z]/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: titles and links of a terminal
const OSC = /\u001b(?:\][^\u0007\u001b]{0,400}(?:\u0007|\u001b\\)|[()][A-Z0-9])/g;
/** Colours whose escape character got lost on the way. */
const LOST_ESCAPE = /\[(?:\d{1,3}(?:;\d{1,3}){0,5})?m/g;
/** Nothing that is seen; NUL is what UTF-16 leaves when it is read as something else. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNSEEN = /[\u0000\u00ad\u200b-\u200f\u2060\ufeff]/g;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#34;": '"',
  "&#x22;": '"',
  "&apos;": "'",
  "&#39;": "'",
  "&#x27;": "'",
  "&lt;": "<",
  "&#60;": "<",
  "&gt;": ">",
  "&#62;": ">",
  "&nbsp;": " ",
  "&#160;": " ",
  "&amp;": "&",
  "&#38;": "&",
};
const ENTITY = /&(?:quot|apos|lt|gt|nbsp|amp|#(?:34|39|60|62|160|38)|#x(?:22|27));/gi;

/** A text as its writer printed it: no colours, web pages' entities and word processors' quotes and spaces undone. */
export function cleaned(text: string): string {
  return straightQuotes(text)
    .replace(CSI, "")
    .replace(OSC, "")
    .replace(LOST_ESCAPE, "")
    .replace(UNSEEN, "")
    .replace(SPACES, " ")
    .replace(ENTITY, (entity) => ENTITIES[entity.toLowerCase()] ?? entity);
}

/** Typographic quotes as plain ones; texts that are compared need the same done to both. */
export const straightQuotes = (text: string): string => text.replace(/[“”]/g, '"').replace(/[‘’]/g, "'");
