import type { Command } from "../command";
import { findDsn, openProject } from "../dsn-source";

export const report: Command = {
  name: "report",
  usage: "report [DSN] [--dsn-stdin] [--project DIR] [--json]",
  summary: "Prints a support report without secrets, names, hosts and addresses.",
  async run({ args, terminal, app }) {
    await openProject(args, app, null);
    const dsn = await findDsn(args, terminal, app);
    const job = { emit: () => {}, signal: terminal.signal };
    await app.scan.run(job);
    // Without a string there is no climb: what was found on this computer is told all the same.
    const outcome = dsn === null || dsn === "" ? null : await app.diagnose.run(dsn, job);
    const made = await app.reports.preview(outcome?.runId ?? null, terminal.json ? "json" : "markdown");
    if (!made.ok) {
      terminal.progress(made.error.message);
      return 1;
    }
    terminal.line(made.value.text.trimEnd());
    return outcome === null || outcome.report.ok ? 0 : 1;
  },
};
