import { useState } from "react";
import type { PlanStep, StepProgress, StepStatus } from "../../../shared/domain/plan";
import { Card } from "../../design/page";
import { Pill, type Tone, Working } from "../../design/status";
import { useDatabase } from "../../state/database";
import { canPlan } from "../../state/database-choice";

const WORDS: Readonly<Record<StepStatus, readonly [Tone, string]>> = {
  waiting: ["quiet", "Waiting"],
  running: ["accent", "Running"],
  done: ["ok", "Done"],
  skipped: ["quiet", "Skipped"],
  failed: ["fail", "Failed"],
  undone: ["warn", "Taken back"],
};

interface PlanRowProps {
  readonly step: PlanStep;
  readonly progress: StepProgress | null;
  /** Whether the plan has begun, so that there are states and times to show. */
  readonly begun: boolean;
}

function PlanRow({ step, progress, begun }: PlanRowProps) {
  const [open, setOpen] = useState(false);
  const [tone, word] = WORDS[progress?.status ?? "waiting"];
  const text = step.sql ?? step.command ?? "";
  return (
    <tr className={open ? "plan-row-open" : undefined}>
      <td className="plan-title">{step.title}</td>
      <td className="plan-sql">
        <button
          type="button"
          className="plan-press"
          aria-expanded={open}
          title="Show all of it"
          onClick={() => setOpen(!open)}
        >
          <code>{text}</code>
        </button>
        {progress?.message ? <p className="plan-message selectable">{progress.message}</p> : null}
      </td>
      {begun ? (
        <>
          <td className="plan-state">
            {progress ? (
              <Pill tone={tone} busy={progress.status === "running"}>
                {word}
              </Pill>
            ) : null}
          </td>
          <td className="plan-time">{progress?.durationMs == null ? "" : `${Math.round(progress.durationMs)} ms`}</td>
        </>
      ) : null}
    </tr>
  );
}

/** Every statement, before it runs and as it runs. */
export function PlanTable() {
  const { plan, planFresh, planProblem, choice, progress } = useDatabase();
  if (planProblem || !choice) return null;
  if (!plan) return canPlan(choice) ? <Working>Looking at what exists</Working> : null;
  const extra = progress.filter(({ stepId }) => !plan.steps.some(({ id }) => id === stepId));
  const steps = [
    ...plan.steps,
    ...extra.map(({ stepId, title, sql, command }) => ({ id: stepId, title, sql, command })),
  ];
  return (
    <Card title="What will run" aside={`as ${plan.as}, stops at the first error`}>
      {steps.length === 0 ? (
        <p className="hint">The statements stand here as soon as the fields above are filled.</p>
      ) : (
        <table className={planFresh || progress.length > 0 ? "plan" : "plan plan-stale"} aria-label="What will run">
          <tbody>
            {steps.map((step) => (
              <PlanRow
                key={step.id}
                step={step}
                progress={progress.find(({ stepId }) => stepId === step.id) ?? null}
                begun={progress.length > 0}
              />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
