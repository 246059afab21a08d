import "./connection.css";
import { ArrowRight, ClipboardPaste, Undo2 } from "lucide-react";
import { useState } from "react";
import { fromPasted, scenarios } from "../../../shared/domain/dsn";
import { call } from "../../api";
import { Button } from "../../design/button";
import { Page } from "../../design/page";
import { Banner } from "../../design/status";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { useDiagnose } from "../../state/diagnose";
import { ConnectionFieldsForm } from "./fields-form";
import { Panels } from "./panels";
import { StringField } from "./string-field";
import { TestProgress } from "./test-progress";

/** The string and its fields, what asyncpg will do with it, and the test. */
export function ConnectionScreen() {
  const { dsn, setDsn } = useConnection();
  const { project, goTo, markDone } = useApp();
  const { climb, run, setText, cancel } = useDiagnose();
  const [before, setBefore] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [tested, setTested] = useState(false);
  const running = climb.kind === "running";

  /** Puts another string in place of this one, which stays one press away. */
  const replace = (text: string, said: string | null): void => {
    setBefore(dsn);
    setDsn(text);
    setNote(said);
  };
  const paste = async (): Promise<void> => {
    const pasted = fromPasted(await call("clipboard.paste", undefined));
    if (pasted.dsn === "") setNote("The clipboard holds no text.");
    else replace(pasted.dsn, pasted.note);
  };
  const diagnose = (): void => {
    setText(dsn);
    goTo("diagnose");
    void run();
  };
  const test = async (): Promise<void> => {
    setText(dsn);
    setTested(true);
    const passed = await run();
    if (!passed || useConnection.getState().dsn !== dsn) return;
    markDone("connection");
    if (useApp.getState().screen === "connection") goTo("pool");
  };
  return (
    <Page
      title="The connection string"
      lead="Edit either side. Both always say the same thing, the way asyncpg will read it."
      quiet={
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
                setBefore(null);
                setNote(null);
              }}
            >
              Undo
            </Button>
          )}
        </>
      }
      actions={
        <>
          <Button disabled={dsn === ""} onClick={diagnose}>
            Diagnose
          </Button>
          {running ? (
            <Button onClick={cancel}>Cancel</Button>
          ) : (
            <Button tone="primary" disabled={dsn === ""} onClick={() => void test()}>
              Test and continue <ArrowRight size={15} aria-hidden />
            </Button>
          )}
        </>
      }
    >
      <StringField
        onReplace={(text) => replace(text, null)}
        onEdit={() => {
          setNote(null);
          setTested(false);
        }}
      />
      {note ? <Banner>{note}</Banner> : null}
      <ConnectionFieldsForm onEdit={() => setTested(false)} />
      {tested ? <TestProgress onSeeWhy={() => goTo("diagnose")} /> : null}
      <Panels dsn={dsn} />
      <div className="start-from">
        <span className="secondary">Start from</span>
        {scenarios.map((scenario) => (
          <Button key={scenario.id} size="small" onClick={() => replace(scenario.apply(project?.name ?? ""), null)}>
            {scenario.title}
          </Button>
        ))}
      </div>
    </Page>
  );
}
