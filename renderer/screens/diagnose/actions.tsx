import { ArrowRight, RefreshCw } from "lucide-react";
import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { useDiagnose } from "../../state/diagnose";
import { useMending } from "../../state/mending";

/** The way on from a result: what a proven or a failing string is good for. Going on is the primary action, editing is not. */
function WayOn() {
  const climb = useDiagnose((state) => state.climb);
  const { dsn, setDsn, setLive } = useConnection();
  const { goTo, markDone } = useApp();
  if (climb.kind !== "done" || climb.dsn === "") return null;
  const { ok, durationMs } = climb.outcome.report;
  const isBuilding = climb.dsn === dsn;
  if (!ok) return isBuilding ? <Button onClick={() => goTo("connection")}>Edit the string</Button> : null;
  const goOn = (): void => {
    if (!isBuilding) {
      setDsn(climb.dsn);
      setLive({ kind: "connected", durationMs });
    }
    markDone("connection");
    goTo("pool");
  };
  return (
    <Button tone="primary" onClick={goOn}>
      {isBuilding ? "Go on to the pool" : "Use this string"} <ArrowRight size={15} aria-hidden />
    </Button>
  );
}

/** Another climb; the primary action unless the result, or a remedy that is shown, has one of its own. */
function Check() {
  const { climb, run } = useDiagnose();
  const { mending } = useMending();
  const hasOther =
    (climb.kind === "done" && climb.dsn !== "" && climb.outcome.report.ok) ||
    (mending.kind === "shown" && !mending.preview.problem);
  return (
    <Button
      tone={hasOther ? "plain" : "primary"}
      icon={<RefreshCw size={15} aria-hidden />}
      disabled={mending.kind === "running"}
      onClick={() => {
        useMending.getState().leave();
        void run();
      }}
    >
      {climb.kind === "idle" ? "Check" : "Check again"}
    </Button>
  );
}

/** Cancel while it climbs; otherwise another climb and the way on, the primary one of them last. */
export function DiagnoseActions() {
  const { climb, cancel } = useDiagnose();
  if (climb.kind === "running") return <CancelButton onCancel={cancel} />;
  const passed = climb.kind === "done" && climb.outcome.report.ok;
  return passed ? (
    <>
      <Check />
      <WayOn />
    </>
  ) : (
    <>
      <WayOn />
      <Check />
    </>
  );
}
