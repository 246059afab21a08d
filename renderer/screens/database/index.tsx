import "./database.css";
import { ArrowRight, List } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../../design/button";
import { CopyButton } from "../../design/code";
import { Page } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { useDatabase } from "../../state/database";
import { useSelectedServer } from "../../state/servers";
import { ChoiceForm } from "./choice-form";
import { ExistingDialog, useExistingDialog } from "./existing-dialog";
import { PlanTable } from "./plan-table";
import { RunOutcome } from "./run-outcome";
import { SignInForm } from "./sign-in-form";

function WhyOwner() {
  return (
    <Banner>
      <b>Why an owner and not just GRANT ALL?</b> Since PostgreSQL 15 a role with all privileges on a database still may
      not create tables in <code>public</code>, so <code>aksara migrate</code> would fail.
    </Banner>
  );
}

/** A database and the role that owns it: names, every statement that will run, then the proof. */
export function DatabaseScreen() {
  const server = useSelectedServer();
  const { goTo, project } = useApp();
  const database = useDatabase();
  const { administrator, choice, plan, run, begin, create, cancel } = database;
  const existing = useExistingDialog(server);
  const id = server?.id ?? null;
  useEffect(() => {
    if (id) void begin(id);
  }, [id, begin]);

  if (!server) {
    return (
      <Page
        title="A database for your app"
        lead="It is created on the server you choose."
        actions={
          <Button tone="primary" onClick={() => goTo("server")}>
            Choose a server
          </Button>
        }
      >
        <Banner>No server is chosen yet.</Banner>
      </Page>
    );
  }
  const succeeded = run.kind === "ended" && run.outcome.ok;
  const busy = run.kind === "running" || run.kind === "undoing";
  const version = administrator?.version ? `PostgreSQL ${administrator.version}` : null;
  const signedIn = administrator?.as ? `signed in as ${administrator.as}` : null;
  return (
    <Page
      title={`A database for ${project?.name ?? "your app"}`}
      lead={`Created on ${[server.label.replace(/^On /, ""), version, signedIn].filter(Boolean).join(", ")}.`}
      quiet={
        <Button tone="quiet" icon={<List size={15} aria-hidden />} disabled={busy} onClick={existing.open}>
          Use an existing database…
        </Button>
      }
      actions={
        succeeded ? (
          <Button tone="primary" onClick={() => goTo("connection")}>
            Continue <ArrowRight size={15} aria-hidden />
          </Button>
        ) : (
          <>
            {plan ? <CopyButton text={plan.sqlText} label="Copy SQL" size="normal" /> : null}
            {run.kind === "running" ? <Button onClick={cancel}>Cancel</Button> : null}
            <Button
              tone="primary"
              disabled={busy || !plan || plan.problems.length > 0}
              title={plan && plan.problems.length > 0 ? "Decide about the names first" : undefined}
              onClick={() => void create()}
            >
              {run.kind === "ended" || run.kind === "broken" ? "Try again" : "Create"}{" "}
              <ArrowRight size={15} aria-hidden />
            </Button>
          </>
        )
      }
    >
      {administrator === null ? <Working>Signing in to {server.label}</Working> : null}
      {administrator && !administrator.ready ? <SignInForm server={server} administrator={administrator} /> : null}
      {database.planProblem ? <Banner tone="fail">{database.planProblem}</Banner> : null}
      {choice ? (
        <>
          <ChoiceForm disabled={busy || succeeded} />
          <PlanTable />
          <RunOutcome />
          {run.kind === "none" ? <WhyOwner /> : null}
        </>
      ) : null}
      {existing.isOpen ? <ExistingDialog server={server} onClose={existing.close} /> : null}
    </Page>
  );
}
