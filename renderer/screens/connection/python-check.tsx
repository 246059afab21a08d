import "./python-check.css";
import { useEffect } from "react";
import type { PythonAnswer, PythonPreview } from "../../../shared/domain/python-answer";
import { compareWithPython } from "../../../shared/domain/python-compare";
import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
import { CodeBlock } from "../../design/code";
import { useElapsed } from "../../design/elapsed";
import { Card } from "../../design/page";
import { Banner, Pill, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { useDiagnose } from "../../state/diagnose";
import { usePythonCheck } from "../../state/python-check";

type Found = Extract<PythonPreview, { kind: "found" }>;

const versions = (python: string | null, asyncpg: string | null): string =>
  [python ? `Python ${python}` : "Python", asyncpg ? `asyncpg ${asyncpg}` : "its asyncpg"].join(" and ");

/** Which Python it is, and exactly what runs. */
function WhatRuns({ preview }: { readonly preview: Found }) {
  return (
    <>
      <p className="secondary selectable">
        <span className="mono">{preview.interpreter}</span>
        {preview.leadsTo ? (
          <>
            {" "}
            is a link to <span className="mono">{preview.leadsTo}</span>
          </>
        ) : null}
        . Found by: {preview.foundBy}. It connects read-only with your app’s own driver.
      </p>
      <CodeBlock text={preview.display} label="The command" />
      <p className="hint">The connection string goes in by standard input, never on the command line.</p>
    </>
  );
}

function Running() {
  const seconds = useElapsed();
  return <Working>{seconds > 0 ? `Connecting with Python · ${seconds} s` : "Connecting with Python"}</Working>;
}

/** Our answer and theirs, line by line; differences stand out in colour and in words. */
function Answer({ answer, dsn }: { readonly answer: PythonAnswer; readonly dsn: string }) {
  const climb = useDiagnose((state) => state.climb);
  const report = climb.kind === "done" && climb.dsn === dsn ? climb.outcome.report : null;
  const rows = compareWithPython(answer, dsn, report);
  const differs = rows.some((row) => row.differs);
  return (
    <>
      {differs ? (
        <Banner tone="warn">
          <b>The two do not agree.</b> Your app gets the answer on the right.
        </Banner>
      ) : null}
      <table className="python-rows selectable">
        <thead>
          <tr>
            <td />
            <th scope="col">{report ? "Our test" : "The string"}</th>
            <th scope="col">{versions(answer.python, answer.asyncpg)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label} className={row.differs ? "python-differs" : undefined}>
              <th scope="row">
                {row.label}
                {row.differs ? <span className="visually-hidden">, differs</span> : null}
              </th>
              <td>{row.ours ?? "–"}</td>
              <td>{row.theirs ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Asks the project's own Python and asyncpg what they make of the string, beside our own answer. */
export function PythonCheck({ dsn }: { readonly dsn: string }) {
  const project = useApp((state) => state.project?.path ?? null);
  const { preview, check, look, run, cancel } = usePythonCheck();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project has another Python
  useEffect(() => void look(), [look, project]);
  if (preview === null) return null;
  if (preview.kind === "none") {
    return (
      <Card>
        <p className="secondary selectable">
          {preview.reason} {preview.next}
        </p>
      </Card>
    );
  }
  const about = check.kind !== "idle" && check.dsn === dsn ? check : null;
  const connected = about?.kind === "done" && about.answer.outcome.kind === "connected";
  return (
    <Card>
      <div className="python-check">
        <WhatRuns preview={preview} />
        {about?.kind === "done" ? <Answer answer={about.answer} dsn={dsn} /> : null}
        {about?.kind === "failed" ? <Banner tone="warn">{about.message}</Banner> : null}
        <div className="row">
          {check.kind === "running" ? (
            <>
              <Running />
              <CancelButton size="small" onCancel={cancel} />
            </>
          ) : (
            <>
              <Button size="small" disabled={dsn === ""} onClick={() => void run(dsn)}>
                {about ? "Check again with" : "Check with"} {versions(preview.python, preview.asyncpg)}
              </Button>
              {about?.kind === "done" ? (
                <Pill tone={connected ? "ok" : "fail"}>{connected ? "Connects" : "Refused"}</Pill>
              ) : null}
            </>
          )}
        </div>
      </div>
    </Card>
  );
}
