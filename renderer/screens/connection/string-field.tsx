import type { ClipboardEvent } from "react";
import { fromPasted } from "../../../shared/domain/dsn";
import type { DsnError } from "../../../shared/domain/dsn/error";
import type { Mend } from "../../../shared/domain/dsn/unencoded";
import { LONGEST_DSN } from "../../../shared/ipc/messages";
import { Button } from "../../design/button";
import { CopyIcon } from "../../design/code";
import { useConnection } from "../../state/connection";
import { useAnalysis } from "../../state/connection-analysis";
import { CopyAs } from "./copy-as";
import { wholeIn } from "./paste";
import { StringArea } from "./string-area";
import { useCaret } from "./use-caret";

interface StringFieldProps {
  /** Another string in place of this one, and what was done to it. */
  readonly onReplace: (text: string, note: string | null) => void;
  readonly onPaste: (text: string, note: string | null) => void;
  readonly onEdit: () => void;
}

interface FaultProps {
  readonly error: DsnError;
  /** Puts the caret on a character of the string, counted from 0. */
  readonly onGoTo: (position: number) => void;
}

/** What is wrong with the string, and the way to the character. */
function Fault({ error: { message, next, position }, onGoTo }: FaultProps) {
  return (
    <p className="field-problem" id="connection-string-problem" role="alert">
      {position === null ? null : (
        <>
          <button type="button" className="string-go-to" onClick={() => onGoTo(position)}>
            Character {position + 1}
          </button>
          {": "}
        </>
      )}
      {message} {next}
    </p>
  );
}

function Mends({ mends, onMend }: { readonly mends: readonly Mend[]; readonly onMend: (dsn: string) => void }) {
  if (mends.length === 0) return null;
  return (
    <div className="mends">
      {mends.map((mend) => (
        <Button key={mend.dsn} size="small" onClick={() => onMend(mend.dsn)}>
          {mend.title}
        </Button>
      ))}
    </div>
  );
}

/** The string as text, its parts in colour while it is typed; the password is dots until it is revealed. */
export function StringField({ onReplace, onPaste, onEdit }: StringFieldProps) {
  const { dsn, type, revealed, setRevealed } = useConnection();
  const { parts, error, mends } = useAnalysis();
  const caret = useCaret(dsn);
  const goTo = (position: number): void => {
    caret.ref.current?.focus();
    caret.ref.current?.setSelectionRange(position, Math.min(position + 1, dsn.length));
  };
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const text = event.clipboardData.getData("text");
    const isAll = selectionStart === 0 && selectionEnd === value.length;
    const pasted = isAll ? fromPasted(text) : wholeIn(text);
    if (pasted === null || pasted.dsn === "" || pasted.dsn.length > LONGEST_DSN) return;
    event.preventDefault();
    onPaste(pasted.dsn, pasted.note);
  };
  return (
    <div className="field">
      <div className="string-head">
        <label className="field-label" htmlFor="connection-string">
          Connection string
        </label>
        <CopyAs dsn={dsn} />
      </div>
      <StringArea
        id="connection-string"
        text={dsn}
        parts={parts}
        caret={caret}
        faultAt={error?.position ?? null}
        isBad={error !== null}
        placeholder="postgresql://user:password@host:5432/database"
        aria-describedby={error ? "connection-string-problem" : undefined}
        revealed={revealed}
        onReveal={setRevealed}
        onType={(text) => {
          type(text, "string");
          onEdit();
        }}
        onPaste={paste}
        end={<CopyIcon text={dsn} label="Copy the string" />}
      />
      {error ? <Fault error={error} onGoTo={goTo} /> : null}
      <Mends mends={mends} onMend={(mended) => onReplace(mended, null)} />
    </div>
  );
}
