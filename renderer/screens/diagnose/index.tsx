import "./diagnose.css";
import { useEffect, useState } from "react";
import { useElapsed } from "../../design/elapsed";
import { Page } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { useDiagnose } from "../../state/diagnose";
import { DiagnoseActions } from "./actions";
import { DiagnosisCards } from "./diagnosis-cards";
import { DsnInput } from "./dsn-input";
import { Ladder } from "./ladder";
import { leadOf } from "./lead";
import { Mended } from "./mended";
import { PasteError } from "./paste-error";
import { RemedyPanel } from "./remedy-panel";
import { ReportButton } from "./report-dialog";

function Running() {
  const seconds = useElapsed();
  return <Working>{`Climbing${seconds > 0 ? ` · ${seconds} s` : ""}`}</Working>;
}

/** "Why it does not connect": nine rungs, one cause, its remedies. */
export function DiagnoseScreen() {
  const { climb, followConnection } = useDiagnose();
  // Only here: a pasted text can hold passwords, so it goes with the screen.
  const [pasted, setPasted] = useState<string | null>(null);
  useEffect(followConnection, [followConnection]);
  const outcome = climb.kind === "done" ? climb.outcome : null;
  const rungs = outcome
    ? outcome.report.rungs
    : climb.kind === "running" || climb.kind === "stopped"
      ? climb.rungs
      : [];
  return (
    <Page
      title={outcome?.report.ok ? "It connects" : "Why it does not connect"}
      lead={leadOf(climb)}
      quiet={
        climb.kind === "running" ? <Running /> : <ReportButton key={outcome?.runId} runId={outcome?.runId ?? null} />
      }
      actions={<DiagnoseActions />}
    >
      <DsnInput pasting={pasted !== null} onPasteError={setPasted} />
      {pasted === null ? null : <PasteError text={pasted} onChange={setPasted} onClose={() => setPasted(null)} />}
      {climb.kind === "stopped" && climb.message !== null ? <Banner tone="fail">{climb.message}</Banner> : null}
      {climb.kind === "done" ? <Mended dsn={climb.dsn} /> : null}
      <Ladder rungs={rungs} state={climb.kind} />
      {outcome ? (
        <DiagnosisCards report={outcome.report} remedy={<RemedyPanel key={outcome.runId} runId={outcome.runId} />} />
      ) : null}
    </Page>
  );
}
