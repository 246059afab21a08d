import { Check, Dices } from "lucide-react";
import { offeredName } from "../../../shared/domain/database-facts";
import { checkName, nameAdvice } from "../../../shared/domain/names";
import type { Problem } from "../../../shared/domain/result";
import { Button, IconButton } from "../../design/button";
import { PasswordField, SelectField, TextField } from "../../design/field";
import { useDatabase } from "../../state/database";
import { passwordProblem } from "../../state/database-choice";

interface NameFieldProps {
  readonly field: "database" | "role";
  readonly label: string;
  readonly disabled: boolean;
}

/** A name, checked as it is typed; when it exists already, what can be done stands right below. */
function NameField({ field, label, disabled }: NameFieldProps) {
  const { choice, plan, planFresh, name, takeExisting } = useDatabase();
  if (!choice) return null;
  const value = choice[field];
  const local = checkName(value, field);
  const known = planFresh ? plan : null;
  const problem: Problem | null = local ?? known?.problems.find((one) => one.field === field) ?? null;
  const exists = problem?.kind === "exists";
  const offered = problem ? offeredName(problem) : null;
  const isUsed = (field === "database" ? choice.onDatabase : choice.onRole) === "use";
  const note = isUsed ? "The one that exists is used as it is." : nameAdvice(value);
  return (
    <div>
      <TextField
        label={label}
        value={value}
        disabled={disabled}
        problem={problem?.message ?? null}
        note={note}
        onChange={(text) => name(field, text)}
        end={!problem && known ? <Check size={15} aria-label="fine" color="var(--ok)" /> : null}
      />
      {exists ? (
        <div className="field-choices">
          <Button size="small" onClick={() => takeExisting(field)}>
            Use it
          </Button>
          {offered ? (
            <Button size="small" onClick={() => name(field, offered)}>
              Take {offered}
            </Button>
          ) : null}
        </div>
      ) : null}
      {isUsed && !disabled ? (
        <div className="field-choices">
          <Button size="small" tone="quiet" onClick={() => name(field, value)}>
            Take another name
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Names, password and locale of what will be created. */
export function ChoiceForm({ disabled }: { readonly disabled: boolean }) {
  const { choice, plan, planFresh, encodings, edit, newPassword } = useDatabase();
  if (!choice) return null;
  const uses = choice.onRole === "use";
  return (
    <div className="two-columns">
      <NameField field="database" label="Database" disabled={disabled} />
      <NameField field="role" label="Owner (the role your app signs in as)" disabled={disabled} />
      <PasswordField
        label="Password"
        value={choice.password}
        disabled={disabled}
        problem={planFresh && plan ? passwordProblem(choice, plan.problems) : null}
        note={uses ? "Type the password this role has now." : null}
        onChange={(password) => edit({ password })}
        end={
          uses ? null : (
            <IconButton label="Generate another password" disabled={disabled} onClick={() => void newPassword()}>
              <Dices size={15} />
            </IconButton>
          )
        }
      />
      <SelectField
        label="Encoding and locale"
        value={choice.locale ?? ""}
        disabled={disabled || choice.onDatabase === "use"}
        options={[
          { value: "", title: "UTF8 · the server’s own locale" },
          ...encodings.map((locale) => ({ value: locale, title: `UTF8 · ${locale}` })),
        ]}
        onChange={(value) => edit({ locale: value === "" ? null : value })}
      />
    </div>
  );
}
