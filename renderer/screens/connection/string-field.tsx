import { useRef, useState } from "react";
import { mendUnencoded, parseConnectionString } from "../../../shared/domain/dsn";
import { Button } from "../../design/button";
import { CopyButton, UriText } from "../../design/code";
import { useConnection } from "../../state/connection";
import { pointAt } from "./point-at";

interface StringFieldProps {
  readonly onReplace: (text: string) => void;
  readonly onEdit: () => void;
}

/** The string as text. Unfocused it shows its parts in colour with the password as dots; focused it is plain text. */
export function StringField({ onReplace, onEdit }: StringFieldProps) {
  const { dsn, setDsn, revealed } = useConnection();
  const [editing, setEditing] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const parsed = dsn === "" ? null : parseConnectionString(dsn);
  const error = parsed && !parsed.ok ? parsed.error : null;
  const mends = dsn === "" ? [] : mendUnencoded(dsn);
  // Which part of an unreadable string is its password nobody can tell, so it stays as it was typed, to be mended.
  const plain = editing || dsn === "" || error !== null;
  return (
    <div className="field">
      <label className="field-label" htmlFor="connection-string">
        Connection string
      </label>
      <div className={error ? "input-box input-box-bad string-box" : "input-box string-box"}>
        {plain ? (
          <textarea
            id="connection-string"
            ref={area}
            className="mono"
            rows={2}
            value={dsn}
            placeholder="postgresql://user:password@host:5432/database"
            // biome-ignore lint/a11y/noAutofocus: it takes the place of the masked text that was just focused
            autoFocus={editing}
            spellCheck={false}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? "connection-string-problem" : undefined}
            onFocus={() => setEditing(true)}
            onBlur={() => setEditing(false)}
            onChange={(event) => {
              setDsn(event.target.value.replace(/[\r\n]+/g, ""));
              onEdit();
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
      {error ? (
        <div id="connection-string-problem" role="alert">
          {error.position !== null ? <pre className="string-pointer mono">{pointAt(dsn, error.position)}</pre> : null}
          <p className="field-problem">
            {error.message} {error.next}
          </p>
        </div>
      ) : null}
      {mends.length > 0 ? (
        <div className="mends">
          {mends.map((mend) => (
            <Button key={mend.dsn} size="small" onClick={() => onReplace(mend.dsn)}>
              {mend.title}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
