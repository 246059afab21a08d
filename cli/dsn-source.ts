import type { App } from "../electron/compose";
import { stringIn } from "../shared/domain/dsn";
import { type Arguments, UsageError } from "./args";
import type { Terminal } from "./terminal";

/** Opens the project of `--project`, or of the working folder when it is asked for. */
export async function openProject(args: Arguments, app: App, fallback: string | null): Promise<void> {
  const folder = args.text("project") ?? fallback;
  if (folder === null) return;
  const opened = await app.projects.open(folder);
  if (!opened.ok) throw new UsageError(opened.error.message);
}

/**
 * The connection string a command works on: typed, from standard input (`--dsn-stdin`), or else the project's own.
 * Null when there is none anywhere.
 */
export async function findDsn(args: Arguments, terminal: Terminal, app: App): Promise<string | null> {
  const typed = args.positionals[0] ?? null;
  if (typed !== null && args.flag("dsn-stdin")) throw new UsageError("give the string once: typed, or by --dsn-stdin");
  if (typed !== null) return stringIn(typed);
  if (args.flag("dsn-stdin")) return stringIn(await terminal.input());
  await openProject(args, app, process.cwd());
  return app.projects.rawDatabaseUrl();
}

/** The same, where a string is needed: UsageError when there is none. */
export async function needDsn(args: Arguments, terminal: Terminal, app: App): Promise<string> {
  const dsn = await findDsn(args, terminal, app);
  if (dsn === null || dsn === "") {
    throw new UsageError(
      "no connection string: type one, give --dsn-stdin, or run it in a project whose .env has DATABASE_URL",
    );
  }
  return dsn;
}
