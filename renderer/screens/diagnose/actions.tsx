import { ArrowRight, RefreshCw } from "lucide-react";
import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { useDiagnose } from "../../state/diagnose";
import { useMending } from "../../state/mending";

/** The way on from a result: what a proven or a failing string is good for. */
function WayOn() {
  const climb = useDiagnose((state) => state.climb);
  const { dsn, setDsn, setLive } = useConnection();
  const { goTo, markDone } = useApp();
  if (climb.kind !== "done" || climb.dsn === "") return null;
  const { ok, durationMs } = climb.outcome.report;
  if (climb.dsn === dsn && !ok) return <Button onClick={() => goTo("connection")}>Edit the string</Button>;
  const goOn = (): void => {
    markDone("connection");
    goTo("pool");
  };
  if (climb.dsn === dsn) {
    return (
      <Button onClick={goOn}>
        Go on to the pool <ArrowRight size={15} aria-hidden />
      </Button>
    );
  }
  return ok ? (
    <Button
      onClick={() => {
        setDsn(climb.dsn);
        setLive({ kind: "connected", durationMs });
        goOn();
      }}
    >
      Use this string <ArrowRight size={15} aria-hidden />
    </Button>
  ) : null;
}

/** Cancel while it climbs; otherwise the way on and another climb. */
export function DiagnoseActions() {
  const { climb, run, cancel } = useDiagnose();
  const busy = useMending(({ mending }) => mending.kind === "running");
  if (climb.kind === "running") return <CancelButton onCancel={cancel} />;
  return (
    <>
      <WayOn />
      <Button
        tone="primary"
        icon={<RefreshCw size={15} aria-hidden />}
        disabled={busy}
        onClick={() => {
          useMending.getState().leave();
          void run();
        }}
      >
        {climb.kind === "idle" ? "Check" : "Check again"}
      </Button>
    </>
  );
}
