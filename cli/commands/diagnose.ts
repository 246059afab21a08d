import { isStopped, stoppedRungs } from "../../shared/domain/diagnose/stopped";
import { type DiagnoseReport, RUNG_IDS, RUNG_TITLES } from "../../shared/domain/diagnosis";
import { UsageError } from "../args";
import type { Command } from "../command";
import { findDsn, openProject } from "../dsn-source";
import { diagnosisLines, ladderLines } from "../ladder";
import { shownReport } from "../shown-report";
import type { Terminal } from "../terminal";

/** The report for people: the ladder, the cause, what else it could be, what to know. */
function tell(terminal: Terminal, report: DiagnoseReport, evidence: boolean): void {
  const { paint } = terminal;
  const stopped = isStopped(report);
  const say = (lines: readonly string[]): void => {
    for (const line of lines) terminal.line(line);
  };
  say(ladderLines(stopped ? stoppedRungs(report) : report.rungs, { evidence, paint }));
  terminal.line();
  if (stopped) terminal.line("Stopped: whether it connects is not known.");
  if (report.diagnosis) say(diagnosisLines(report.diagnosis, paint));
  for (const other of report.alternatives) say(["", "It could also be:", ...diagnosisLines(other, paint)]);
  if (report.ok) terminal.line(paint("good", `It connects, in ${Math.round(report.durationMs)} ms.`));
  if (report.warnings.length > 0)
    say(["", ...report.warnings.map(({ message }) => `${paint("warn", "!")} ${message}`)]);
}

export const diagnose: Command = {
  name: "diagnose",
  usage: "diagnose [DSN] [--dsn-stdin] [--project DIR] [--evidence] [--json]",
  summary: "Climbs from the string to the privileges and says why it does not connect; --evidence shows every fact.",
  async run({ args, terminal, app }) {
    await openProject(args, app, null);
    const dsn = await findDsn(args, terminal, app);
    if (dsn === null) throw new UsageError("no connection string: type one, give --dsn-stdin, or give --project DIR");
    terminal.status("Looking for servers on this computer");
    // What is known of this computer's servers tells a stopped server from an absent one.
    await app.scan.run({ emit: () => {}, signal: terminal.signal });
    const outcome = await app.diagnose.run(dsn, {
      emit({ index }) {
        const next = RUNG_IDS[index + 1];
        if (next) terminal.status(RUNG_TITLES[next]);
      },
      signal: terminal.signal,
    });
    terminal.status(null);
    const password = app.diagnose.kept(outcome.runId)?.password?.reveal() ?? null;
    const report = shownReport(outcome, { showSecrets: terminal.showSecrets, password });
    if (terminal.json) terminal.document(report);
    else tell(terminal, report, args.flag("evidence"));
    return report.ok ? 0 : 1;
  },
};
