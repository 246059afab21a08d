import "./connection.css";
import { ArrowRight } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { StringSource } from "../../../shared/domain/dsn/surroundings";
import { call } from "../../api";
import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
import { Disclosure } from "../../design/disclosure";
import { Page } from "../../design/page";
import { Banner } from "../../design/status";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { useSurroundings } from "../../state/connection-surroundings";
import { useDiagnose } from "../../state/diagnose";
import { useMending } from "../../state/mending";
import { QuietActions, StartFrom } from "./actions";
import { Advanced } from "./advanced";
import { ConnectionFieldsForm } from "./fields-form";
import { Panels } from "./panels";
import { wholeFrom, wholeIn } from "./paste";
import { PythonCheck } from "./python-check";
import { StringField } from "./string-field";
import { TestProgress } from "./test-progress";
import { useScreenKeys } from "./use-screen-keys";

/** What surrounds the string may change while the app is open: it is looked at again with every return to the window. */
function useFreshSurroundings(): void {
  const look = useSurroundings((state) => state.look);
  useEffect(() => {
    void look();
    const again = (): void => void look();
    window.addEventListener("focus", again);
    return () => window.removeEventListener("focus", again);
  }, [look]);
}

/** The string and its fields, what asyncpg will do with it, and the test. */
export function ConnectionScreen() {
  const { dsn, setDsn } = useConnection();
  const { goTo, markDone } = useApp();
  const { climb, run, takeConnection, cancel } = useDiagnose();
  const [note, setNote] = useState<string | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const clearNote = useCallback(() => setNote(null), []);

  const replace = (text: string, said: string | null, source?: StringSource): void => {
    setDsn(text, source);
    setNote(said);
  };
  const takePasted = (text: string, said: string | null): void => {
    const instead = dsn === "" || dsn === text ? null : "The pasted string took the place of the one before.";
    replace(text, said ?? instead, { kind: "pasted" });
  };
  const paste = (text: string): void => {
    const pasted = wholeFrom(text);
    if (pasted) takePasted(pasted.dsn, pasted.note);
    else setNote(text.trim() === "" ? "The clipboard holds no text." : "The clipboard holds no connection string.");
  };
  useFreshSurroundings();
  useScreenKeys({
    onUndone: clearNote,
    onPasted(text, into) {
      if (into === null) {
        paste(text);
        return "taken";
      }
      // A password may be anything, an address too.
      const pasted = into.matches("input:not([type=password])") ? wholeIn(text) : null;
      if (!pasted) return "left";
      takePasted(pasted.dsn, pasted.note);
      return "taken";
    },
  });
  const diagnose = (): void => {
    takeConnection();
    goTo("diagnose");
    if (climb.kind === "running" && climb.dsn === dsn) return;
    useMending.getState().leave();
    void run();
  };
  const test = async (): Promise<void> => {
    // A field with a fault is not in the string: testing the rest would answer another question.
    const faulty = form.current?.querySelector<HTMLElement>("[data-unsaved]");
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
      quiet={<QuietActions onPaste={() => void call("clipboard.paste", undefined).then(paste)} onGone={clearNote} />}
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
      <StringField onReplace={replace} onPaste={takePasted} onEdit={clearNote} />
      {note ? <Banner>{note}</Banner> : null}
      <div className="stack" ref={form}>
        <ConnectionFieldsForm onEdit={clearNote} />
      </div>
      {dsn === "" ? null : <TestProgress dsn={dsn} />}
      <Panels dsn={dsn} onMend={(mended) => replace(mended, null)} />
      <StartFrom onStart={(text, source) => replace(text, null, source)} />
      <Advanced onEdit={clearNote} />
      <Disclosure title="Check with the project’s own Python" aside="its asyncpg, beside our answer">
        <PythonCheck dsn={dsn} />
      </Disclosure>
    </Page>
  );
}
