import { useState } from "react";
import { fromPasted } from "../../../shared/domain/dsn";
import { Button } from "../../design/button";
import { UriText } from "../../design/code";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { useDiagnose } from "../../state/diagnose";

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
  const { dsn, revealed } = useConnection();
  const project = useApp((state) => state.project);
  const [editing, setEditing] = useState(false);
  const hint = project?.databaseUrl
    ? "Empty: the DATABASE_URL of the project’s .env"
    : "postgresql://user:password@host:5432/database";
  const plain = editing || text === "";
  const other = climb.kind !== "idle" && climb.dsn !== text;
  return (
    <div className="field">
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
      <div className="input-box diagnose-box">
        {plain ? (
          <input
            id="diagnose-string"
            className="mono"
            value={text}
            placeholder={hint}
            // biome-ignore lint/a11y/noAutofocus: it takes the place of the masked text that was just pressed
            autoFocus={editing}
            spellCheck={false}
            autoComplete="off"
            onFocus={({ currentTarget }) => {
              setEditing(true);
              currentTarget.setSelectionRange(text.length, text.length);
            }}
            onBlur={() => setEditing(false)}
            onChange={(event) => setText(event.target.value)}
            onPaste={(event) => {
              const { selectionStart, selectionEnd, value } = event.currentTarget;
              // A whole line of .env, a psql command or quotes: only where the paste is all there will be.
              if (selectionStart !== 0 || selectionEnd !== value.length) return;
              event.preventDefault();
              const pasted = event.clipboardData.getData("text");
              if (isError(pasted)) onPasteError(pasted);
              else setText(fromPasted(pasted).dsn);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter") void run();
            }}
          />
        ) : (
          <button
            type="button"
            id="diagnose-string"
            className="diagnose-masked truncate"
            aria-label="Connection string, press to edit"
            onClick={() => setEditing(true)}
            onFocus={(event) => {
              if (event.target.matches(":focus-visible")) setEditing(true);
            }}
          >
            <UriText text={text} revealed={revealed && text === dsn} />
          </button>
        )}
      </div>
      {other ? <p className="field-note">What is below is about the string that was checked last.</p> : null}
    </div>
  );
}
