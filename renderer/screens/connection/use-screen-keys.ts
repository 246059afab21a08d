import { useEffect, useRef } from "react";
import { useConnection } from "../../state/connection";

const NATIVE = "dialog, input[type=search]";

/** +1 for redo, -1 for undo, 0 for any other key. */
function step(event: KeyboardEvent): -1 | 0 | 1 {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return 0;
  const key = event.key.toLowerCase();
  if (key === "y") return 1;
  return key === "z" ? (event.shiftKey ? 1 : -1) : 0;
}

interface ScreenKeys {
  readonly onUndone: () => void;
  /** A text that was pasted; `into` is the control that has the focus and takes text, null for none. */
  readonly onPasted: (text: string, into: HTMLElement | null) => "taken" | "left";
}

/**
 * Undo, redo and paste for the whole screen: one history for the string and its fields, whichever of them has the
 * focus. Dialogs and searches keep their own.
 */
export function useScreenKeys(keys: ScreenKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const isElsewhere = ({ target }: Event): boolean =>
      document.querySelector("dialog[open]") !== null || (target instanceof Element && target.closest(NATIVE) !== null);
    const go = (event: Event, by: -1 | 0 | 1): void => {
      if (by === 0 || isElsewhere(event)) return;
      event.preventDefault();
      useConnection.getState()[by < 0 ? "undo" : "redo"]();
      latest.current.onUndone();
    };
    const onKeyDown = (event: KeyboardEvent): void => go(event, step(event));
    // The menu's Undo and Redo come without a key.
    const onBeforeInput = (event: InputEvent): void =>
      go(event, event.inputType === "historyUndo" ? -1 : event.inputType === "historyRedo" ? 1 : 0);
    const onPaste = (event: ClipboardEvent): void => {
      if (event.defaultPrevented || isElsewhere(event)) return;
      const { target } = event;
      const into = target instanceof HTMLElement ? target.closest<HTMLElement>("input, textarea, select") : null;
      const text = event.clipboardData?.getData("text") ?? "";
      if (latest.current.onPasted(text, into) === "taken") event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("beforeinput", onBeforeInput);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("beforeinput", onBeforeInput);
      document.removeEventListener("paste", onPaste);
    };
  }, []);
}
