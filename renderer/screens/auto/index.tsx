import "./auto.css";
import { Check, CircleAlert, LoaderCircle, Minus, RotateCcw } from "lucide-react";
import { useEffect, useRef } from "react";
import type { StepProgress, StepStatus } from "../../../shared/domain/plan";
import { nextCommands } from "../../../shared/domain/snippets";
import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
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

/** Nothing runs any more once the whole has ended. */
const ended = (step: StepProgress): StepProgress => (step.status === "running" ? { ...step, status: "skipped" } : step);

function StepLine({ step, brief }: { readonly step: StepProgress; readonly brief: boolean }) {
  const ref = useRef<HTMLLIElement>(null);
  const Glyph = GLYPHS[step.status];
  const text = brief ? null : (step.sql ?? step.command);
  const isNow = step.status === "running" || step.status === "failed";
  useEffect(() => {
    if (isNow) ref.current?.scrollIntoView({ block: "nearest" });
  }, [isNow]);
  return (
    <li ref={ref} className={`auto-step auto-step-${step.status}`}>
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

/** What the dialog shows; while the folder dialog is open there is nothing to show. */
type Shown = Exclude<AutoState, { kind: "closed" | "picking" }>;

const TITLES: Readonly<Record<Shown["kind"], string>> = {
  running: "Setting it all up",
  done: "Your .env is proven",
  stopped: "Stopped",
  failed: "It did not work out",
};

function Actions({ auto }: { readonly auto: Shown }) {
  const { run, cancel, close } = useAuto();
  const { goTo } = useApp();
  const leaveTo = (screen: "export" | "server"): void => {
    close();
    goTo(screen);
  };
  if (auto.kind === "running") return <CancelButton key="cancel" onCancel={cancel} />;
  if (auto.kind === "failed" || auto.kind === "stopped") {
    return (
      <>
        <Button key="server" onClick={() => leaveTo("server")}>
          Choose a server myself
        </Button>
        <Button key="again" tone="primary" onClick={() => void run()}>
          Try again
        </Button>
      </>
    );
  }
  return (
    <Button key="done" tone="primary" onClick={() => leaveTo("export")}>
      Done
    </Button>
  );
}

/** "Set it all up for me": each step ticking, ending in a proven `.env`. */
export function AutoDialog() {
  const { auto, close } = useAuto();
  const project = useApp((state) => state.project);
  if (auto.kind === "closed" || auto.kind === "picking") return null;
  return (
    <Dialog
      title={TITLES[auto.kind]}
      onClose={auto.kind === "running" ? undefined : close}
      actions={<Actions auto={auto} />}
    >
      <ul className="auto-steps" aria-label="Steps">
        {auto.steps.map((step) => (
          <StepLine
            key={step.stepId}
            step={auto.kind === "running" ? step : ended(step)}
            brief={auto.kind === "done"}
          />
        ))}
      </ul>
      {auto.kind === "running" ? <Elapsed /> : null}
      {auto.kind === "failed" ? <Banner tone="fail">{auto.message}</Banner> : null}
      {auto.kind === "stopped" ? (
        <Banner>Nothing was written to .env. What was taken back on the server stands in the list.</Banner>
      ) : null}
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
