import { type RefObject, useLayoutEffect, useRef } from "react";
import { moveCaret } from "./caret";

export interface Caret {
  readonly ref: RefObject<HTMLTextAreaElement | null>;
  /** Remembers text and selection as the person left them. */
  note(): void;
}

/** Keeps caret and selection beside the same characters when something else than typing changes the text. */
export function useCaret(text: string): Caret {
  const ref = useRef<HTMLTextAreaElement>(null);
  const known = useRef({ text, start: text.length, end: text.length });
  const note = (): void => {
    const area = ref.current;
    if (area) known.current = { text: area.value, start: area.selectionStart, end: area.selectionEnd };
  };
  useLayoutEffect(() => {
    const before = known.current;
    const area = ref.current;
    if (!area || before.text === text) return;
    const start = moveCaret(before.start, before.text, text);
    const end = moveCaret(before.end, before.text, text);
    area.setSelectionRange(start, end);
    known.current = { text, start, end };
  }, [text]);
  return { ref, note };
}
