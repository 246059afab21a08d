import "./connection.css";
import { ArrowRight, ClipboardPaste, Undo2 } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { fromPasted, scenarios } from "../../../shared/domain/dsn";
import { call } from "../../api";
import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
import { Page } from "../../design/page";
import { Banner } from "../../design/status";
import { useApp } from "../../state/app";
import { useBefore } from "../../state/before";
import { useConnection } from "../../state/connection";
import { useDiagnose } from "../../state/diagnose";
import { useMending } from "../../state/mending";
import { ConnectionFieldsForm } from "./fields-form";
import { Panels } from "./panels";
import { StringField } from "./string-field";
import { TestProgress } from "./test-progress";

interface ReplaceProps {
  /** Puts another string in place of this one, which stays one press away. */
  readonly onReplace: (text: string, note: string | null) => void;
}

function StartFrom({ onReplace }: ReplaceProps) {
  const project = useApp((state) => state.project);
  return (
    <fieldset className="start-from">
      <legend className="visually-hidden">Start from an example</legend>
      <span className="secondary" aria-hidden>
        Start from
      </span>
      {scenarios.map((scenario) => (
        <Button key={scenario.id} size="small" onClick={() => onReplace(scenario.apply(project?.name ?? ""), null)}>
          {scenario.title}
        </Button>
      ))}
    </fieldset>
  );
}

function QuietActions({ onReplace, onNote }: ReplaceProps & { readonly onNote: (note: ReactNode) => void }) {
  const setDsn = useConnection((state) => state.setDsn);
  const { before, forget } = useBefore();
  const paste = async (): Promise<void> => {
    const pasted = fromPasted(await call("clipboard.paste", undefined));
    if (pasted.dsn === "") onNote("The clipboard holds no text.");
    else onReplace(pasted.dsn, pasted.note);
  };
  return (
    <>
      <Button tone="quiet" icon={<ClipboardPaste size={15} aria-hidden />} onClick={() => void paste()}>
        Paste
      </Button>
      {before === null ? null : (
        <Button
          tone="quiet"
          icon={<Undo2 size={15} aria-hidden />}
          onClick={() => {
            setDsn(before);
            forget();
            onNote(null);
          }}
        >
          Undo
        </Button>
      )}
    </>
  );
}

/** The string and its fields, what asyncpg will do with it, and the test. */
export function ConnectionScreen() {
  const { dsn, setDsn } = useConnection();
  const { goTo, markDone } = useApp();
  const { climb, run, takeConnection, cancel } = useDiagnose();
  const [note, setNote] = useState<ReactNode>(null);
  const form = useRef<HTMLDivElement>(null);

  const replace = (text: string, said: string | null): void => {
    if (text !== dsn) useBefore.getState().remember(dsn);
    setDsn(text);
    setNote(said);
  };
  const diagnose = (): void => {
    takeConnection();
    goTo("diagnose");
    if (climb.kind === "running" && climb.dsn === dsn) return;
    useMending.getState().leave();
    void run();
  };
  const test = async (): Promise<void> => {
    // A field with a fault is not in the string: testing the rest would answer another question.
    const faulty = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    if (faulty) return faulty.focus();
    takeConnection();
    useMending.getState().leave();
    const passed = await run();
    if (!passed || useConnection.getState().dsn !== dsn) return;
    markDone("connection");
    if (useApp.getState().screen === "connection") goTo("pool");
  };
  return (
    <Page
      title="The connection string"
      lead="Edit either side. Both always say the same thing, the way asyncpg will read it."
      quiet={<QuietActions onReplace={replace} onNote={setNote} />}
      actions={
        <>
          <Button disabled={dsn === ""} onClick={diagnose}>
            Diagnose
          </Button>
          {climb.kind === "running" ? (
            <CancelButton onCancel={cancel} />
          ) : (
            <Button tone="primary" disabled={dsn === ""} onClick={() => void test()}>
              Test and continue <ArrowRight size={15} aria-hidden />
            </Button>
          )}
        </>
      }
    >
      <StringField onReplace={replace} onEdit={() => setNote(null)} />
      {note ? <Banner>{note}</Banner> : null}
      <div className="stack" ref={form}>
        <ConnectionFieldsForm onEdit={() => setNote(null)} />
      </div>
      {dsn === "" ? null : <TestProgress dsn={dsn} />}
      <Panels dsn={dsn} />
      <StartFrom onReplace={replace} />
    </Page>
  );
}
