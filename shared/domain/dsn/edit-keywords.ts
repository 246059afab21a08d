import { quoteKeywordValue, scanKeywords } from "./scan-keywords";
import { cut } from "./scan-uri";

/**
 * Sets one keyword in a readable keyword/value text, "" takes it out; everything else stays byte for byte. Of several
 * entries of one keyword the last counts for libpq, so that one is changed.
 */
export function editKeywords(text: string, keyword: string, value: string): string {
  const there = scanKeywords(text).entries.filter(({ key }) => cut(text, key) === keyword);
  const last = there[there.length - 1];
  if (value !== "") {
    const written = quoteKeywordValue(value);
    if (last) return text.slice(0, last.raw.start) + written + text.slice(last.raw.end);
    return `${text}${text === "" || /\s$/.test(text) ? "" : " "}${keyword}=${written}`;
  }
  let at = 0;
  let rest = "";
  for (const { key, raw } of there) {
    rest += text.slice(at, key.start);
    // The space before the next keyword goes along.
    at = raw.end + (/^\s*/.exec(text.slice(raw.end))?.[0].length ?? 0);
  }
  rest += text.slice(at);
  return last && at === text.length ? rest.trimEnd() : rest;
}
