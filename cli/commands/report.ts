import type { Command } from "../command";
import { needDsn, openProject } from "../dsn-source";

export const report: Command = {
  name: "report",
  usage: "report [DSN] [--dsn-stdin] [--project DIR] [--json]",
  summary: "Prints a support report without secrets, names, hosts and addresses.",
  async run({ args, terminal, app }) {
    await openProject(args, app, null);
    const dsn = await needDsn(args, terminal, app);
    await app.scan.run({ emit: () => {}, signal: terminal.signal });
    const outcome = await app.diagnose.run(dsn, { emit: () => {}, signal: terminal.signal });
    const made = await app.reports.preview(outcome.runId, terminal.json ? "json" : "markdown");
    if (!made.ok) {
      terminal.progress(made.error.message);
      return 1;
    }
    terminal.line(made.value.text.trimEnd());
    return outcome.report.ok ? 0 : 1;
  },
};
