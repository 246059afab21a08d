import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { type CopyFormat, copyFormats, type ParsedDsn, parseConnectionString } from "../../../shared/domain/dsn";
import { Button } from "../../design/button";
import { CodeBlock, CopyButton } from "../../design/code";
import { Dialog } from "../../design/dialog";
import { Notes } from "../../design/notes";
import { Tabs } from "../../design/tabs";
import { useConnection } from "../../state/connection";
import { masked } from "./masked-copy";

interface Writing {
  /** With the password. */
  readonly text: string;
  /** The same without it. */
  readonly hidden: string;
  readonly notes: readonly string[];
}

function written(format: CopyFormat, parsed: ParsedDsn): Writing {
  const password = parsed.password?.reveal() ?? null;
  return { ...format.write(parsed.target, password), hidden: masked(format, parsed.target, password) };
}

function CopyDialog({ parsed, onClose }: { readonly parsed: ParsedDsn; readonly onClose: () => void }) {
  const { revealed, setRevealed } = useConnection();
  const [id, setId] = useState(copyFormats[0]?.id ?? "");
  const format = copyFormats.find((one) => one.id === id);
  if (!format) return null;
  const { text, hidden, notes } = written(format, parsed);
  return (
    <Dialog
      title="Copy as"
      onClose={onClose}
      actions={
        <>
          {hidden === text ? null : (
            <Button tone="quiet" onClick={() => setRevealed(!revealed)}>
              {revealed ? "Hide the password" : "Show the password"}
            </Button>
          )}
          <Button onClick={onClose}>Close</Button>
          <CopyButton key={text} text={text} label={`Copy the ${format.title}`} tone="primary" size="normal" />
        </>
      }
    >
      <Tabs label="Format" tabs={copyFormats} selected={id} onSelect={setId}>
        <CodeBlock text={revealed ? text : hidden} label={format.title} />
        {notes.length === 0 ? null : <Notes notes={notes.map((note) => ({ tone: "info", text: note }))} />}
      </Tabs>
    </Dialog>
  );
}

/** The same connection as a command, as code or for another tool. */
export function CopyAs({ dsn }: { readonly dsn: string }) {
  const [isOpen, setOpen] = useState(false);
  const parsed = parseConnectionString(dsn);
  if (!parsed.ok) return null;
  return (
    <>
      <button type="button" className="copy-as" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Copy as <ChevronDown size={14} aria-hidden />
      </button>
      {isOpen ? <CopyDialog parsed={parsed.value} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
