import { fromPasted, maskUri, parseConnectionString } from "../dsn";
import { namePlaceholders } from "../dsn/placeholders";
import type { TextLine } from "./text-line";

const URI = /(?:jdbc:)?postgres(?:ql)?(?:\+\w{1,30})?:\/\/[^\s"'`<>]{3,2000}/gi;
const KEYWORDS = /["'](?:host|hostaddr|user|dbname|port)=[^"'\n]{3,500}["']/;

/** What hides a password: stars, dots, words. A string like that would only be refused. */
const HIDDEN = /:(?:\*+|•+|x{3,}|\.{3,}|%2A(?:%2A)+|<\w{1,40}>|\[[\w -]{1,40}\]|\(?redacted\)?|\**redacted\**)@/i;

const MOST = 50;

/** The first string of the text that can be tried as it is; null where there is none. */
export function containedString(lines: readonly TextLine[]): { readonly dsn: string; readonly shown: string } | null {
  let tried = 0;
  for (const { text } of lines) {
    const found = [...(/:\/\//.test(text) ? (text.match(URI) ?? []) : []), ...(KEYWORDS.exec(text) ?? [])];
    for (const candidate of found) {
      tried += 1;
      if (tried > MOST) return null;
      if (HIDDEN.test(candidate)) continue;
      const { dsn } = fromPasted(candidate.replace(/[),.;\]}]+$/, ""));
      if (namePlaceholders(dsn) !== null || !parseConnectionString(dsn).ok) continue;
      return { dsn, shown: maskUri(dsn) };
    }
  }
  return null;
}
