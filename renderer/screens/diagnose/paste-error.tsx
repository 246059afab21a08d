import "./paste-error.css";
import { useEffect, useId, useRef } from "react";
import type { Diagnosis } from "../../../shared/domain/diagnosis";
import type { ExplainedError, NotRecognised } from "../../../shared/domain/paste-error";
import { Button } from "../../design/button";
import { UriText } from "../../design/code";
import { Card } from "../../design/page";
import { Banner, Pill } from "../../design/status";
import { useApp } from "../../state/app";
import { useDiagnose } from "../../state/diagnose";
import { useMending } from "../../state/mending";
import { usePastedError } from "../../state/pasted-error";
import { Remedies } from "./remedies";

const SURENESS: Readonly<Record<Diagnosis["confidence"], string>> = {
  certain: "Certain from the text",
  likely: "Likely",
  possible: "Possible",
};

/** Climbs with the string of the text; where it has none, with the one in question. */
function checkLive(dsn: string | null): void {
  const { setText, run } = useDiagnose.getState();
  if (dsn !== null) setText(dsn);
  useMending.getState().leave();
  const show = (): void => document.querySelector(".ladder-card")?.scrollIntoView();
  void run().then(show);
  show();
}

function Live({ dsn, label }: { readonly dsn: string | null; readonly label: string }) {
  const { climb, text } = useDiagnose();
  const busy = useMending(({ mending }) => mending.kind === "running");
  const ofProject = useApp(({ project }) => Boolean(project?.databaseUrl));
  const nothing = dsn === null && text === "" && !ofProject;
  return (
    <div className="row pasted-live">
      <Button size="small" disabled={nothing || busy || climb.kind === "running"} onClick={() => checkLive(dsn)}>
        {label}
      </Button>
      <span className="secondary pasted-string">
        {nothing ? "Needs a string: the text holds none, and there is none above." : null}
        {dsn === null && !nothing
          ? `Climbs the ladder with ${text === "" ? "the DATABASE_URL of the project’s .env" : "the string above"}.`
          : null}
        {dsn === null ? null : (
          <>
            Climbs the ladder with the string in the text: <UriText text={dsn} />
          </>
        )}
      </span>
    </div>
  );
}

function Recognised({ found }: { readonly found: ExplainedError }) {
  const { diagnosis, alternatives } = found;
  return (
    <section className="pasted-cause stack" aria-label="What the text says">
      <div className="pasted-head">
        <h3>{diagnosis.title}</h3>
        <Pill tone={found.confidence === "certain" ? "ok" : "warn"}>{SURENESS[found.confidence]}</Pill>
      </div>
      <p className="secondary selectable">{diagnosis.explanation}</p>
      <blockquote className="pasted-quote mono selectable" aria-label="The line it rests on">
        {found.quoted}
      </blockquote>
      <Live dsn={found.dsn} label="Check it live" />
      <Remedies diagnosis={diagnosis} leading={false} />
      {alternatives.length > 0 ? (
        <div>
          <span className="secondary">Could also be:</span>
          <ul className="pasted-others secondary selectable">
            {alternatives.map((one) => (
              <li key={one.id}>
                <b>{one.title}.</b> {one.explanation}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

function Unknown({ found }: { readonly found: NotRecognised }) {
  return (
    <div className="stack">
      <Banner tone="warn">
        <b>Not recognised.</b> Nothing in this text is known to be about a PostgreSQL connection. The ladder finds out
        for itself.
      </Banner>
      <Live dsn={found.dsn} label="Climb the ladder" />
    </div>
  );
}

interface PasteErrorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onClose: () => void;
}

/** A traceback or a log, recognised as it is pasted. The text stays in this screen and is gone with it. */
export function PasteError({ text, onChange, onClose }: PasteErrorProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const found = usePastedError(text);
  useEffect(() => area.current?.focus(), []);
  return (
    <Card
      title={<label htmlFor={id}>The error, as it was printed</label>}
      aside={
        <Button tone="quiet" size="small" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="stack">
        <div className="field">
          <div className="input-box">
            <textarea
              id={id}
              ref={area}
              className="mono pasted-text"
              rows={6}
              value={text}
              placeholder="A traceback, a line of a log, or the whole log"
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => onChange(event.target.value)}
            />
          </div>
          <p className="field-note">It stays in this app and is not kept.</p>
        </div>
        <div aria-live="polite">
          {found?.kind === "recognised" ? <Recognised found={found} /> : null}
          {found?.kind === "not-recognised" ? <Unknown found={found} /> : null}
          {found?.kind === "failed" ? <Banner tone="fail">{found.message}</Banner> : null}
        </div>
      </div>
    </Card>
  );
}
