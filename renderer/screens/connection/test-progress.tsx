import { RUNG_TITLES } from "../../../shared/domain/diagnosis";
import { Button } from "../../design/button";
import { useElapsed } from "../../design/elapsed";
import { Banner, Working } from "../../design/status";
import { useDiagnose } from "../../state/diagnose";

function Climbing({ rung }: { readonly rung: string | null }) {
  const seconds = useElapsed();
  return <Working>{`${rung ? `${rung}: done` : "Testing"}${seconds > 0 ? ` · ${seconds} s` : ""}`}</Working>;
}

/** The test in one line: where it is, or why it did not pass. */
export function TestProgress({ onSeeWhy }: { readonly onSeeWhy: () => void }) {
  const climb = useDiagnose((state) => state.climb);
  switch (climb.kind) {
    case "idle":
      return null;
    case "running": {
      const last = climb.rungs[climb.rungs.length - 1];
      return <Climbing rung={last ? RUNG_TITLES[last.id] : null} />;
    }
    case "stopped":
      return <Banner tone="warn">{climb.message}</Banner>;
    case "done": {
      const { report } = climb.outcome;
      if (report.ok) return <Banner tone="ok">It connects, and may do what Aksara needs.</Banner>;
      return (
        <Banner
          tone="fail"
          action={
            <Button size="small" onClick={onSeeWhy}>
              See why
            </Button>
          }
        >
          <b>{report.diagnosis?.title ?? "It does not connect."}</b> {report.diagnosis?.explanation}
        </Banner>
      );
    }
  }
}
