import "./string-area.css";
import { Eye, EyeOff } from "lucide-react";
import type { ClipboardEvent, ReactNode, TextareaHTMLAttributes } from "react";
import type { UriPart } from "../../../shared/domain/dsn";
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
  return (
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
            props.onType(event.target.value.replace(/[\r\n]+/g, ""));
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            props.onEnter?.();
          }}
          onPaste={props.onPaste}
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
}
