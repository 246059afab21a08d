import { useEffect, useRef } from "react";
import { Button } from "../../design/button";
import { useElapsed } from "../../design/elapsed";
import { Banner, Working } from "../../design/status";
import { useDatabase } from "../../state/database";

function Going({ words }: { readonly words: string }) {
  const seconds = useElapsed();
  return <Working>{`${words}${seconds > 0 ? ` · ${seconds} s` : ""}`}</Working>;
}

function UndoButton() {
  const { made, undo } = useDatabase();
  if (!made) return null;
  return (
    <Button size="small" onClick={() => void undo()}>
      Undo what was made
    </Button>
  );
}

/** What a plan that failed made, and what takes it back. */
function Made() {
  const made = useDatabase((state) => state.made);
  if (!made) return null;
  return (
    <p>
      Some of it was made; the next try takes it back first: <code>{made.undo.map(({ sql }) => sql).join(" ")}</code>
    </p>
  );
}

/** The same once the failure itself is no longer told, for as long as something is left. */
function Leftover() {
  const { made, run } = useDatabase();
  if (!made || run.kind === "ended" || run.kind === "running" || run.kind === "undoing") return null;
  return (
    <Banner tone="warn" action={<UndoButton />}>
      <Made />
    </Banner>
  );
}

function Ending() {
  const run = useDatabase((state) => state.run);
  switch (run.kind) {
    case "none":
      return null;
    case "running":
      return <Going words="Creating" />;
    case "undoing":
      return <Going words="Taking back what was made" />;
    case "undone":
      return <Banner tone="ok">What this plan made is gone again.</Banner>;
    case "broken":
      return <Banner tone="fail">{run.message}</Banner>;
    case "ended": {
      const { ok, problem, durationMs } = run.outcome;
      if (ok) {
        return (
          <Banner tone="ok">
            <b>Proven.</b> The new role signs in and may create tables. It took {Math.round(durationMs)} ms.
          </Banner>
        );
      }
      return (
        <Banner tone={problem?.kind === "cancelled" ? "warn" : "fail"} action={<UndoButton />}>
          <b>{problem?.message ?? "A step failed."}</b> {problem?.next}
          <Made />
        </Banner>
      );
    }
  }
}

/** How the plan ended: proven, or why not and what can be taken back. */
export function RunOutcome() {
  const kind = useDatabase(({ run }) => run.kind);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (kind !== "none") ref.current?.scrollIntoView({ block: "nearest" });
  }, [kind]);
  return (
    <div ref={ref} className="stack run-outcome">
      <Ending />
      <Leftover />
    </div>
  );
}
