import type { Recogniser } from "./recogniser";

/** Signs nobody sees: a zero-width space, a soft hyphen, marks of direction. Joiners stay: emoji are made with them. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const ODD_SPACE = /[\u00a0\u2007\u202f]/g;

const isPlain = (text: string): boolean => /^postgres(?:ql)?:\/\//.test(text);

/** Signs that web pages, mails and chats put in unseen. */
export const invisible: Recogniser = (text) => {
  const clean = text.replace(INVISIBLE, "");
  // Inside a string such a space may be part of a password; around one it is a web page's.
  const spaced = isPlain(clean) ? clean : clean.replace(ODD_SPACE, " ");
  return spaced === text ? null : { text: spaced, note: "Signs that cannot be seen were taken out." };
};

/** Quotes that a word processor bent. */
export const curlyQuotes: Recogniser = (text) => {
  if (isPlain(text) || !/[“”„‟«»‘’‚]/.test(text)) return null;
  const straight = text.replace(/[“”„‟«»]/g, '"').replace(/[‘’‚]/g, "'");
  return { text: straight, note: "Curly quotes were read as straight ones." };
};

/** `postgresql:\\/\\/` and `\\"` of JSON and PHP, seen from outside. */
export const escapedSigns: Recogniser = (text) => {
  if (!/postgres(?:ql)?:(?:\\\/){2}|\\["'](?:jdbc:)?postgres(?:ql)?(?:\+\w{1,30})?:/i.test(text)) return null;
  return { text: text.replace(/\\([/"'])/g, "$1"), note: "Backslashes before / and quotes were taken out." };
};

/** True for a string whose parameters stand as in a web page's source. */
export function isFromHtml(text: string): boolean {
  const query = isPlain(text) ? text.indexOf("?") : -1;
  return query >= 0 && text.indexOf("&amp;", query) >= 0;
}

/** `?a=b&amp;c=d`, out of the source of a web page. */
export const htmlSigns: Recogniser = (text) => {
  if (!isFromHtml(text)) return null;
  const query = text.indexOf("?");
  return {
    text: text.slice(0, query) + text.slice(query).replaceAll("&amp;", "&"),
    note: "&amp; was read as & between parameters.",
  };
};

const PROMPT =
  /^(?:(?:PS )?[A-Z]:[^>\n]{0,200}>|\([\w.-]{1,50}\) [$%]|[\w.-]{1,50}@[\w.-]{1,80}[: ][^\s$#%]{0,200} ?[$#%]|>>>|In \[\d+\]:|[$%#>❯➜])[ \t]+(?=\S)/;

/** `$ `, `>>> `, `user@host:~$ ` in front of a line. */
export const prompt: Recogniser = (text) => {
  const found = PROMPT.exec(text.slice(0, 500));
  if (!found || (found[0].startsWith("#") && text.includes("\n"))) return null;
  return { text: text.slice(found[0].length), note: null };
};

const PAIRS: readonly (readonly [open: string, close: string])[] = [
  ['"""', '"""'],
  ["'''", "'''"],
  ["```", "```"],
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ["<", ">"],
];

/** Quotes around the whole; behind them only a comma, a bracket or a comment may stand. */
export const quotes: Recogniser = (text) => {
  for (const [open, close] of PAIRS) {
    if (!text.startsWith(open) || text.length < open.length + close.length) continue;
    const end = text.indexOf(close, open.length);
    if (end < 0) continue;
    const inner = text.slice(open.length, end);
    const after = text.slice(end + close.length, end + close.length + 2000);
    if (/^\s*[,;)\]}]*\s*(?:(?:#|\/\/|--)[^\n]*)?$/.test(after) && text.length - end < 2000)
      return { text: inner, note: inner.trim() === "" ? null : "The quotes were taken off." };
  }
  return null;
};

/** Line breaks inside are a mail's or a terminal's; what follows a space and a `#` is a comment. */
export const lineBreaks: Recogniser = (text) => {
  if (!isPlain(text)) return null;
  const comment = text.search(/\s(?:#|\/\/|--)\s/);
  const dsn = (comment < 0 ? text : text.slice(0, comment)).trim();
  if (/[\r\n]/.test(dsn)) {
    const lines = dsn.split(/[\r\n]/, 10_000).map((line) => line.trim().replace(/\\$/, ""));
    return { text: lines.join(""), note: "The line breaks were taken out." };
  }
  return dsn === text ? null : { text: dsn, note: "The comment after the string was left out." };
};

const ADDRESS =
  /^(?:[^\s/@:]+(?::[^\s/@]*)?@)?(?:\[[0-9A-Fa-f:.]+\]|localhost|[\w-]+(?:\.[\w-]+)+|[\w-]+(?=[:/]\S))(?::\d{1,5})?(?:\/[^\s]*)?$/;

/** `localhost:5432/app` or `db.example.com`: an address without a scheme. */
export const bareAddress: Recogniser = (text) => {
  const bare = text.replace(/^\/\//, "");
  if (bare.length > 5000 || bare.includes("://") || bare.includes("=") === !bare.includes("?") || !ADDRESS.test(bare))
    return null;
  return { text: `postgresql://${bare}`, note: "postgresql:// was put in front." };
};
