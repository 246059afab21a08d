import { useState } from "react";
import type { Server } from "../../../shared/domain/server";
import type { AdministratorState } from "../../../shared/ipc/messages";
import { Button } from "../../design/button";
import { PasswordField, TextField } from "../../design/field";
import { Card } from "../../design/page";
import { Banner } from "../../design/status";
import { useDatabase } from "../../state/database";

interface SignInFormProps {
  readonly server: Server;
  readonly administrator: AdministratorState;
}

/** Asks for a role that may create roles and databases; the problem of the last try stands at its field. */
export function SignInForm({ server, administrator }: SignInFormProps) {
  const signIn = useDatabase((state) => state.signIn);
  const [user, setUser] = useState(administrator.user ?? "postgres");
  const [password, setPassword] = useState("");
  const [database, setDatabase] = useState("postgres");
  const [busy, setBusy] = useState(false);
  const { problem, lacks } = administrator;
  const at = (field: string): string | null => (problem?.field === field ? problem.message : null);
  const general = problem && !["user", "password", "database"].includes(problem.field ?? "") ? problem : null;
  const submit = async (): Promise<void> => {
    if (busy || user === "") return;
    setBusy(true);
    await signIn(user, password, database);
    setBusy(false);
  };
  return (
    <Card title={`Sign in to ${server.label}`} aside="not remembered after this window closes">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className="secondary">A role and a database are made by a role that may: usually postgres.</p>
        {lacks.length > 0 ? (
          <Banner tone="warn">
            {administrator.user} signs in, but lacks {lacks.join(" and ")}.
          </Banner>
        ) : null}
        {general ? (
          <Banner tone="warn">
            <b>{general.message}</b> {general.next}
          </Banner>
        ) : null}
        <div className="two-columns">
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
        <div className="row">
          <Button type="submit" tone="primary" disabled={busy || user === ""}>
            {busy ? "Signing in" : "Sign in"}
          </Button>
        </div>
      </form>
    </Card>
  );
}
