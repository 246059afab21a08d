import type { View } from "./spellings";

/** Letters and digits that two texts share whatever breaks, quotes, accents or widths they are written with. */
const KEPT = /[\p{L}\p{N}]/u;

/** A sign without its accents and width, in small letters; empty where it is neither letter nor digit. */
function siftedSign(sign: string): string {
  if (sign >= " " && sign <= "~") return KEPT.test(sign) ? sign.toLowerCase() : "";
  return [...sign.normalize("NFKD")]
    .filter((one) => KEPT.test(one))
    .join("")
    .toLowerCase();
}

/** A text's letters and digits alone. */
export const sifted = (text: string): string => [...text].map(siftedSign).join("");

/** The same of a view, with each sign's place in the original. */
export function siftedView({ text, begins, ends }: View): View {
  let read = "";
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const sign of text) {
    for (const one of siftedSign(sign).split("")) {
      read += one;
      from.push(begins[at] ?? 0);
      to.push(ends[at + sign.length - 1] ?? 0);
    }
    at += sign.length;
  }
  return { text: read, begins: from, ends: to };
}
