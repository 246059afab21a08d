import { useEffect, useRef, useState } from "react";
import type { AdministratorState, RemedyPreview } from "../../../shared/ipc/messages";
import { Button } from "../../design/button";
import { CodeBlock } from "../../design/code";
import { PasswordField, TextField } from "../../design/field";
import { Card } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { type Mending, useDiagnose } from "../../state/diagnose";

function stepsText(preview: RemedyPreview): string {
  return preview.steps.map(({ sql, command }) => sql ?? command ?? "").join("\n");
}

/** The administrator a remedy needs and does not have yet. */
function AskAdministrator({ preview, serverId }: { readonly preview: RemedyPreview; readonly serverId: string }) {
  const signIn = useDiagnose((state) => state.signIn);
  const [user, setUser] = useState("postgres");
  const [password, setPassword] = useState("");
  const [state, setState] = useState<AdministratorState | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setState(await signIn(serverId, user, password, "postgres"));
    setBusy(false);
  };
  const problem = state?.problem ?? null;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className="secondary">{preview.problem?.message}</p>
      <div className="two-columns">
        <TextField
          label="Administrator"
          value={user}
          onChange={setUser}
          problem={problem?.field === "user" ? problem.message : null}
        />
        <PasswordField
          label="Administrator’s password"
          value={password}
          onChange={setPassword}
          problem={problem?.field === "password" ? problem.message : null}
        />
      </div>
      {problem && problem.field !== "user" && problem.field !== "password" ? (
        <Banner tone="fail">{problem.message}</Banner>
      ) : null}
      <div className="row">
        <Button type="submit" tone="primary" disabled={busy || user === ""}>
          {busy ? "Signing in" : "Sign in"}
        </Button>
      </div>
    </form>
  );
}

function Shown({ mending }: { readonly mending: Extract<Mending, { kind: "shown" }> }) {
  const { applyRemedy, leaveRemedy } = useDiagnose();
  const { preview } = mending;
  const { problem, serverId } = preview;
  return (
    <>
      {preview.steps.length > 0 ? <CodeBlock label="What will run" text={stepsText(preview)} /> : null}
      {problem && serverId ? <AskAdministrator preview={preview} serverId={serverId} /> : null}
      {problem && !serverId ? (
        <Banner tone="warn">
          <b>{problem.message}</b> {problem.next}
        </Banner>
      ) : null}
      <div className="row">
        {problem ? null : (
          <Button tone="primary" onClick={() => void applyRemedy()}>
            Run
          </Button>
        )}
        <Button onClick={leaveRemedy}>{problem ? "Close" : "Not now"}</Button>
      </div>
    </>
  );
}

function Body({ mending }: { readonly mending: Exclude<Mending, { kind: "none" | "mended" }> }) {
  const { cancel, leaveRemedy, choose } = useDiagnose();
  switch (mending.kind) {
    case "asking":
      return <Working>Looking at what it takes</Working>;
    case "shown":
      return <Shown mending={mending} />;
    case "running":
      return (
        <>
          <Working>{mending.steps.find(({ status }) => status === "running")?.title ?? "Working"}</Working>
          <div className="row">
            <Button onClick={cancel}>Cancel</Button>
          </div>
        </>
      );
    case "failed":
      return (
        <>
          <Banner tone="fail">{mending.message}</Banner>
          <div className="row">
            <Button onClick={() => void choose(mending.remedy)}>Try again</Button>
            <Button onClick={leaveRemedy}>Close</Button>
          </div>
        </>
      );
  }
}

/** What a remedy will run, as whom, once the person agrees; then how it went. */
export function RemedyPanel() {
  const mending = useDiagnose((state) => state.mending);
  const panel = useRef<HTMLDivElement>(null);
  const { kind } = mending;
  useEffect(() => {
    if (kind === "shown" || kind === "failed") panel.current?.scrollIntoView({ block: "nearest" });
  }, [kind]);
  if (mending.kind === "none" || mending.kind === "mended") return null;
  const as =
    mending.kind === "shown" && mending.preview.as ? `This runs, as ${mending.preview.as}, once you agree:` : null;
  return (
    <div ref={panel}>
      <Card title={mending.remedy.title}>
        <div className="stack">
          {as ? <p className="secondary">{as}</p> : null}
          <Body mending={mending} />
        </div>
      </Card>
    </div>
  );
}
