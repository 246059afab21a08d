import { ExternalLink, Play } from "lucide-react";
import { type CommandLine, commandLine } from "../../../shared/domain/install/command-line";
import type { InstallChoice, InstallGuide, InstallMachine, InstallStep } from "../../../shared/domain/install/guide";
import { call } from "../../api";
import { Button } from "../../design/button";
import { CodeBlock, CopyButton } from "../../design/code";
import { useApp } from "../../state/app";
import { useCommands } from "../../state/commands";

interface StepsProps {
  readonly guide: InstallGuide;
  readonly machine: InstallMachine;
  readonly choice: InstallChoice;
}

/** Lines that hold the password show it as dots; copying takes the line as it is. */
const masked = (text: string, { password }: InstallChoice): string =>
  password === "" ? text : text.replaceAll(password, "••••••••");

function CommandOfStep({ line, run }: { readonly line: CommandLine; readonly run: (() => void) | null }) {
  return (
    <div className="install-command">
      <CodeBlock label="Command" text={line.copied} />
      <div className="row">
        <CopyButton text={line.copied} />
        {run ? (
          <Button size="small" icon={<Play size={14} aria-hidden />} onClick={run}>
            Run
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Does({ step, run, ...props }: StepsProps & { readonly step: InstallStep; readonly run: () => void }) {
  const setNotice = useApp((state) => state.setNotice);
  const { does } = step;
  if (does.kind === "words") return null;
  if (does.kind === "command") {
    const line = commandLine(does.command, props.machine);
    const ready = line.runnable && (props.guide.problems?.(props.choice) ?? []).length === 0;
    return <CommandOfStep line={line} run={ready ? run : null} />;
  }
  if (does.kind === "lines") {
    return (
      <div className="install-command">
        <CodeBlock label="Lines to copy" text={masked(does.text, props.choice)} />
        <div className="row">
          <CopyButton text={does.text} />
        </div>
      </div>
    );
  }
  const open = async (): Promise<void> => {
    const opened = await call("link.open", { link: does.link });
    if (!opened.ok) setNotice(opened.error.message);
  };
  return (
    <div className="row">
      <Button size="small" icon={<ExternalLink size={14} aria-hidden />} onClick={() => void open()}>
        {does.title}
      </Button>
    </div>
  );
}

/** The steps of one way, in their order; each can be copied, and run here where that is safe. */
export function Steps(props: StepsProps) {
  const showInstall = useCommands((state) => state.showInstall);
  return (
    <ol className="install-steps">
      {props.guide.steps(props.machine, props.choice).map((step, index) => (
        <li key={step.title}>
          <b>{step.title}</b>
          {step.text ? <p className="secondary">{step.text}</p> : null}
          <Does {...props} step={step} run={() => void showInstall(props.guide.id, index, props.choice)} />
        </li>
      ))}
    </ol>
  );
}
