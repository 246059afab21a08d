import "./auto.css";
import { Check, CircleAlert, LoaderCircle, Minus, RotateCcw } from "lucide-react";
import type { StepProgress, StepStatus } from "../../../shared/domain/plan";
import { nextCommands } from "../../../shared/domain/snippets";
import { Button } from "../../design/button";
import { CodeBlock, CopyButton } from "../../design/code";
import { Dialog } from "../../design/dialog";
import { useElapsed } from "../../design/elapsed";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { type AutoState, useAuto } from "../../state/auto";

const NEXT = nextCommands().join("\n");

const GLYPHS: Readonly<Record<StepStatus, typeof Check>> = {
  waiting: Minus,
  running: LoaderCircle,
  done: Check,
  skipped: Minus,
  failed: CircleAlert,
  undone: RotateCcw,
};

const SPOKEN: Readonly<Record<StepStatus, string>> = {
  waiting: "waiting",
  running: "running",
  done: "done",
  skipped: "skipped",
  failed: "failed",
  undone: "taken back",
};

function StepLine({ step }: { readonly step: StepProgress }) {
  const Glyph = GLYPHS[step.status];
  const text = step.sql ?? step.command;
  return (
    <li className={`auto-step auto-step-${step.status}`}>
      <span className="auto-glyph">
        <Glyph
          size={13}
          strokeWidth={3}
          className={step.status === "running" ? "spinner" : undefined}
          aria-label={SPOKEN[step.status]}
        />
      </span>
      <div className="grow">
        <b>{step.title}</b>
        {step.message ? <span className="secondary selectable"> · {step.message}</span> : null}
        {text ? <code className="auto-sql">{text}</code> : null}
      </div>
      <span className="auto-time">{step.durationMs === null ? "" : `${Math.round(step.durationMs)} ms`}</span>
    </li>
  );
}

function Elapsed() {
  const seconds = useElapsed();
  return <Working>{`Working${seconds > 0 ? ` · ${seconds} s` : ""}`}</Working>;
}

function Actions({ auto }: { readonly auto: Exclude<AutoState, { kind: "closed" }> }) {
  const { run, cancel, close } = useAuto();
  const { goTo } = useApp();
  const leaveTo = (screen: "export" | "server"): void => {
    close();
    goTo(screen);
  };
  if (auto.kind === "running") return <Button onClick={cancel}>Cancel</Button>;
  if (auto.kind === "failed") {
    return (
      <>
        <Button onClick={() => leaveTo("server")}>Choose a server myself</Button>
        <Button tone="primary" onClick={() => void run()}>
          Try again
        </Button>
      </>
    );
  }
  return (
    <Button tone="primary" onClick={() => leaveTo("export")}>
      Done
    </Button>
  );
}

/** "Set it all up for me": each step ticking, ending in a proven `.env`. */
export function AutoDialog() {
  const { auto, close } = useAuto();
  const project = useApp((state) => state.project);
  if (auto.kind === "closed") return null;
  const title = { running: "Setting it all up", done: "Your .env is proven", failed: "It did not work out" }[auto.kind];
  return (
    <Dialog title={title} onClose={auto.kind === "running" ? undefined : close} actions={<Actions auto={auto} />}>
      <ul className="auto-steps" aria-label="Steps">
        {auto.steps.map((step) => (
          <StepLine key={step.stepId} step={step} />
        ))}
      </ul>
      {auto.kind === "running" ? <Elapsed /> : null}
      {auto.kind === "failed" ? <Banner tone="fail">{auto.message}</Banner> : null}
      {auto.kind === "done" ? (
        <>
          <Banner tone="ok">
            <b>{auto.outcome.written?.path ?? project?.path}</b> now holds a connection string that signs in and may
            create tables. It took {(auto.outcome.durationMs / 1000).toFixed(1)} s.
          </Banner>
          <div className="card-head">
            <h2>Then, in the project</h2>
            <CopyButton text={NEXT} />
          </div>
          <CodeBlock label="Next commands" text={NEXT} />
        </>
      ) : null}
    </Dialog>
  );
}
