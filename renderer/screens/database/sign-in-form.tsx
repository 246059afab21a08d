import { useState } from "react";
import type { AdministratorState } from "../../../shared/ipc/messages";
import { PasswordField, TextField } from "../../design/field";
import { Card } from "../../design/page";
import { Banner } from "../../design/status";
import { useDatabase } from "../../state/database";

/** The form's id: its button stands at the bottom of the screen. */
export const SIGN_IN_FORM = "sign-in";

const FIELDS: readonly (string | null)[] = ["user", "password", "database"];

/** Asks for a role that may create roles and databases; the problem of the last try stands at its field. */
export function SignInForm({ administrator }: { readonly administrator: AdministratorState }) {
  const { signIn, signingIn } = useDatabase();
  const [user, setUser] = useState(administrator.user ?? "postgres");
  const [password, setPassword] = useState("");
  const [database, setDatabase] = useState("postgres");
  const { problem } = administrator;
  const at = (field: string): string | null =>
    problem?.field === field ? [problem.message, problem.next].filter(Boolean).join(" ") : null;
  const general = problem && !FIELDS.includes(problem.field) ? problem : null;
  return (
    <Card title="Sign in as an administrator" aside="not remembered after this window closes">
      <form
        id={SIGN_IN_FORM}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!signingIn && user !== "") void signIn(user, password, database);
        }}
      >
        {general ? (
          <Banner tone="warn">
            <b>{general.message}</b> {general.next}
          </Banner>
        ) : (
          <p className="secondary">A role and a database are made by a role that may: usually postgres.</p>
        )}
        <div className="sign-in-fields">
          <TextField
            label="User"
            value={user}
            onChange={setUser}
            problem={user === "" ? "A user is needed." : at("user")}
          />
          <PasswordField
            label="Administrator’s password"
            value={password}
            onChange={setPassword}
            problem={at("password")}
          />
          <TextField label="Sign in on database" value={database} onChange={setDatabase} problem={at("database")} />
        </div>
      </form>
    </Card>
  );
}
