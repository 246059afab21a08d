import "./diagnose.css";
import { ClipboardList, RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { call } from "../../api";
import { Button } from "../../design/button";
import { useElapsed } from "../../design/elapsed";
import { Page } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { type Climb, useDiagnose } from "../../state/diagnose";
import { DiagnosisCards } from "./diagnosis-cards";
import { DsnInput } from "./dsn-input";
import { Ladder } from "./ladder";
import { RemedyPanel } from "./remedy-panel";

function leadOf(climb: Climb): string {
  switch (climb.kind) {
    case "idle":
      return "Climbs from the string to the privileges, one rung at a time, and stops at the cause.";
    case "running":
      return "Climbing.";
    case "stopped":
      return "Stopped before the end.";
    case "done": {
      const { report } = climb.outcome;
      if (report.ok) return `Every rung holds. It took ${Math.round(report.durationMs)} ms.`;
      return report.diagnosis?.title ? `${report.diagnosis.title}.`.replace(/\.\.$/, ".") : "It does not connect.";
    }
  }
}

function Running() {
  const seconds = useElapsed();
  return <Working>{`Climbing${seconds > 0 ? ` · ${seconds} s` : ""}`}</Working>;
}

function CopyReport({ runId }: { readonly runId: string }) {
  const setNotice = useApp((state) => state.setNotice);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    const report = await call("report.text", { runId });
    if (!report.ok) return setNotice(report.error.message);
    setCopied((await call("clipboard.copy", { text: report.value })).ok);
  };
  return (
    <Button tone="quiet" icon={<ClipboardList size={15} aria-hidden />} onClick={() => void copy()}>
      {copied ? "Copied" : "Copy report, secrets removed"}
    </Button>
  );
}

/** "Why it does not connect": nine rungs, one cause, its remedies. */
export function DiagnoseScreen() {
  const { text, climb, mending, setText, run, cancel } = useDiagnose();
  const dsn = useConnection((state) => state.dsn);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once, when the screen opens without a question of its own
  useEffect(() => {
    if (text === "" && climb.kind === "idle" && dsn !== "") setText(dsn);
  }, []);
  const outcome = climb.kind === "done" ? climb.outcome : null;
  const rungs = outcome ? outcome.report.rungs : climb.kind === "idle" || climb.kind === "done" ? [] : climb.rungs;
  const title = outcome?.report.ok ? "It connects" : "Why it does not connect";
  return (
    <Page
      title={title}
      lead={leadOf(climb)}
      quiet={outcome ? <CopyReport key={outcome.runId} runId={outcome.runId} /> : null}
      actions={
        climb.kind === "running" ? (
          <Button onClick={cancel}>Cancel</Button>
        ) : (
          <Button tone="primary" icon={<RefreshCw size={15} aria-hidden />} onClick={() => void run()}>
            {climb.kind === "idle" ? "Check" : "Check again"}
          </Button>
        )
      }
    >
      <DsnInput />
      {climb.kind === "running" ? <Running /> : null}
      {climb.kind === "stopped" ? <Banner tone="warn">{climb.message}</Banner> : null}
      {mending.kind === "mended" ? <Banner tone="ok">Done: {mending.title}. The ladder climbed again.</Banner> : null}
      {climb.kind === "idle" ? null : <Ladder rungs={rungs} running={climb.kind === "running"} />}
      {outcome ? <DiagnosisCards report={outcome.report} /> : null}
      <RemedyPanel />
    </Page>
  );
}
