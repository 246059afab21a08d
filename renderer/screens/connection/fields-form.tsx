import { type FieldName, keywordOf } from "../../../shared/domain/dsn";
import { SSLMODES } from "../../../shared/domain/target";
import { PasswordField, SelectField, TextField } from "../../design/field";
import { useAnalysis } from "../../state/connection-analysis";
import { type Draft, useDraft } from "./use-draft";

const MODES = ["", ...SSLMODES].map((mode) => ({ value: mode, title: mode === "" ? "not in the string" : mode }));

const useField = (field: FieldName, onEdit: () => void): Draft =>
  useDraft(keywordOf(field), useAnalysis().fields[field], onEdit);

/** The eight fields beside the string. */
export function ConnectionFieldsForm({ onEdit }: { readonly onEdit: () => void }) {
  const host = useField("host", onEdit);
  const port = useField("port", onEdit);
  const user = useField("user", onEdit);
  const database = useField("database", onEdit);
  const password = useField("password", onEdit);
  const sslmode = useField("sslmode", onEdit);
  const timeout = useField("connect_timeout", onEdit);
  const application = useField("application_name", onEdit);
  // A mode that is none must be seen to be mended.
  const modes = MODES.some(({ value }) => value === sslmode.value)
    ? MODES
    : [...MODES, { value: sslmode.value, title: sslmode.value }];
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
        <SelectField label="Encryption (sslmode)" options={modes} {...sslmode} />
        <TextField label="Time-out, s" inputMode="numeric" {...timeout} />
        <TextField label="Application name" {...application} />
      </div>
    </>
  );
}
