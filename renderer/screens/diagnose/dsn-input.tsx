import { type ClipboardEvent, useState } from "react";
import { fromPasted, uriParts } from "../../../shared/domain/dsn";
import { LONGEST_DSN } from "../../../shared/ipc/messages";
import { Button } from "../../design/button";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { useDiagnose } from "../../state/diagnose";
import { StringArea } from "../connection/string-area";
import { useCaret } from "../connection/use-caret";

interface DsnInputProps {
  /** True while there is a place for an error below. */
  readonly pasting: boolean;
  /** Opens that place, with the text that was pasted here and is no string but an error. */
  readonly onPasteError: (text: string) => void;
}

/** Several lines with an error among them; settings like `LOG_LEVEL=ERROR` are none. */
const isError = (text: string): boolean =>
  text.trim().includes("\n") &&
  /^Traceback \(most|\b(?:FATAL|PANIC|ERROR|\w{0,60}Error|\w{0,60}Exception):\s/m.test(text);

/** The string in question; without one the project's own is checked. */
export function DsnInput({ pasting, onPasteError }: DsnInputProps) {
  const { text, climb, setText, takeConnection, run } = useDiagnose();
  const dsn = useConnection((state) => state.dsn);
  const project = useApp((state) => state.project);
  const [revealed, setRevealed] = useState(false);
  const hint = project?.databaseUrl
    ? "Empty: the DATABASE_URL of the project’s .env"
    : "postgresql://user:password@host:5432/database";
  const other = climb.kind !== "idle" && climb.dsn !== text;
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    // A whole line of .env, a psql command or quotes: only where the paste is all there will be.
    if (selectionStart !== 0 || selectionEnd !== value.length) return;
    const pasted = event.clipboardData.getData("text");
    if (isError(pasted)) {
      event.preventDefault();
      onPasteError(pasted);
      return;
    }
    const { dsn: read } = fromPasted(pasted);
    if (read.length > LONGEST_DSN) return;
    event.preventDefault();
    setText(read);
  };
  return (
    <div className="field diagnose-string">
      <div className="diagnose-label">
        <label className="field-label" htmlFor="diagnose-string">
          Connection string
        </label>
        <div className="row">
          {dsn !== "" && dsn !== text ? (
            <Button tone="quiet" size="small" onClick={takeConnection}>
              Take the one being built
            </Button>
          ) : null}
          {pasting ? null : (
            <Button tone="quiet" size="small" onClick={() => onPasteError("")}>
              Paste an error
            </Button>
          )}
        </div>
      </div>
      <StringArea
        id="diagnose-string"
        text={text}
        parts={uriParts(text)}
        caret={useCaret(text)}
        faultAt={null}
        isBad={false}
        placeholder={hint}
        revealed={revealed}
        onReveal={setRevealed}
        onType={setText}
        onPaste={paste}
        onEnter={() => void run()}
      />
      {other ? <p className="field-note">What is below is about the string that was checked last.</p> : null}
    </div>
  );
}
