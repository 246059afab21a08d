import { type FieldName, keywordOf } from "../../../shared/domain/dsn";
import { SSLMODES } from "../../../shared/domain/target";
import { PasswordField, SelectField, TextField } from "../../design/field";
import { useConnection } from "../../state/connection";
import { useAnalysis } from "../../state/connection-analysis";
import { type Draft, useDraft } from "./use-draft";

const MODES = ["", ...SSLMODES].map((mode) => ({ value: mode, title: mode === "" ? "not in the string" : mode }));

/** A value that may hold a piece of the password is as hidden as the password in the string. */
function useField(field: FieldName, onEdit: () => void): Draft & { readonly type: "text" | "password" } {
  const { fields, doubtful } = useAnalysis();
  const revealed = useConnection((state) => state.revealed);
  const draft = useDraft(keywordOf(field), fields[field], onEdit);
  return { ...draft, type: doubtful.has(keywordOf(field)) && !revealed ? "password" : "text" };
}

/** The eight fields beside the string. */
export function ConnectionFieldsForm({ onEdit }: { readonly onEdit: () => void }) {
  const { fields, doubtful } = useAnalysis();
  const host = useField("host", onEdit);
  const port = useField("port", onEdit);
  const user = useField("user", onEdit);
  const database = useField("database", onEdit);
  const password = useDraft("password", fields.password, onEdit);
  const sslmode = useDraft("sslmode", fields.sslmode, onEdit);
  const timeout = useField("connect_timeout", onEdit);
  const application = useField("application_name", onEdit);
  // A mode that is none must be seen to be mended.
  const modes = MODES.some(({ value }) => value === sslmode.value)
    ? MODES
    : [...MODES, { value: sslmode.value, title: doubtful.has("sslmode") ? "••••••••" : sslmode.value }];
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
