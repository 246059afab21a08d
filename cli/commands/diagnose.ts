import { RUNG_TITLES, type Rung } from "../../shared/domain/diagnosis";
import { UsageError } from "../args";
import type { Command } from "../command";
import { findDsn, openProject } from "../dsn-source";

const GLYPHS: Readonly<Record<Rung["status"], string>> = { pass: "✓", warn: "!", fail: "✗", skip: "·" };

export const diagnose: Command = {
  name: "diagnose",
  usage: "diagnose [DSN] [--dsn-stdin] [--project DIR] [--json]",
  summary: "Climbs from the string to the privileges and says why it does not connect.",
  async run({ args, terminal, app }) {
    await openProject(args, app, null);
    const dsn = await findDsn(args, terminal, app);
    if (dsn === null) throw new UsageError("no connection string: type one, give --dsn-stdin, or give --project DIR");
    // What is known of this computer's servers tells a stopped server from an absent one.
    await app.scan.run({ emit: () => {}, signal: terminal.signal });
    const { report } = await app.diagnose.run(dsn, {
      emit: ({ rung }) => {
        if (!terminal.json) {
          terminal.line(
            `${GLYPHS[rung.status]} ${RUNG_TITLES[rung.id].padEnd(24)} ${rung.summary}  ${rung.durationMs.toFixed(1)} ms`,
          );
        }
      },
      signal: terminal.signal,
    });
    if (terminal.json) {
      terminal.document(report);
      return report.ok ? 0 : 1;
    }
    const { diagnosis } = report;
    if (diagnosis) {
      terminal.line(`\n${diagnosis.title} (${diagnosis.confidence}; ${diagnosis.id})\n${diagnosis.explanation}`);
      for (const remedy of diagnosis.remedies) {
        terminal.line(`  → ${remedy.title}`);
        for (const text of [...remedy.commands, ...remedy.sql]) terminal.line(`      ${text}`);
      }
    }
    for (const warning of report.warnings) terminal.line(`! ${warning.message}`);
    if (report.ok) terminal.line(`\nConnects, in ${Math.round(report.durationMs)} ms.`);
    return report.ok ? 0 : 1;
  },
};
