import { useDeferredValue, useEffect, useState } from "react";
import type { ExplainedError, NotRecognised } from "../../shared/domain/paste-error";
import { LONGEST_PASTED } from "../../shared/ipc/messages";
import { call } from "../api";
import { broken, inWords } from "./answer";

export type PastedError = ExplainedError | NotRecognised | { readonly kind: "failed"; readonly message: string };

/**
 * What a pasted text is about; null without one. The last answer stays until the next is there. Of a text that is too
 * long its end is looked at. Nothing of it is kept.
 */
export function usePastedError(text: string): PastedError | null {
  const settled = useDeferredValue(text);
  const [found, setFound] = useState<PastedError | null>(null);
  const isEmpty = settled.trim() === "";
  useEffect(() => {
    if (isEmpty) return setFound(null);
    let wanted = true;
    call("error.explain", { text: settled.slice(-LONGEST_PASTED) })
      .catch((reason: unknown) => ({ kind: "failed" as const, message: inWords(broken(reason)) }))
      .then((answer) => {
        if (wanted) setFound(answer);
      });
    return () => {
      wanted = false;
    };
  }, [settled, isEmpty]);
  return found;
}
