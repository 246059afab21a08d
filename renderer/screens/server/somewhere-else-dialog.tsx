import { useEffect, useState } from "react";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { TextField } from "../../design/field";
import { useServers } from "../../state/servers";

/** Takes a pasted string or a host; the problem stays at the field until the text changes. */
export function SomewhereElseDialog({ onClose }: { readonly onClose: () => void }) {
  const { addSomewhereElse: add, leaveSomewhereElse: leave } = useServers();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => leave, [leave]);
  const submit = async (): Promise<void> => {
    if (busy || text.trim() === "") return;
    setBusy(true);
    const trouble = await add(text.trim());
    setBusy(false);
    if (trouble === null) onClose();
    else setProblem(trouble);
  };
  return (
    <Dialog
      title="Where does it run?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={busy || text.trim() === ""} onClick={() => void submit()}>
            {busy ? "Looking" : "Look there"}
          </Button>
        </>
      }
    >
      <TextField
        label="Connection string or host"
        value={text}
        problem={problem}
        note="postgresql://user:password@host:5432/database, host, or host:port"
        autoFocus
        onChange={(value) => {
          setText(value);
          setProblem(null);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") void submit();
        }}
      />
    </Dialog>
  );
}
