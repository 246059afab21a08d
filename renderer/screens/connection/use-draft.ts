import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { applyKeyword, keywordFault, readKeywords } from "../../../shared/domain/dsn";
import { inWords } from "../../state/answer";
import { useConnection } from "../../state/connection";

/** What a control needs to edit one keyword of the string. */
export interface Draft {
  readonly value: string;
  readonly problem: string | null;
  /** A fault that stands in the string is said there; one that was typed here is said here. */
  readonly announced: boolean;
  /** Set where what is shown could not be put into the string. */
  readonly "data-unsaved": "" | undefined;
  readonly onChange: (value: string) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const isUndo = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";

/**
 * What a control shows while it has the focus is what was typed, even where the string cannot hold it; otherwise it
 * shows what the string says (`said`), and always after the string was changed by something else.
 */
export function useDraft(keyword: string, said: string, onEdit: () => void): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const focused = useRef(false);
  const mine = useRef(said);
  useEffect(() => {
    if (said === mine.current) return;
    mine.current = said;
    setDraft(null);
    setRefused(null);
  }, [said]);
  const inString = draft === null ? keywordFault(keyword, said) : null;
  return {
    value: draft ?? said,
    // The way out stands beside the string, at the character.
    problem: refused ?? inString?.message ?? null,
    announced: refused !== null,
    "data-unsaved": refused === null ? undefined : "",
    onChange(value) {
      const { text, problem } = applyKeyword(useConnection.getState().dsn, keyword, value);
      setDraft(value);
      setRefused(problem && inWords(problem));
      if (problem) return;
      mine.current = readKeywords(text).get(keyword) ?? "";
      useConnection.getState().type(text, keyword);
      onEdit();
      if (!focused.current) setDraft(null);
    },
    onFocus: () => {
      focused.current = true;
    },
    onBlur: () => {
      focused.current = false;
      // A value with a problem stays to be mended; the string keeps its last good one.
      if (refused === null) setDraft(null);
    },
    onKeyDown(event) {
      // What could not be put into the string is the first thing to be undone.
      if (refused === null || !isUndo(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setDraft(null);
      setRefused(null);
    },
  };
}
