import "./export.css";
import { FileCheck2, FolderOpen } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { SNIPPETS } from "../../../shared/domain/snippets";
import { Button } from "../../design/button";
import { CodeBlock, CopyButton } from "../../design/code";
import { Page } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { Tabs } from "../../design/tabs";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { type ExportChoice, useExport } from "../../state/export";
import { usePoolAdvice } from "../pool/advice";
import { Diff, diffText } from "./diff";
import { FileFacts } from "./file-facts";
import { leadOf } from "./lead";
import { NextCommands } from "./next-commands";

const FILES = [".env", ".env.example"] as const;
const isFile = (id: string): id is ExportChoice["file"] => FILES.some((file) => file === id);

function NoProject() {
  const pickProject = useApp((state) => state.pickProject);
  return (
    <Banner
      action={
        <Button size="small" onClick={() => void pickProject()}>
          Choose your project’s folder
        </Button>
      }
    >
      <b>No project is open.</b> The string goes into the .env of your app’s folder.
    </Banner>
  );
}

/** "Write it to your project": exactly what changes, then the file, then what to do next. */
export function ExportScreen() {
  const { dsn } = useConnection();
  const { project, pickProject, goTo } = useApp();
  const { preview, written, writeProblem, withPool, ignore, show, write } = useExport();
  const advice = usePoolAdvice();
  const [tab, setTab] = useState<string>(".env");
  const min = advice?.recommendation.min ?? 2;
  const max = advice?.recommendation.max ?? 5;
  const file = isFile(tab) ? tab : ".env";
  const choice = useMemo<ExportChoice>(
    () => ({ dsn, pool: withPool ? { min, max } : null, file, ignore }),
    [dsn, withPool, min, max, file, ignore],
  );
  const path = project?.path ?? null;
  useEffect(() => {
    if (path && choice.dsn !== "") void show(choice);
  }, [path, choice, show]);

  const snippet = SNIPPETS.find(({ id }) => id === tab) ?? null;
  const shown = preview.kind === "shown" ? preview.preview : null;
  const ready = path !== null && dsn !== "";
  const text = snippet
    ? snippet.text({ min, max, projectName: project?.name ?? "app" })
    : shown
      ? diffText(shown.diff)
      : "";
  const unchanged = shown?.changes.every(({ kind }) => kind === "same") ?? false;
  return (
    <Page
      title="Write it to your project"
      lead={leadOf(ready ? shown : null, file)}
      quiet={
        <Button tone="quiet" icon={<FolderOpen size={15} aria-hidden />} onClick={() => void pickProject()}>
          {project ? "Another folder…" : "Choose a folder…"}
        </Button>
      }
      actions={
        <>
          {text === "" ? null : <CopyButton text={text} label="Copy as text" size="normal" />}
          <Button
            tone="primary"
            icon={<FileCheck2 size={15} aria-hidden />}
            disabled={!ready || !shown || snippet !== null || unchanged}
            title={unchanged ? "The file says so already" : undefined}
            onClick={() => void write(choice)}
          >
            Write {file}
          </Button>
        </>
      }
    >
      <Tabs
        tabs={[...FILES.map((id) => ({ id, title: id })), ...SNIPPETS.map(({ id, title }) => ({ id, title }))]}
        selected={tab}
        onSelect={setTab}
      />
      {snippet ? (
        <CodeBlock label={snippet.title} text={text} />
      ) : (
        <>
          {path === null ? <NoProject /> : null}
          {path !== null && dsn === "" ? (
            <Banner
              action={
                <Button size="small" onClick={() => goTo("connection")}>
                  To the connection
                </Button>
              }
            >
              <b>There is no connection string yet.</b> Build it first; then its change to {file} shows here.
            </Banner>
          ) : null}
          {project && !project.isAksara ? (
            <Banner tone="warn">
              <b>{project.name} does not look like an Aksara project.</b> {project.reason} It can be written all the
              same.
            </Banner>
          ) : null}
          {ready && preview.kind === "asking" ? <Working>Reading {file}</Working> : null}
          {ready && preview.kind === "failed" ? <Banner tone="fail">{preview.message}</Banner> : null}
          {writeProblem ? <Banner tone="fail">{writeProblem}</Banner> : null}
          {written ? (
            <Banner tone="ok">
              <b>{written.path} is written.</b> {written.backup ? `The old file is ${written.backup}.` : ""}{" "}
              {written.ignoredNow ? ".gitignore has a line for it now." : ""}
            </Banner>
          ) : null}
          {ready && shown ? (
            <>
              <Diff diff={shown.diff} />
              <FileFacts preview={shown} />
            </>
          ) : null}
        </>
      )}
      {written && project ? <NextCommands path={project.path} /> : null}
    </Page>
  );
}
