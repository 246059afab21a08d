import { ClipboardPaste, Redo2, Undo2 } from "lucide-react";
import { scenarios } from "../../../shared/domain/dsn";
import type { StringSource } from "../../../shared/domain/dsn/surroundings";
import { call } from "../../api";
import { Button } from "../../design/button";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";

/** The string in the project's `.env`, and strings for everyday cases with the project's name in them. */
export function StartFrom({ onStart }: { readonly onStart: (text: string, source: StringSource) => void }) {
  const project = useApp((state) => state.project);
  const fromEnv = async (path: string): Promise<void> => {
    const dsn = await call("project.databaseUrl", undefined);
    if (dsn !== null) onStart(dsn, { kind: "env-file", path });
  };
  return (
    <fieldset className="start-from">
      <legend className="visually-hidden">Start from an example</legend>
      <span className="secondary" aria-hidden>
        Start from
      </span>
      {project?.envFile && project.databaseUrl ? (
        <Button size="small" onClick={() => void fromEnv(project.envFile ?? "")}>
          Your .env
        </Button>
      ) : null}
      {scenarios.map((scenario) => (
        <Button
          key={scenario.id}
          size="small"
          onClick={() => onStart(scenario.apply(project?.name ?? ""), { kind: "typed" })}
        >
          {scenario.title}
        </Button>
      ))}
    </fieldset>
  );
}

interface QuietProps {
  readonly onPaste: () => void;
  /** After a step back or forth. */
  readonly onGone: () => void;
}

/** Paste, and Undo and Redo: these come with the first edit; then both stay in their place. */
export function QuietActions({ onPaste, onGone }: QuietProps) {
  const { history, undo, redo } = useConnection();
  const [canUndo, canRedo] = [history.past.length > 0, history.future.length > 0];
  const go = (step: () => void): void => {
    step();
    onGone();
  };
  return (
    <>
      <Button tone="quiet" icon={<ClipboardPaste size={15} aria-hidden />} onClick={onPaste}>
        Paste
      </Button>
      {canUndo || canRedo ? (
        <>
          <Button tone="quiet" icon={<Undo2 size={15} aria-hidden />} aria-disabled={!canUndo} onClick={() => go(undo)}>
            Undo
          </Button>
          <Button tone="quiet" icon={<Redo2 size={15} aria-hidden />} aria-disabled={!canRedo} onClick={() => go(redo)}>
            Redo
          </Button>
        </>
      ) : null}
    </>
  );
}
