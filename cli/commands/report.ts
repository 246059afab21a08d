import type { Command } from "../command";
import { needDsn } from "../dsn-source";

export const report: Command = {
  name: "report",
  usage: "report [DSN] [--dsn-stdin] [--project DIR]",
  summary: "Prints a support report with every secret removed.",
  async run({ args, terminal, app }) {
    const dsn = await needDsn(args, terminal, app);
    await app.scan.run({ emit: () => {}, signal: terminal.signal });
    const outcome = await app.diagnose.run(dsn, { emit: () => {}, signal: terminal.signal });
    const text = await app.diagnose.reportText(outcome.runId);
    if (!text.ok) {
      terminal.progress(text.error.message);
      return 1;
    }
    terminal.line(text.value);
    return outcome.report.ok ? 0 : 1;
  },
};
