import { useEffect, useRef, useState } from "react";
import type { Problem } from "../../../shared/domain/result";
import type { AdministratorState } from "../../../shared/ipc/messages";
import { Button } from "../../design/button";
import { PasswordField, TextField } from "../../design/field";
import { Banner } from "../../design/status";
import { inWords } from "../../state/answer";
import { useMending } from "../../state/mending";

interface SignInProps {
  /** What is missing, as the preview said it. */
  readonly missing: Problem;
  readonly serverId: string;
}

/** Asks for the administrator a remedy needs; when it is right, what will run is shown again, ready to run. */
export function SignIn({ missing, serverId }: SignInProps) {
  const { signIn, leave } = useMending();
  const [user, setUser] = useState("postgres");
  const [password, setPassword] = useState("");
  const [state, setState] = useState<AdministratorState | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // A refusal makes the form longer; its buttons stay in sight.
  useEffect(() => {
    if (state) form.current?.scrollIntoView({ block: "nearest" });
  }, [state]);
  const submit = async (): Promise<void> => {
    setBusy(true);
    try {
      setState(await signIn(serverId, user, password));
    } finally {
      setBusy(false);
    }
  };
  const problem = state?.problem ?? null;
  const at = (field: string): string | null => (problem?.field === field ? inWords(problem) : null);
  const general = problem && at("user") === null && at("password") === null ? problem : null;
  return (
    <form
      className="stack sign-in-inline"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && user !== "") void submit();
      }}
    >
      {general ? <Banner tone="fail">{inWords(general)}</Banner> : <p className="secondary">{inWords(missing)}</p>}
      <div className="two-columns">
        <TextField
          label="Administrator"
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
      </div>
      <div className="row">
        <Button type="submit" tone="primary" disabled={busy || user === ""}>
          {busy ? "Signing in" : "Sign in"}
        </Button>
        <Button onClick={leave}>Cancel</Button>
        <span className="hint">Kept until this window closes.</span>
      </div>
    </form>
  );
}
