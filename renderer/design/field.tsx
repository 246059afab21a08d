import { Eye, EyeOff } from "lucide-react";
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId, useState } from "react";
import { IconButton } from "./button";

interface FrameProps {
  readonly label: string;
  readonly problem?: string | null;
  /** False where another place says the problem aloud already. */
  readonly announced?: boolean;
  readonly note?: ReactNode;
}

interface FieldFrameProps extends FrameProps {
  readonly id: string;
  readonly children: ReactNode;
}

function FieldFrame({ id, label, problem, announced = true, note, children }: FieldFrameProps) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className={problem ? "input-box input-box-bad" : "input-box"}>{children}</div>
      {problem ? (
        <p className="field-problem" id={`${id}-problem`} role={announced ? "alert" : undefined}>
          {problem}
        </p>
      ) : note ? (
        <p className="field-note">{note}</p>
      ) : null}
    </div>
  );
}

interface TextFieldProps extends FrameProps, Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Small actions or marks inside the box, at its end. */
  readonly end?: ReactNode;
}

/** One line of text with its label, and its problem or note below. */
export function TextField({ label, problem, announced, note, value, onChange, end, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} problem={problem} announced={announced} note={note}>
      <input
        id={id}
        className="mono"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        {...rest}
      />
      {end}
    </FieldFrame>
  );
}

/** A password: masked until the person chooses to see it. */
export function PasswordField(props: Omit<TextFieldProps, "type">) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={shown ? "text" : "password"}
      end={
        <>
          <IconButton label={shown ? "Hide the password" : "Show the password"} onClick={() => setShown(!shown)}>
            {shown ? <EyeOff size={15} /> : <Eye size={15} />}
          </IconButton>
          {props.end}
        </>
      }
    />
  );
}

interface SelectFieldProps extends FrameProps, Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "value"> {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly title: string }[];
  readonly onChange: (value: string) => void;
}

/** A choice from a short list. */
export function SelectField({ label, problem, announced, note, value, options, onChange, ...rest }: SelectFieldProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} problem={problem} announced={announced} note={note}>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
