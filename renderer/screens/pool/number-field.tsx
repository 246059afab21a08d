import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { TextField } from "../../design/field";
import type { PoolInputs } from "../../state/pool";
import { countOf, inputProblem } from "./numbers";

interface NumberFieldProps {
  readonly label: string;
  readonly name: keyof PoolInputs;
  readonly inputs: PoolInputs;
  readonly least: number;
  /** What an empty field stands for. */
  readonly follow?: number | null;
  readonly onChange: (name: keyof PoolInputs, value: string) => void;
}

/** A whole number: typed, or by its two steps. Where it follows the recommendation it shows that number. */
export function NumberField({ label, name, inputs, least, follow = null, onChange }: NumberFieldProps) {
  const value = inputs[name];
  const [focused, setFocused] = useState(false);
  // An emptied field stays empty under the caret; left empty it shows what it stands for.
  const [emptied, setEmptied] = useState(false);
  const followed = value === "" && follow !== null ? String(follow) : null;
  const present = value === "" ? follow : countOf(value, least);
  const change = (text: string): void => {
    setEmptied(text === "");
    onChange(name, text);
  };
  const step = (by: number): void => change(String(Math.min(10_000, Math.max(least, (present ?? least) + by))));
  return (
    <TextField
      label={label}
      value={followed !== null && !(focused && emptied) ? followed : value}
      inputMode="numeric"
      placeholder={followed ?? undefined}
      problem={inputProblem(name, inputs)}
      note={
        follow === null ? null : followed !== null ? (
          "as recommended"
        ) : (
          <button type="button" className="note-action" onClick={() => change("")}>
            Back to recommended
          </button>
        )
      }
      onChange={change}
      onFocus={() => {
        setFocused(true);
        setEmptied(false);
      }}
      onBlur={() => setFocused(false)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        step(event.key === "ArrowUp" ? 1 : -1);
      }}
      end={
        <span className="steps">
          <button type="button" tabIndex={-1} aria-label={`${label}: one more`} onClick={() => step(1)}>
            <ChevronUp size={12} aria-hidden />
          </button>
          <button type="button" tabIndex={-1} aria-label={`${label}: one less`} onClick={() => step(-1)}>
            <ChevronDown size={12} aria-hidden />
          </button>
        </span>
      }
    />
  );
}
