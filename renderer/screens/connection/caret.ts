/** Where two texts differ: from `start` on, up to `endBefore` in the one and `endAfter` in the other. */
interface Difference {
  readonly start: number;
  readonly endBefore: number;
  readonly endAfter: number;
}

function difference(before: string, after: string): Difference {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < least - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start, endBefore: before.length - tail, endAfter: after.length - tail };
}

/** Where a caret belongs after a text was changed by something else than typing: beside the same characters. */
export function moveCaret(position: number, before: string, after: string): number {
  const { start, endBefore, endAfter } = difference(before, after);
  if (position < start || (position === start && start < endBefore)) return position;
  return position >= endBefore ? position - endBefore + endAfter : endAfter;
}
