import { useState } from "react";
import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
import { CodeBlock } from "../../design/code";
import { Card } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { type Mending, useMending } from "../../state/mending";

type Done = Extract<Mending, { kind: "mended" | "not-undone" }>;

/** What taking it back will run; an edit of the string is taken back at once. */
function Undo({ done, onLeave }: { readonly done: Done; readonly onLeave: () => void }) {
  const undo = useMending((state) => state.undo);
  const text = (done.undo ?? []).map(({ sql, command, title }) => sql ?? (command ? `# ${title}\n${command}` : title));
  return (
    <Card title="Take it back">
      <div className="stack">
        <p className="secondary">This runs once you agree:</p>
        <CodeBlock label="What takes it back" text={text.join("\n")} />
        <div className="row">
          <Button onClick={() => void undo()}>Take it back</Button>
          <Button onClick={onLeave}>Keep it</Button>
        </div>
      </div>
    </Card>
  );
}

function DoneBanner({ done }: { readonly done: Extract<Mending, { kind: "mended" }> }) {
  const project = useApp((state) => state.project);
  const goTo = useApp((state) => state.goTo);
  const building = useConnection((state) => state.dsn);
  const undo = useMending((state) => state.undo);
  const [asked, setAsked] = useState(false);
  const unwritten = done.changed && project !== null && building === done.dsn;
  const steps = done.undo?.length ?? 0;
  return (
    <>
      <Banner
        tone="ok"
        action={
          <span className="row">
            {unwritten ? (
              <Button size="small" onClick={() => goTo("export")}>
                To the export
              </Button>
            ) : null}
            {done.undo === null || asked ? null : (
              <Button size="small" onClick={() => (steps > 0 ? setAsked(true) : void undo())}>
                {steps > 0 ? "Undo…" : "Undo"}
              </Button>
            )}
          </span>
        }
      >
        <b>Done: {done.title}.</b>{" "}
        {done.changed ? "The string changed, and the ladder climbed again with it." : "The ladder climbed again."}
        {unwritten ? " Write it to the .env to keep it." : ""}
      </Banner>
      {asked ? <Undo done={done} onLeave={() => setAsked(false)} /> : null}
    </>
  );
}

/** What the last remedy did, and the way back. */
export function Mended({ dsn }: { readonly dsn: string }) {
  const { mending, cancel, leave, undo } = useMending();
  if (!("before" in mending || mending.kind === "undone") || mending.dsn !== dsn) return null;
  switch (mending.kind) {
    case "mended":
      return <DoneBanner key={`${mending.runId}/${mending.remedyId}`} done={mending} />;
    case "undoing":
      return (
        <div className="row">
          <div className="grow">
            <Working>{mending.steps.find(({ status }) => status === "running")?.title ?? "Taking it back"}</Working>
          </div>
          <CancelButton onCancel={cancel} size="small" />
        </div>
      );
    case "not-undone":
      return (
        <Banner
          tone="fail"
          action={
            <span className="row">
              <Button size="small" onClick={() => void undo()}>
                Try again
              </Button>
              <Button size="small" onClick={leave}>
                Close
              </Button>
            </span>
          }
        >
          <b>Not taken back: {mending.title}.</b> {mending.message}
        </Banner>
      );
    case "undone":
      return (
        <Banner tone="ok">
          <b>Taken back: {mending.title}.</b> The ladder climbed again.
        </Banner>
      );
  }
}
