import "./export.css";
import { FileCheck2, FolderOpen } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { SNIPPETS } from "../../../shared/domain/snippets";
import { Button } from "../../design/button";
import { CodeBlock, CopyButton } from "../../design/code";
import { Page } from "../../design/page";
import { Tabs } from "../../design/tabs";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { type ExportChoice, useExport } from "../../state/export";
import { usePoolAdvice } from "../pool/advice";
import { diffText } from "./diff";
import { EnvChange } from "./env-change";
import { leadOf } from "./lead";

const FILES = [".env", ".env.example"] as const;
const isFile = (id: string): id is ExportChoice["file"] => FILES.some((file) => file === id);
const TABS = [...FILES.map((id) => ({ id, title: id })), ...SNIPPETS.map(({ id, title }) => ({ id, title }))];

/** "Write it to your project": exactly what changes, then the file, then what to do next. */
export function ExportScreen() {
  const { dsn } = useConnection();
  const { project, pickProject } = useApp();
  const { preview, written, writing, withPool, ignore, show, write } = useExport();
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
  const ready = path !== null && dsn !== "" && preview.kind === "shown" && preview.file === file;
  const shown = ready ? preview.preview : null;
  const text = snippet
    ? snippet.text({ min, max, projectName: project?.name ?? "app" })
    : shown
      ? diffText(shown.diff)
      : "";
  const unchanged = shown?.changes.every(({ kind }) => kind === "same") ?? false;
  const toIgnore = shown?.gitIgnored === false && !shown.tracked && ignore && file === ".env";
  const nothing = unchanged && !toIgnore;
  return (
    <Page
      title="Write it to your project"
      lead={leadOf({ preview: shown, file, snippet: snippet?.title ?? null, written: written !== null })}
      quiet={
        project ? (
          <Button tone="quiet" icon={<FolderOpen size={15} aria-hidden />} onClick={() => void pickProject()}>
            Another folder…
          </Button>
        ) : null
      }
      actions={
        <>
          {text === "" ? null : <CopyButton key={tab} text={text} label="Copy as text" size="normal" />}
          <Button
            tone="primary"
            icon={<FileCheck2 size={15} aria-hidden />}
            disabled={!shown || (ready && !preview.fresh) || writing || snippet !== null || nothing}
            title={snippet ? "This text is to copy" : nothing ? `${file} says so already` : undefined}
            onClick={() => void write(choice)}
          >
            Write {file}
          </Button>
        </>
      }
    >
      <Tabs label="Where it goes" tabs={TABS} selected={tab} onSelect={setTab}>
        {snippet ? <CodeBlock label={snippet.title} text={text} /> : <EnvChange choice={choice} />}
      </Tabs>
    </Page>
  );
}
