import "./database.css";
import { List } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../../design/button";
import { Page } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { useDatabase } from "../../state/database";
import { generalProblems } from "../../state/database-choice";
import { useSelectedServer } from "../../state/servers";
import { DatabaseActions, isOutOfReach } from "./actions";
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

/** What the server or the administrator stands in the way with; no other name mends it. */
function GeneralProblems() {
  const { plan, planFresh } = useDatabase();
  const goTo = useApp((state) => state.goTo);
  if (!plan || !planFresh) return null;
  return generalProblems(plan.problems).map((problem) => (
    <Banner
      key={problem.message}
      tone="fail"
      action={
        <Button size="small" onClick={() => goTo("server")}>
          Choose another server
        </Button>
      }
    >
      <b>{problem.message}</b> {problem.next}
    </Banner>
  ));
}

function NoServer() {
  const goTo = useApp((state) => state.goTo);
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

/** A database and the role that owns it: names, every statement that will run, then the proof. */
export function DatabaseScreen() {
  const server = useSelectedServer();
  const project = useApp((state) => state.project);
  const { administrator, choice, planProblem, run, begin } = useDatabase();
  const existing = useExistingDialog(server);
  const id = server?.id ?? null;
  const folder = project?.path ?? null;
  const busy = run.kind === "running" || run.kind === "undoing";
  useEffect(() => {
    if (id && !busy) void begin(id, folder);
  }, [id, folder, busy, begin]);

  if (!server) return <NoServer />;
  const succeeded = run.kind === "ended" && run.outcome.ok;
  const version = administrator?.version ? `PostgreSQL ${administrator.version}` : null;
  const signedIn = administrator?.as ? `signed in as ${administrator.as}` : null;
  const refused = administrator && !administrator.ready ? administrator : null;
  const outOfReach = refused !== null && isOutOfReach(server, refused.problem);
  return (
    <Page
      title={`A database for ${project?.name ?? "your app"}`}
      lead={`Created on ${[server.label.replace(/^On /, ""), version, signedIn].filter(Boolean).join(", ")}.`}
      quiet={
        <Button tone="quiet" icon={<List size={15} aria-hidden />} disabled={busy} onClick={existing.open}>
          Use an existing database…
        </Button>
      }
      actions={<DatabaseActions server={server} />}
    >
      {administrator === null ? <Working>Signing in to {server.label}</Working> : null}
      {refused && outOfReach ? (
        <Banner tone="fail">
          <b>{refused.problem?.message ?? "This server does not run."}</b> {refused.problem?.next}
        </Banner>
      ) : null}
      {refused && !outOfReach ? <SignInForm key={server.id} administrator={refused} /> : null}
      {planProblem ? <Banner tone="fail">{planProblem}</Banner> : null}
      {choice ? (
        <>
          <ChoiceForm disabled={busy || succeeded} />
          <GeneralProblems />
          <PlanTable />
        </>
      ) : null}
      <RunOutcome />
      {choice && run.kind === "none" ? <WhyOwner /> : null}
      {existing.isOpen ? <ExistingDialog server={server} onClose={existing.close} /> : null}
    </Page>
  );
}
