import { useState } from "react";
import { fromPasted } from "../../../shared/domain/dsn";
import { UriText } from "../../design/code";
import { useApp } from "../../state/app";
import { useDiagnose } from "../../state/diagnose";

/** The string in question; without one the project's own is checked. */
export function DsnInput() {
  const { text, setText, run } = useDiagnose();
  const project = useApp((state) => state.project);
  const [editing, setEditing] = useState(false);
  const hint = project?.databaseUrl
    ? "Empty: the DATABASE_URL of the project’s .env"
    : "postgresql://user:password@host:5432/database";
  const plain = editing || text === "";
  return (
    <div className="field">
      <label className="field-label" htmlFor="diagnose-string">
        Connection string
      </label>
      <div className="input-box">
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
            onFocus={() => setEditing(true)}
            onBlur={() => setEditing(false)}
            onChange={(event) => setText(fromPasted(event.target.value).dsn)}
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
          >
            <UriText text={text} />
          </button>
        )}
      </div>
    </div>
  );
}
