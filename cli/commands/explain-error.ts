import { explainError as explain } from "../../shared/domain/paste-error";
import { UsageError } from "../args";
import type { Command } from "../command";

export const explainError: Command = {
  name: "explain-error",
  usage: "explain-error [--json] < TEXT",
  summary:
    "Says which failure a traceback or log on standard input is about. Exit 1: recognised; 0: not, and diagnosis is null.",
  async run({ args, terminal }) {
    if (args.positionals.length > 0)
      throw new UsageError("the text comes from standard input: explain-error < error.log");
    if (process.stdin.isTTY) terminal.progress("Paste the error, then press Ctrl-D.");
    const text = await terminal.input();
    if (text.trim() === "") throw new UsageError("nothing came from standard input: explain-error < error.log");
    const answer = explain(text);
    const found = answer.kind === "recognised" ? answer : null;
    if (terminal.json) {
      terminal.document({
        recognised: found !== null,
        diagnosis: found?.diagnosis ?? null,
        alternatives: found?.alternatives ?? [],
        source: found?.source ?? null,
        quoted: found?.quoted ?? null,
        dsn: terminal.showSecrets ? answer.dsn : answer.shownDsn,
      });
      return found ? 1 : 0;
    }
    if (!found) {
      terminal.line("Not recognised: nothing in this text is known to be about a PostgreSQL connection.");
      terminal.line('"aksara-db diagnose" looks for itself.');
      return 0;
    }
    const { diagnosis, alternatives, quoted } = found;
    terminal.line(`${diagnosis.title} (${diagnosis.confidence}; ${diagnosis.id})\n${diagnosis.explanation}`);
    terminal.line(`  It rests on: ${quoted}`);
    for (const remedy of diagnosis.remedies) {
      terminal.line(`  → ${remedy.title}`);
      for (const line of [...remedy.commands, ...remedy.sql]) terminal.line(`      ${line}`);
    }
    for (const other of alternatives) terminal.line(`? Could also be: ${other.title} (${other.id})`);
    if (answer.shownDsn) terminal.line(`Check it live: aksara-db diagnose --dsn-stdin, with ${answer.shownDsn}`);
    return 1;
  },
};
