import { FolderPlus, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../design/button";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { type ExportChoice, useExport } from "../../state/export";
import { Diff } from "./diff";
import { FileFacts, FileOptions } from "./file-facts";
import { NextCommands } from "./next-commands";

const nameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

interface EmptyProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly action: ReactNode;
  readonly children: ReactNode;
}

/** What is missing before there is anything to show, and the press that gets it. */
function Empty({ icon, title, action, children }: EmptyProps) {
  return (
    <section className="card export-empty">
      <span className="icon-well">{icon}</span>
      <div>
        <b>{title}</b>
        <p className="secondary">{children}</p>
      </div>
      {action}
    </section>
  );
}

function NoProject() {
  const pickProject = useApp((state) => state.pickProject);
  return (
    <Empty
      icon={<FolderPlus size={17} aria-hidden />}
      title="No project is open."
      action={<Button onClick={() => void pickProject()}>Choose your project’s folder</Button>}
    >
      The string goes into the .env of your app’s folder. Nothing is written before you have seen the change.
    </Empty>
  );
}

function NoString({ file }: { readonly file: string }) {
  const goTo = useApp((state) => state.goTo);
  return (
    <Empty
      icon={<Unplug size={17} aria-hidden />}
      title="There is no connection string yet."
      action={<Button onClick={() => goTo("connection")}>To the connection</Button>}
    >
      Build it first; then its change to {file} shows here.
    </Empty>
  );
}

/** How the last write went: what is where now, or why nothing was written. */
function Outcome() {
  const { written, writeProblem } = useExport();
  const project = useApp((state) => state.project);
  if (writeProblem) {
    return (
      <Banner tone="fail">
        <b>{writeProblem.message}</b> {writeProblem.next}
      </Banner>
    );
  }
  if (!written) return null;
  return (
    <>
      <Banner tone="ok">
        <b>{written.path} is written.</b>
        {written.backup ? ` The old file is kept as ${nameOf(written.backup)}.` : ""}
        {written.ignoredNow ? " .gitignore has a line for it now." : ""}
      </Banner>
      {project && nameOf(written.path) === ".env" ? <NextCommands path={project.path} /> : null}
    </>
  );
}

/** The change to the file, line by line, with what to know about it; after the write what was done and what is next. */
export function EnvChange({ choice }: { readonly choice: ExportChoice }) {
  const { preview, show } = useExport();
  const project = useApp((state) => state.project);
  const dsn = useConnection((state) => state.dsn);
  if (!project) return <NoProject />;
  return (
    <>
      {project.isAksara ? null : (
        <Banner tone="warn">
          <b>{project.name} does not look like an Aksara project.</b> {project.reason} It can be written all the same.
        </Banner>
      )}
      {dsn === "" ? <NoString file={choice.file} /> : null}
      {dsn !== "" && preview.kind === "asking" ? <Working>Reading {choice.file}</Working> : null}
      {dsn !== "" && preview.kind === "failed" ? (
        <Banner
          tone="fail"
          action={
            <Button size="small" onClick={() => void show(choice)}>
              Try again
            </Button>
          }
        >
          {preview.message}
        </Banner>
      ) : null}
      <Outcome />
      {dsn !== "" && preview.kind === "shown" ? (
        <>
          <Diff diff={preview.preview.diff} />
          <FileOptions preview={preview.preview} />
          <FileFacts preview={preview.preview} />
        </>
      ) : null}
    </>
  );
}
