import { LIBPQ_KEYWORDS } from "./libpq-keywords";
import { isKeywordForm, quoteKeywordValue, scanKeywords } from "./scan-keywords";
import { cut } from "./scan-uri";
import type { Mend } from "./unencoded";

/** Strings longer than this are not looked through for mends. */
const LONGEST = 20_000;

/** A value that its own quotes hold together as it stands. */
const WELL_QUOTED = /^'(?:[^'\\]|\\.)*'$/s;

/**
 * Reads a keyword=value text whose values hold raw spaces, quotes or backslashes: a value goes on until the next
 * keyword that libpq knows. Null when the text is fine, or when that does not explain it.
 */
export function mendUnquoted(text: string): Mend | null {
  if (text.length > LONGEST || !isKeywordForm(text)) return null;
  const { fault, entries } = scanKeywords(text);
  const known = (name: string) => LIBPQ_KEYWORDS.has(name);
  if (fault === null && entries.every(({ key }) => known(cut(text, key)))) return null;
  const heads = [...text.matchAll(/(?<![^\s])([a-z_]+)[ \t]*=[ \t]*/g)].filter(([, name = ""]) => known(name));
  if (heads.length === 0 || text.slice(0, heads[0]?.index).trim() !== "") return null;
  const quoted: string[] = [];
  const pairs = heads.map((head, index) => {
    const name = head[1] ?? "";
    const raw = text.slice(head.index + head[0].length, heads[index + 1]?.index).trim();
    if (WELL_QUOTED.test(raw) || !/[\s'\\]/.test(raw)) return `${name}=${raw === "" ? "''" : raw}`;
    quoted.push(name);
    return `${name}=${quoteKeywordValue(raw)}`;
  });
  return quoted.length === 0 ? null : { dsn: pairs.join(" "), title: `Put quotes around ${quoted.join(" and ")}` };
}
