import { isKeywordForm } from "../scan-keywords";
import type { Recogniser } from "./recogniser";

const START = /(?:jdbc:)?postgres(?:ql)?(?:\+\w{1,30})?:\/\//i;

/** The quoted text that begins at `start`, with the pieces that the language joins to it, and where it ends. */
function quotedText(text: string, start: number, quote: string): string {
  const pieces: string[] = [];
  let at = start;
  for (;;) {
    const end = text.indexOf(quote, at);
    if (end < 0) return pieces.join("") + (/^[^\n]*/.exec(text.slice(at))?.[0] ?? "");
    pieces.push(text.slice(at, end));
    // "postgresql://u:p@h" ":5432/d" in Python, with + in JavaScript.
    const joined = /^\s*(?:\+\s*|\\\s*|\.\s*)?[fFrRbB]?(["'`])/.exec(text.slice(end + 1, end + 200));
    if (!joined || joined[1] !== quote || /^["'`]{2}/.test(text.slice(end, end + 2))) return pieces.join("");
    at = end + 1 + joined[0].length;
  }
}

/** What a sentence or a bracket puts behind a string. */
function withoutPunctuation(text: string): string {
  let end = text.length;
  while (end > 0 && "),.;]}".includes(text[end - 1] as string)) end -= 1;
  return text.slice(0, end);
}

/** A connection string somewhere in code, a log or a sentence. */
export const embedded: Recogniser = (text) => {
  const found = START.exec(text);
  if (!found || found.index === 0) return null;
  const before = text[found.index - 1] ?? "";
  const inQuotes = /["'`]/.test(before);
  const string = inQuotes
    ? quotedText(text, found.index, before)
    : withoutPunctuation(/^[^\s"'`<>]*/.exec(text.slice(found.index))?.[0] ?? "");
  if (string === "") return null;
  const others = text.slice(found.index + found[0].length).split(START, 3).length - 1;
  const note =
    others > 0 ? "The first of several strings in the text was taken." : "The string was taken out of the text.";
  return { text: string, note };
};

/** `psycopg.connect("host=... dbname=...")`: keyword=value text in quotes, in code. */
export const embeddedKeywords: Recogniser = (text) => {
  if (text.length > 20_000 || isKeywordForm(text)) return null;
  for (const [, , inner = ""] of text.matchAll(
    /(["'`])((?:host|hostaddr|user|dbname|password|port|service)=[^"`\n]*?)\1/g,
  )) {
    if (/\s\w+=|^service=/.test(inner)) return { text: inner, note: "The string was taken out of the text." };
  }
  return null;
};
