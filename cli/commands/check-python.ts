import { compareWithPython } from "../../shared/domain/python-compare";
import type { Command } from "../command";
import { needDsn, openProject } from "../dsn-source";

export const checkPython: Command = {
  name: "check-python",
  usage: "check-python [DSN] [--dsn-stdin] [--project DIR] [--json]",
  summary: "Connects read-only with the project's own Python and asyncpg.",
  async run({ args, terminal, app }) {
    await openProject(args, app, process.cwd());
    const dsn = await needDsn(args, terminal, app);
    const preview = await app.python.preview();
    if (preview.kind === "none") {
      if (terminal.json) terminal.document({ answer: null, problem: preview });
      else terminal.line([preview.reason, preview.next].filter(Boolean).join(" "));
      return 1;
    }
    terminal.progress(`${preview.display}\n(${preview.foundBy}; the connection string goes in by standard input)\n`);
    const checked = await app.python.check(dsn, preview.id, terminal.signal);
    if (!checked.ok) {
      if (terminal.json) terminal.document({ answer: null, problem: checked.error });
      else terminal.line([checked.error.message, checked.error.next].filter(Boolean).join(" "));
      return 1;
    }
    const answer = checked.value;
    if (terminal.json) terminal.document({ answer, problem: null });
    else {
      terminal.line(`Python ${answer.python ?? "?"}, asyncpg ${answer.asyncpg ?? "?"}`);
      for (const { label, theirs } of compareWithPython(answer, dsn, null)) {
        terminal.line(`${label.padEnd(11)} ${theirs ?? ""}`.trimEnd());
      }
    }
    return answer.outcome.kind === "connected" ? 0 : 1;
  },
};
