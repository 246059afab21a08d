import "./string-area.css";
import { Eye, EyeOff } from "lucide-react";
import { type ClipboardEvent, type ReactNode, type TextareaHTMLAttributes, useState } from "react";
import type { UriPart } from "../../../shared/domain/dsn";
import { LONGEST_DSN } from "../../../shared/ipc/messages";
import { IconButton } from "../../design/button";
import { StringLayer } from "./string-layer";
import type { Caret } from "./use-caret";

interface StringAreaProps extends Pick<TextareaHTMLAttributes<HTMLTextAreaElement>, "aria-describedby"> {
  readonly id: string;
  readonly text: string;
  readonly parts: readonly UriPart[];
  readonly caret: Caret;
  /** The faulty character, counted from 0. */
  readonly faultAt: number | null;
  readonly isBad: boolean;
  readonly placeholder: string;
  readonly revealed: boolean;
  readonly onReveal: (revealed: boolean) => void;
  /** The text as it is typed, always one line. */
  readonly onType: (text: string) => void;
  readonly onPaste: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  readonly onEnter?: () => void;
  /** More small actions at the end of the box. */
  readonly end?: ReactNode;
}

/** A connection string to type: its parts in colour, the password as dots until it is revealed. */
export function StringArea({ id, text, parts, caret, faultAt, isBad, revealed, end, ...props }: StringAreaProps) {
  const [refused, setRefused] = useState(false);
  const type = (line: string): void => {
    setRefused(line.length > LONGEST_DSN);
    if (line.length <= LONGEST_DSN) props.onType(line);
  };
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    setRefused(false);
    props.onPaste(event);
    // Putting it in just to take it out again would keep the window busy for seconds.
    if (event.defaultPrevented || event.clipboardData.getData("text").length <= LONGEST_DSN) return;
    event.preventDefault();
    setRefused(true);
  };
  const area = (
    <div className={isBad ? "input-box input-box-bad string-box" : "input-box string-box"}>
      <div className="string-scroll">
        <StringLayer parts={parts} faultAt={faultAt} revealed={revealed} />
        <textarea
          id={id}
          className="mono"
          ref={caret.ref}
          value={text}
          placeholder={props.placeholder}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          aria-invalid={isBad ? true : undefined}
          aria-describedby={props["aria-describedby"]}
          onSelect={caret.note}
          onChange={(event) => {
            caret.note();
            type(event.target.value.replace(/[\r\n]+/g, ""));
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            props.onEnter?.();
          }}
          onPaste={paste}
        />
      </div>
      {text === "" ? null : (
        <span className="string-actions">
          <IconButton
            label={revealed ? "Hide the password in the string" : "Show the password in the string"}
            onClick={() => props.onReveal(!revealed)}
          >
            {revealed ? <EyeOff size={15} /> : <Eye size={15} />}
          </IconButton>
          {end}
        </span>
      )}
    </div>
  );
  return (
    <>
      {area}
      {refused ? (
        <p className="field-note" role="status">
          A connection string of more than {LONGEST_DSN.toLocaleString("en")} characters is not taken.
        </p>
      ) : null}
    </>
  );
}
