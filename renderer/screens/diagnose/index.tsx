import "./diagnose.css";
import { lazy, Suspense, useEffect, useState } from "react";
import { Button } from "../../design/button";
import { useElapsed } from "../../design/elapsed";
import { Page } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { useDiagnose } from "../../state/diagnose";
import { useMending } from "../../state/mending";
import { DiagnoseActions } from "./actions";
import { DiagnosisCards } from "./diagnosis-cards";
import { DsnInput } from "./dsn-input";
import { Ladder } from "./ladder";
import { leadOf } from "./lead";
import { RemedyPanel } from "./remedy-panel";
import { ReportButton } from "./report-dialog";

function Running() {
  const seconds = useElapsed();
  return <Working>{`Climbing${seconds > 0 ? ` · ${seconds} s` : ""}`}</Working>;
}

/** What the last remedy did; a changed string still has to be written. */
function Mended({ dsn }: { readonly dsn: string }) {
  const mending = useMending((state) => state.mending);
  const project = useApp((state) => state.project);
  const goTo = useApp((state) => state.goTo);
  const building = useConnection((state) => state.dsn);
  if (mending.kind !== "mended" || mending.dsn !== dsn) return null;
  const unwritten = mending.changed && project !== null && building === dsn;
  return (
    <Banner
      tone="ok"
      action={
        unwritten ? (
          <Button size="small" onClick={() => goTo("export")}>
            To the export
          </Button>
        ) : undefined
      }
    >
      <b>Done: {mending.title}.</b>{" "}
      {mending.changed ? "The string changed, and the ladder climbed again with it." : "The ladder climbed again."}
      {unwritten ? " Write it to the .env to keep it." : ""}
    </Banner>
  );
}

/** What recognises errors speaks many languages; it is loaded when it is asked for. */
const PasteError = lazy(() => import("./paste-error").then((module) => ({ default: module.PasteError })));

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
        outcome ? (
          <ReportButton key={outcome.runId} runId={outcome.runId} />
        ) : climb.kind === "running" ? (
          <Running />
        ) : null
      }
      actions={<DiagnoseActions />}
    >
      <DsnInput pasting={pasted !== null} onPasteError={setPasted} />
      {pasted === null ? null : (
        <Suspense>
          <PasteError text={pasted} onChange={setPasted} onClose={() => setPasted(null)} />
        </Suspense>
      )}
      {climb.kind === "stopped" ? <Banner tone="warn">{climb.message}</Banner> : null}
      {climb.kind === "done" ? <Mended dsn={climb.dsn} /> : null}
      <Ladder rungs={rungs} state={climb.kind} />
      {outcome ? (
        <DiagnosisCards report={outcome.report} remedy={<RemedyPanel key={outcome.runId} runId={outcome.runId} />} />
      ) : null}
    </Page>
  );
}
