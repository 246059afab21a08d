import { useState } from "react";
import { fromPasted, mendUnencoded, parseConnectionString } from "../../../shared/domain/dsn";
import { Button } from "../../design/button";
import { CopyButton, UriText } from "../../design/code";
import { useConnection } from "../../state/connection";
import { pointAt } from "./point-at";

interface StringFieldProps {
  /** Another string in place of this one, and what was done to it. */
  readonly onReplace: (text: string, note: string | null) => void;
  readonly onEdit: () => void;
}

/** What is wrong with the string, with the character pointed at, and what mends it by one press. */
function Fault({ dsn, onReplace }: { readonly dsn: string; readonly onReplace: StringFieldProps["onReplace"] }) {
  const parsed = parseConnectionString(dsn);
  const mends = mendUnencoded(dsn);
  return (
    <>
      {parsed.ok ? null : (
        <div className="string-fault" id="connection-string-problem" role="alert">
          {parsed.error.position !== null ? (
            <pre className="string-pointer mono">{pointAt(dsn, parsed.error.position)}</pre>
          ) : null}
          <p className="field-problem">
            {parsed.error.message} {parsed.error.next}
          </p>
        </div>
      )}
      {mends.length > 0 ? (
        <div className="mends">
          {mends.map((mend) => (
            <Button key={mend.dsn} size="small" onClick={() => onReplace(mend.dsn, null)}>
              {mend.title}
            </Button>
          ))}
        </div>
      ) : null}
    </>
  );
}

/** The string as text. Unfocused it shows its parts in colour with the password as dots; focused it is plain text. */
export function StringField({ onReplace, onEdit }: StringFieldProps) {
  const { dsn, setDsn, revealed } = useConnection();
  const [editing, setEditing] = useState(false);
  const bad = dsn !== "" && !parseConnectionString(dsn).ok;
  // Which part of an unreadable string is its password nobody can tell, so it stays as it was typed, to be mended.
  const plain = editing || dsn === "" || bad;
  return (
    <div className="field">
      <label className="field-label" htmlFor="connection-string">
        Connection string
      </label>
      <div className={bad ? "input-box input-box-bad string-box" : "input-box string-box"}>
        {plain ? (
          <textarea
            id="connection-string"
            className="mono"
            rows={2}
            value={dsn}
            placeholder="postgresql://user:password@host:5432/database"
            // biome-ignore lint/a11y/noAutofocus: it takes the place of the masked text that was just focused
            autoFocus={editing}
            spellCheck={false}
            aria-invalid={bad ? true : undefined}
            aria-describedby={bad ? "connection-string-problem" : undefined}
            onFocus={({ currentTarget }) => {
              setEditing(true);
              currentTarget.setSelectionRange(dsn.length, dsn.length);
            }}
            onBlur={() => setEditing(false)}
            onChange={(event) => {
              setDsn(event.target.value.replace(/[\r\n]+/g, ""));
              onEdit();
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter") event.preventDefault();
            }}
            onPaste={(event) => {
              const { selectionStart, selectionEnd, value } = event.currentTarget;
              // A whole line of .env, a psql command or quotes: only where the paste is all there will be.
              if (selectionStart !== 0 || selectionEnd !== value.length) return;
              const pasted = fromPasted(event.clipboardData.getData("text"));
              if (pasted.dsn === "") return;
              event.preventDefault();
              onReplace(pasted.dsn, pasted.note);
            }}
          />
        ) : (
          <button
            type="button"
            id="connection-string"
            className="string-masked"
            aria-label="Connection string, press to edit"
            onClick={() => setEditing(true)}
            onFocus={(event) => {
              if (event.target.matches(":focus-visible")) setEditing(true);
            }}
          >
            <UriText text={dsn} revealed={revealed} />
          </button>
        )}
        {dsn === "" ? null : <CopyButton text={dsn} quiet />}
      </div>
      {dsn === "" ? null : <Fault dsn={dsn} onReplace={onReplace} />}
    </div>
  );
}
