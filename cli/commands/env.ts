import { fromPasted } from "../../shared/domain/dsn";
import type { DiffLine } from "../../shared/domain/project-types";
import type { Problem } from "../../shared/domain/result";
import { type Arguments, UsageError } from "../args";
import type { Command } from "../command";
import { openProject } from "../dsn-source";
import type { Terminal } from "../terminal";

const MARKS: Readonly<Record<DiffLine["kind"], string>> = { keep: "  ", remove: "- ", add: "+ " };
const diffText = (diff: readonly DiffLine[]): string => diff.map(({ kind, text }) => MARKS[kind] + text).join("\n");

async function stringToWrite(args: Arguments, terminal: Terminal): Promise<string> {
  const typed = args.positionals[0];
  if (typed !== undefined) return fromPasted(typed).dsn;
  if (args.flag("dsn-stdin")) return fromPasted(await terminal.input()).dsn;
  throw new UsageError("env needs the string to write: --dsn-stdin");
}

function refuse(terminal: Terminal, error: Problem): number {
  if (terminal.json) terminal.document({ path: null, exists: false, changes: [], diff: "", written: false, error });
  else terminal.progress([error.message, error.next].filter(Boolean).join(" "));
  return 1;
}

export const env: Command = {
  name: "env",
  usage: "env --project DIR --dsn-stdin [--dry-run] [--json]",
  summary: "Writes DATABASE_URL into the project's .env without losing anything.",
  async run({ args, terminal, app }) {
    await openProject(args, app, process.cwd());
    const dsn = await stringToWrite(args, terminal);
    const preview = await app.exports.preview({ dsn, pool: null, file: ".env", ignore: false });
    if (!preview.ok) return refuse(terminal, preview.error);
    const dry = args.flag("dry-run");
    const written = dry ? null : await app.exports.write(preview.value.id);
    if (written && !written.ok) return refuse(terminal, written.error);
    const { path, exists, changes, diff, gitIgnored, tracked, shadowedBy, warnings } = preview.value;
    if (terminal.json) {
      const backup = written?.value.backup ?? null;
      terminal.document({
        path,
        exists,
        changes,
        diff: diffText(diff),
        gitIgnored,
        tracked,
        shadowedBy,
        backup,
        written: !dry,
      });
      return 0;
    }
    terminal.line(diffText(diff));
    const said = [
      tracked ? "Git tracks this file: the password would go into the next commit." : null,
      gitIgnored === false && !tracked ? "Git does not ignore this file." : null,
      shadowedBy ? `${shadowedBy} is set and beats this file.` : null,
      ...warnings,
    ];
    for (const line of said) if (line !== null) terminal.progress(`! ${line}`);
    terminal.progress(dry ? `${path} stays as it is (--dry-run).` : `${path} written.`);
    return 0;
  },
};
