import { ArrowRight } from "lucide-react";
import type { Problem } from "../../../shared/domain/result";
import type { Server } from "../../../shared/domain/server";
import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
import { CopyButton } from "../../design/code";
import { useApp } from "../../state/app";
import { useDatabase } from "../../state/database";
import { SIGN_IN_FORM } from "./sign-in-form";

/** True where there is nothing to sign in to; a server that runs may always be tried with a name and a password. */
export const isOutOfReach = (server: Server, problem: Problem | null): boolean =>
  server.state !== "running" || problem?.kind === "not-found" || problem?.kind === "unexpected";

/** The screen's one primary action, by where things stand, and what goes beside it. */
export function DatabaseActions({ server }: { readonly server: Server }) {
  const goTo = useApp((state) => state.goTo);
  const { administrator, signingIn, plan, planFresh, planProblem, run, create, cancel, retry, startOver } =
    useDatabase();
  const elsewhere = <Button onClick={() => goTo("server")}>Choose another server</Button>;
  const again = (
    <Button tone="primary" onClick={() => void retry()}>
      Try again
    </Button>
  );
  if (administrator === null) return null;
  if (!administrator.ready) {
    return (
      <>
        {elsewhere}
        {isOutOfReach(server, administrator.problem) ? (
          again
        ) : (
          <Button tone="primary" type="submit" form={SIGN_IN_FORM} disabled={signingIn}>
            {signingIn ? "Signing in" : "Sign in"}
          </Button>
        )}
      </>
    );
  }
  if (planProblem !== null) {
    return (
      <>
        {elsewhere}
        {again}
      </>
    );
  }
  if (run.kind === "ended" && run.outcome.ok) {
    return (
      <>
        <Button onClick={() => void startOver()}>Create another</Button>
        <Button tone="primary" onClick={() => goTo("connection")}>
          Continue <ArrowRight size={15} aria-hidden />
        </Button>
      </>
    );
  }
  const busy = run.kind === "running" || run.kind === "undoing";
  const stopped = plan !== null && plan.problems.length > 0;
  return (
    <>
      {plan && plan.sqlText !== "" ? <CopyButton text={plan.sqlText} label="Copy SQL" size="normal" /> : null}
      {busy ? <CancelButton key={run.kind} onCancel={cancel} /> : null}
      <Button
        tone="primary"
        disabled={busy || !planFresh || stopped}
        title={stopped ? "What is said above comes first" : undefined}
        onClick={() => void create()}
      >
        {run.kind === "ended" || run.kind === "broken" ? "Try again" : "Create"} <ArrowRight size={15} aria-hidden />
      </Button>
    </>
  );
}
