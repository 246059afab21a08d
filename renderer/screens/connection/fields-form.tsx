import { useEffect, useState } from "react";
import { applyField, type FieldName, readFields } from "../../../shared/domain/dsn";
import { SSLMODES } from "../../../shared/domain/target";
import { PasswordField, SelectField, TextField } from "../../design/field";
import { useConnection } from "../../state/connection";

/**
 * What a field shows while it has the focus is what was typed, even where the string cannot hold it;
 * without the focus it shows what the string says.
 */
function useDraft(field: FieldName, onEdit: () => void) {
  const { dsn, setDsn } = useConnection();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const said = readFields(dsn)[field];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another string means another value, whatever was typed
  useEffect(() => {
    if (!focused) {
      setDraft(null);
      setProblem(null);
    }
  }, [dsn]);
  return {
    value: draft ?? said,
    problem,
    onChange(value: string) {
      const applied = applyField(useConnection.getState().dsn, field, value);
      setDraft(value);
      setProblem(applied.problem ? [applied.problem.message, applied.problem.next].filter(Boolean).join(" ") : null);
      if (!applied.problem) {
        setDsn(applied.text);
        onEdit();
      }
    },
    onFocus: () => setFocused(true),
    onBlur: () => {
      setFocused(false);
      // A value with a problem stays to be mended; the string keeps its last good one.
      if (problem === null) setDraft(null);
    },
  };
}

/** The eight fields beside the string. */
export function ConnectionFieldsForm({ onEdit }: { readonly onEdit: () => void }) {
  const host = useDraft("host", onEdit);
  const port = useDraft("port", onEdit);
  const user = useDraft("user", onEdit);
  const database = useDraft("database", onEdit);
  const password = useDraft("password", onEdit);
  const sslmode = useDraft("sslmode", onEdit);
  const timeout = useDraft("connect_timeout", onEdit);
  const application = useDraft("application_name", onEdit);
  const modes = ["", ...SSLMODES].map((mode) => ({ value: mode, title: mode === "" ? "not in the string" : mode }));
  return (
    <>
      <div className="fields-wide">
        <TextField label="Host" placeholder="localhost" {...host} />
        <TextField label="Port" placeholder="5432" inputMode="numeric" {...port} />
        <TextField label="User" {...user} />
        <TextField label="Database" {...database} />
      </div>
      <div className="fields-second">
        <PasswordField label="Password" {...password} />
        <SelectField
          label="Encryption (sslmode)"
          options={modes}
          value={sslmode.value}
          problem={sslmode.problem}
          onChange={sslmode.onChange}
        />
        <TextField label="Time-out, s" inputMode="numeric" {...timeout} />
        <TextField label="Application name" {...application} />
      </div>
    </>
  );
}
