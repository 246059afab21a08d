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

function Format({ format, parsed }: { readonly format: CopyFormat; readonly parsed: ParsedDsn }) {
  const { revealed, setRevealed } = useConnection();
  const password = parsed.password?.reveal() ?? null;
  const { text, notes } = format.write(parsed.target, password);
  const hidden = masked(format, parsed.target, password);
  return (
    <>
      <CodeBlock text={revealed ? text : hidden} label={format.title} />
      {notes.length === 0 ? null : <Notes notes={notes.map((note) => ({ tone: "info", text: note }))} />}
      <div className="row">
        <CopyButton key={text} text={text} label={`Copy the ${format.title}`} />
        {hidden === text ? null : (
          <Button size="small" tone="quiet" onClick={() => setRevealed(!revealed)}>
            {revealed ? "Hide the password" : "Show the password"}
          </Button>
        )}
      </div>
    </>
  );
}

function CopyDialog({ parsed, onClose }: { readonly parsed: ParsedDsn; readonly onClose: () => void }) {
  const [id, setId] = useState(copyFormats[0]?.id ?? "");
  const format = copyFormats.find((one) => one.id === id);
  return (
    <Dialog title="Copy as" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <Tabs label="Format" tabs={copyFormats} selected={id} onSelect={setId}>
        {format ? <Format format={format} parsed={parsed} /> : null}
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
