import { type ReactNode, useEffect, useRef } from "react";
import { RUNG_IDS, RUNG_TITLES, type Rung } from "../../../shared/domain/diagnosis";
import { Button } from "../../design/button";
import { useElapsed } from "../../design/elapsed";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { type Climb, useDiagnose } from "../../state/diagnose";

function Climbing({ rungs }: { readonly rungs: readonly Rung[] }) {
  const seconds = useElapsed();
  const now = RUNG_IDS.find((id) => !rungs.some((rung) => rung.id === id));
  return (
    <div className="test-climbing">
      <Working>
        {[now ? RUNG_TITLES[now] : "Testing", seconds > 0 ? `${seconds} s` : null].filter(Boolean).join(" · ")}
      </Working>
      <span className="test-rungs" aria-hidden>
        {RUNG_IDS.map((id) => (
          <span key={id} className={`test-rung-${rungs.find((rung) => rung.id === id)?.status ?? "none"}`} />
        ))}
      </span>
    </div>
  );
}

function Outcome({ climb }: { readonly climb: Exclude<Climb, { kind: "idle" }> }): ReactNode {
  const goTo = useApp((state) => state.goTo);
  switch (climb.kind) {
    case "running":
      return <Climbing rungs={climb.rungs} />;
    case "stopped":
      return <Banner tone="warn">{climb.message ?? "Stopped: whether it connects is not known."}</Banner>;
    case "done": {
      const { report } = climb.outcome;
      if (report.ok) {
        return (
          <Banner tone="ok">
            <b>It connects,</b> and the role may do what Aksara needs. It took {Math.round(report.durationMs)} ms.
          </Banner>
        );
      }
      const { title = "It does not connect", explanation = "" } = report.diagnosis ?? {};
      return (
        <Banner
          tone="fail"
          action={
            <Button size="small" onClick={() => goTo("diagnose")}>
              See why
            </Button>
          }
        >
          <b>{title.replace(/\.?$/, ".")}</b> {explanation}
        </Banner>
      );
    }
  }
}

/** The test of this very string in one line: where it is, that it passed, or why it did not. */
export function TestProgress({ dsn }: { readonly dsn: string }) {
  const climb = useDiagnose((state) => state.climb);
  const ref = useRef<HTMLDivElement>(null);
  const { kind } = climb;
  useEffect(() => {
    if (kind !== "idle") ref.current?.scrollIntoView({ block: "nearest" });
  }, [kind]);
  if (climb.kind === "idle" || climb.dsn !== dsn) return null;
  return (
    <div ref={ref}>
      <Outcome climb={climb} />
    </div>
  );
}
