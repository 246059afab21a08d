import "./pool.css";
import { ArrowRight } from "lucide-react";
import { useEffect } from "react";
import { PRESETS, presetOf } from "../../../shared/domain/pool";
import { Button } from "../../design/button";
import { Page } from "../../design/page";
import { Banner } from "../../design/status";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { usePool } from "../../state/pool";
import { usePoolAdvice } from "./advice";
import { Budget, BudgetToCome } from "./budget";
import { leadOf } from "./lead";
import { NumberField } from "./number-field";
import { countOf } from "./numbers";
import { WhatToPaste } from "./paste-card";
import { Refresh, WithoutNumbers } from "./reading";

function Presets() {
  const { preset, setPreset } = usePool();
  return (
    <fieldset className="presets">
      <legend className="visually-hidden">Workload</legend>
      {PRESETS.map(({ id, title, min, max }) => (
        <label key={id} className={id === preset ? "card preset card-selected" : "card preset"}>
          <input
            type="radio"
            name="preset"
            className="visually-hidden"
            checked={id === preset}
            onChange={() => setPreset(id)}
          />
          <b>{title}</b>
          <span className="mono">
            {min} – {max}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** "How many connections?": a preset, what the server has left, and what to paste. */
export function PoolScreen() {
  const { dsn } = useConnection();
  const { goTo, markDone, project } = useApp();
  const { preset, inputs, reading, setInput, read } = usePool();
  useEffect(() => {
    void read(dsn);
  }, [dsn, read]);
  const advice = usePoolAdvice();
  const recommendation = advice?.recommendation ?? null;
  const facts = reading.dsn === dsn ? reading.facts : null;
  const usual = presetOf(preset);
  const common = { inputs, onChange: setInput };
  return (
    <Page
      title="How many connections?"
      lead={leadOf(countOf(inputs.instances, 1), countOf(inputs.workers, 1), facts)}
      quiet={<Refresh />}
      actions={
        <>
          <Button onClick={() => goTo("connection")}>Back</Button>
          <Button
            tone="primary"
            disabled={advice === null}
            onClick={() => {
              markDone("pool");
              goTo("export");
            }}
          >
            Continue <ArrowRight size={15} aria-hidden />
          </Button>
        </>
      }
    >
      <Presets />
      <div className="pool-numbers">
        <NumberField label="App instances" name="instances" least={1} {...common} />
        <NumberField label="Workers per instance" name="workers" least={1} {...common} />
        <NumberField label="Minimum size" name="min" least={0} follow={recommendation?.min ?? usual.min} {...common} />
        <NumberField label="Maximum size" name="max" least={1} follow={recommendation?.max ?? usual.max} {...common} />
      </div>
      <WithoutNumbers />
      {reading.kind === "reading" && !facts ? (
        <BudgetToCome />
      ) : advice ? (
        <Budget advice={advice} />
      ) : (
        <Banner tone="warn">The budget is worked out again as soon as each field above holds a number.</Banner>
      )}
      {recommendation ? (
        <WhatToPaste min={recommendation.min} max={recommendation.max} name={project?.name ?? "app"} />
      ) : null}
    </Page>
  );
}
