import { ChevronDown, ChevronUp } from "lucide-react";
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

/** A whole number: typed, or by its two steps. */
export function NumberField({ label, name, inputs, least, follow = null, onChange }: NumberFieldProps) {
  const value = inputs[name];
  const present = value === "" ? follow : countOf(value, least);
  const step = (by: number): void => onChange(name, String(Math.min(10_000, Math.max(least, (present ?? least) + by))));
  return (
    <TextField
      label={label}
      value={value}
      inputMode="numeric"
      placeholder={follow === null ? undefined : String(follow)}
      problem={inputProblem(name, inputs)}
      note={value === "" && follow !== null ? "as recommended" : null}
      onChange={(text) => onChange(name, text)}
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
