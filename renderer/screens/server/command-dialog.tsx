import { Button } from "../../design/button";
import { CancelButton } from "../../design/cancel-button";
import { CodeBlock, CopyButton } from "../../design/code";
import { Dialog } from "../../design/dialog";
import { useElapsed } from "../../design/elapsed";
import { Banner, Working } from "../../design/status";
import { type CommandState, useCommands } from "../../state/commands";
import { useServers } from "../../state/servers";

function Running({ lines }: { readonly lines: readonly string[] }) {
  const seconds = useElapsed();
  return (
    <>
      <Working>{`Working${seconds > 0 ? ` · ${seconds} s` : ""}`}</Working>
      {lines.length > 0 ? <CodeBlock label="Output" text={lines.slice(-14).join("\n")} /> : null}
    </>
  );
}

function Actions({ command }: { readonly command: Exclude<CommandState, { kind: "closed" }> }) {
  const { run, again, cancel, close } = useCommands();
  const scan = useServers((state) => state.scan);
  if (command.kind === "running") return <CancelButton key="cancel" onCancel={cancel} />;
  if (command.kind === "refused") return <Button onClick={close}>Close</Button>;
  if (!command.preview.runnable) {
    return (
      <>
        <Button onClick={close}>Close</Button>
        <CopyButton text={command.preview.commands.join("\n")} />
        <Button
          tone="primary"
          onClick={() => {
            close();
            void scan();
          }}
        >
          Scan again
        </Button>
      </>
    );
  }
  if (command.kind === "failed") {
    return (
      <>
        <Button onClick={close}>Close</Button>
        <Button tone="primary" onClick={() => void again()}>
          Try again
        </Button>
      </>
    );
  }
  return (
    <>
      <Button onClick={close}>Cancel</Button>
      <Button tone={command.danger ? "danger" : "primary"} onClick={() => void run()}>
        {command.danger ? "Delete" : "Run"}
      </Button>
    </>
  );
}

/** Shows the exact command first, then its live output, then what went wrong if it did. */
export function CommandDialog() {
  const { command, close } = useCommands();
  if (command.kind === "closed") return null;
  const title = command.kind === "refused" ? "This cannot be done" : command.preview.title;
  return (
    <Dialog
      title={title}
      onClose={command.kind === "running" ? undefined : close}
      actions={<Actions command={command} />}
    >
      {command.kind === "refused" ? (
        <Banner tone="fail">{command.message}</Banner>
      ) : (
        <>
          {command.preview.note ? <p className="secondary selectable">{command.preview.note}</p> : null}
          <CodeBlock label="Command" text={command.preview.commands.join("\n")} />
          {command.preview.runnable ? null : (
            <p className="secondary">
              Your rights do not allow it from here. Copy the line, run it in a terminal, then scan again.
            </p>
          )}
          {command.kind === "running" ? <Running lines={command.lines} /> : null}
          {command.kind === "failed" ? (
            <>
              <Banner tone="fail">{command.message}</Banner>
              {command.lines.length > 0 ? (
                <CodeBlock label="Output" text={command.lines.slice(-14).join("\n")} />
              ) : null}
            </>
          ) : null}
        </>
      )}
    </Dialog>
  );
}
