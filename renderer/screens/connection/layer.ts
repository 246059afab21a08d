import type { UriPart, UriPartKind } from "../../../shared/domain/dsn";
import { uriStretches } from "../../design/uri-stretches";

/** A stretch of the string to paint behind the caret; put together the stretches are the string. */
export interface Piece {
  readonly kind: UriPartKind;
  readonly text: string;
  /** The character that an error is about. */
  readonly fault: boolean;
}

/** Cuts out the character an error points at, whole even where it takes two units; past the end it is a space. */
export function layerPieces(parts: readonly UriPart[], faultAt: number | null): readonly Piece[] {
  const pieces: Piece[] = [];
  const put = (kind: UriPartKind, text: string, fault: boolean): void => {
    if (text !== "") pieces.push({ kind, text, fault });
  };
  let start = 0;
  for (const { kind, text } of uriStretches(parts)) {
    let at = faultAt === null ? -1 : faultAt - start;
    // The second half of a character stands for the whole.
    if (/[\udc00-\udfff]/.test(text[at] ?? "") && /[\ud800-\udbff]/.test(text[at - 1] ?? "")) at -= 1;
    if (at >= 0 && at < text.length) {
      const sign = String.fromCodePoint(text.codePointAt(at) ?? 32);
      put(kind, text.slice(0, at), false);
      put(kind, sign, true);
      put(kind, text.slice(at + sign.length), false);
    } else put(kind, text, false);
    start += text.length;
  }
  if (faultAt !== null && faultAt >= start) put("error", " ", true);
  return pieces;
}
