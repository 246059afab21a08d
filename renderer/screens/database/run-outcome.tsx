import { Button } from "../../design/button";
import { Banner, Working } from "../../design/status";
import { useDatabase } from "../../state/database";

/** How the plan ended: proven, or why not and what can be taken back. */
export function RunOutcome() {
  const { run, undo } = useDatabase();
  switch (run.kind) {
    case "none":
    case "running":
      return null;
    case "undoing":
      return <Working>Taking back what was made</Working>;
    case "undone":
      return <Banner tone="ok">What this plan made is gone again.</Banner>;
    case "broken":
      return <Banner tone="fail">{run.message}</Banner>;
    case "ended": {
      const { outcome } = run;
      if (outcome.ok) {
        return (
          <Banner tone="ok">
            <b>Proven.</b> The new role signs in and may create tables. It took {Math.round(outcome.durationMs)} ms.
          </Banner>
        );
      }
      return (
        <Banner
          tone="fail"
          action={
            outcome.undo.length > 0 ? (
              <Button size="small" onClick={() => void undo()}>
                Undo what was made
              </Button>
            ) : null
          }
        >
          {outcome.problem ? (
            <>
              <b>{outcome.problem.message}</b> {outcome.problem.next}
            </>
          ) : (
            "A step failed."
          )}
          {outcome.undo.length > 0 ? (
            <p>
              To take back: <code>{outcome.undo.map(({ sql }) => sql).join(" ")}</code>
            </p>
          ) : null}
        </Banner>
      );
    }
  }
}
