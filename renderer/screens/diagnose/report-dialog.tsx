import "./report-dialog.css";
import { ClipboardList, Download } from "lucide-react";
import type { ReportFormat } from "../../../shared/ipc/messages";
import { Button } from "../../design/button";
import { CodeBlock, CopyButton } from "../../design/code";
import { Dialog } from "../../design/dialog";
import { Banner, Working } from "../../design/status";
import { Tabs } from "../../design/tabs";
import { type Report, useReport } from "../../state/report";

const FORMATS: readonly { readonly id: ReportFormat; readonly title: string }[] = [
  { id: "markdown", title: "Markdown" },
  { id: "json", title: "JSON" },
];

function Body({ report }: { readonly report: Exclude<Report, { kind: "closed" }> }) {
  switch (report.kind) {
    case "asking":
      return <Working>Writing the report</Working>;
    case "failed":
      return <Banner tone="fail">{report.message}</Banner>;
    case "shown":
      return (
        <>
          <CodeBlock label="The report" text={report.preview.text} />
          {report.problem ? <Banner tone="fail">{report.problem}</Banner> : null}
          {report.saved ? <Banner tone="ok">Saved as {report.saved}.</Banner> : null}
        </>
      );
  }
}

/** The report as it would leave this computer, to read before it is copied or saved. */
function ReportDialog({ report }: { readonly report: Exclude<Report, { kind: "closed" }> }) {
  const { show, save, close } = useReport();
  return (
    <Dialog
      title="Support report"
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Close</Button>
          {report.kind === "shown" ? (
            <>
              <Button icon={<Download size={15} aria-hidden />} onClick={() => void save()}>
                Save…
              </Button>
              <CopyButton key={report.preview.id} tone="primary" size="normal" text={report.preview.text} />
            </>
          ) : null}
        </>
      }
    >
      <p className="secondary">
        Passwords, tokens and connection strings are taken out. Roles, databases, hosts, addresses and containers have
        numbers in place of their names (role-1, host-1), and your user and folders are left out. Read it before you
        pass it on; nothing is sent.
      </p>
      <Tabs
        label="Form of the report"
        tabs={FORMATS}
        selected={report.format}
        onSelect={(id) => void show(report.runId, FORMATS.find((one) => one.id === id)?.id ?? "markdown")}
      >
        <div className="report-text stack">
          <Body report={report} />
        </div>
      </Tabs>
    </Dialog>
  );
}

/** Opens the report of a check; without one, of what was found on this computer. */
export function ReportButton({ runId }: { readonly runId: string | null }) {
  const { report, show } = useReport();
  return (
    <>
      <Button tone="quiet" icon={<ClipboardList size={15} aria-hidden />} onClick={() => void show(runId, "markdown")}>
        Support report…
      </Button>
      {report.kind === "closed" ? null : <ReportDialog report={report} />}
    </>
  );
}
