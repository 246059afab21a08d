import "./pool.css";
import { ArrowRight, Gauge } from "lucide-react";
import { useEffect, useState } from "react";
import { PRESETS } from "../../../shared/domain/pool";
import type { PoolAdvice } from "../../../shared/domain/pool-types";
import { SNIPPETS } from "../../../shared/domain/snippets";
import { Button } from "../../design/button";
import { CodeBlock, CopyButton } from "../../design/code";
import { Card, Page } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { Tabs } from "../../design/tabs";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { usePool } from "../../state/pool";
import { usePoolAdvice } from "./advice";
import { Budget } from "./budget";
import { NumberField } from "./number-field";
import { inputProblem } from "./numbers";

function lead(advice: PoolAdvice | null, instances: string, workers: string): string {
  const each = `${instances} app ${instances === "1" ? "instance" : "instances"} with ${workers} ${workers === "1" ? "worker" : "workers"} each`;
  if (!advice?.server) return `${each}. The server’s own numbers are not known yet.`;
  const { maxConnections, superuserReserved, reserved, inUse } = advice.server;
  return `${each}. The server allows ${maxConnections}, keeps ${superuserReserved + reserved} for itself, and ${inUse} ${inUse === 1 ? "is" : "are"} in use now.`;
}

function WhatToPaste({ min, max, name }: { readonly min: number; readonly max: number; readonly name: string }) {
  const pasted = SNIPPETS.filter(({ id }) => id === "configure" || id === "aksara");
  const [tab, setTab] = useState(pasted[0]?.id ?? "");
  const current = pasted.find(({ id }) => id === tab) ?? pasted[0];
  if (!current) return null;
  const text = current.text({ min, max, projectName: name });
  return (
    <Card title="What to paste" aside={<CopyButton text={text} />}>
      <Tabs tabs={pasted.map(({ id, title }) => ({ id, title }))} selected={current.id} onSelect={setTab} />
      <CodeBlock label={current.title} text={text} />
    </Card>
  );
}

/** "How many connections?": a preset, what the server has left, and what to paste. */
export function PoolScreen() {
  const { dsn } = useConnection();
  const { goTo, markDone, project } = useApp();
  const { preset, inputs, reading, setPreset, setInput, read, cancel } = usePool();
  useEffect(() => {
    void read(dsn);
  }, [dsn, read]);
  const advice = usePoolAdvice();
  const recommendation = advice?.recommendation ?? null;
  return (
    <Page
      title="How many connections?"
      lead={lead(advice, inputs.instances, inputs.workers)}
      quiet={
        <Button
          tone="quiet"
          icon={<Gauge size={15} aria-hidden />}
          disabled={dsn === "" || reading.kind === "reading"}
          onClick={() => void read(dsn)}
        >
          Read the server again
        </Button>
      }
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
      <div className="pool-numbers">
        <NumberField label="App instances" name="instances" inputs={inputs} least={1} onChange={setInput} />
        <NumberField label="Workers per instance" name="workers" inputs={inputs} least={1} onChange={setInput} />
        <NumberField
          label="Minimum size"
          name="min"
          inputs={inputs}
          least={0}
          follow={recommendation?.min ?? null}
          onChange={setInput}
        />
        <NumberField
          label="Maximum size"
          name="max"
          inputs={inputs}
          least={1}
          follow={recommendation?.max ?? null}
          onChange={setInput}
        />
      </div>
      {reading.kind === "reading" ? (
        <div className="row">
          <Working>Reading the server’s numbers</Working>
          <Button size="small" tone="quiet" onClick={cancel}>
            Cancel
          </Button>
        </div>
      ) : null}
      {reading.kind === "failed" ? (
        <Banner
          tone="warn"
          action={
            <Button size="small" onClick={() => goTo("diagnose")}>
              Diagnose
            </Button>
          }
        >
          <b>{reading.message}</b> {reading.next} The sizes below are the preset’s.
        </Banner>
      ) : null}
      {dsn === "" ? <Banner>There is no connection yet, so the sizes are the preset’s.</Banner> : null}
      {advice === null ? (
        <Banner tone="warn">{inputProblem("max", inputs) ?? "A number above needs mending."}</Banner>
      ) : (
        <Budget advice={advice} />
      )}
      {recommendation ? (
        <WhatToPaste min={recommendation.min} max={recommendation.max} name={project?.name ?? "app"} />
      ) : null}
    </Page>
  );
}
