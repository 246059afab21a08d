import { useEffect, useRef } from "react";
import type { StepProgress } from "../../../shared/domain/plan";
import type { RemedyPreview } from "../../../shared/ipc/messages";
import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
import { CodeBlock } from "../../design/code";
import { useElapsed } from "../../design/elapsed";
import { Card } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { type Mending, useMending } from "../../state/mending";
import { rightsText } from "./rights";
import { SignIn } from "./sign-in";

type Chosen = Extract<Mending, { kind: "asking" | "shown" | "running" | "failed" }>;

const isChosen = (mending: Mending): mending is Chosen =>
  mending.kind === "asking" || mending.kind === "shown" || mending.kind === "running" || mending.kind === "failed";

const stepsText = (preview: RemedyPreview): string =>
  preview.steps.map(({ sql, command }) => sql ?? command ?? "").join("\n");

function Shown({ mending }: { readonly mending: Extract<Mending, { kind: "shown" }> }) {
  const { run, leave } = useMending();
  const { problem, serverId, as } = mending.preview;
  const text = stepsText(mending.preview);
  return (
    <>
      <p className="secondary">
        {rightsText(mending.remedy.needs)}{" "}
        {problem ? "This would run:" : as ? <>This runs, as {as}, once you agree:</> : "This is done once you agree:"}
      </p>
      {text === "" ? null : <CodeBlock label="What will run" text={text} />}
      {problem && serverId ? <SignIn missing={problem} serverId={serverId} /> : null}
      {problem && !serverId ? (
        <>
          <Banner tone="warn">
            <b>{problem.message}</b> {problem.next}
          </Banner>
          <div className="row">
            <Button onClick={leave}>Close</Button>
          </div>
        </>
      ) : null}
      {problem ? null : (
        <div className="row">
          <Button tone="primary" onClick={() => void run()}>
            Run
          </Button>
          <Button onClick={leave}>Cancel</Button>
        </div>
      )}
    </>
  );
}

function Running({ steps, preview }: { readonly steps: readonly StepProgress[]; readonly preview: RemedyPreview }) {
  const cancel = useMending((state) => state.cancel);
  const seconds = useElapsed();
  const now = steps.find(({ status }) => status === "running");
  return (
    <>
      <CodeBlock label="What runs" text={stepsText(preview)} />
      <div className="row">
        <div className="grow">
          <Working>
            {[now?.title ?? "Working", now?.message, seconds > 0 ? `${seconds} s` : null].filter(Boolean).join(" · ")}
          </Working>
        </div>
        <CancelButton onCancel={cancel} size="small" />
      </div>
    </>
  );
}

function Failed({ mending }: { readonly mending: Extract<Mending, { kind: "failed" }> }) {
  const { choose, leave } = useMending();
  const done = mending.steps.filter(({ status }) => status === "done");
  return (
    <>
      <Banner tone="fail">
        {mending.message}
        {done.length > 0 ? ` Done before that: ${done.map(({ title }) => title).join(", ")}.` : ""}
      </Banner>
      <div className="row">
        <Button onClick={() => void choose(mending.remedy)}>Try again</Button>
        <Button onClick={leave}>Close</Button>
      </div>
    </>
  );
}

function Body({ mending }: { readonly mending: Chosen }) {
  switch (mending.kind) {
    case "asking":
      return <Working>Looking at what it takes</Working>;
    case "shown":
      return <Shown mending={mending} />;
    case "running":
      return <Running steps={mending.steps} preview={mending.preview} />;
    case "failed":
      return <Failed mending={mending} />;
  }
}

/** What a remedy of this climb will run, as whom, once the person agrees; then how it went. */
export function RemedyPanel({ runId }: { readonly runId: string }) {
  const mending = useMending((state) => state.mending);
  const panel = useRef<HTMLDivElement>(null);
  const { kind } = mending;
  useEffect(() => {
    if (kind === "shown" || kind === "failed") panel.current?.scrollIntoView({ block: "nearest" });
  }, [kind]);
  if (!isChosen(mending) || mending.runId !== runId) return null;
  return (
    <div ref={panel} className="remedy-panel">
      <Card title={mending.remedy.title}>
        <div className="stack">
          <Body mending={mending} />
        </div>
      </Card>
    </div>
  );
}
