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

/** The text a person gave: typed or from standard input (`--dsn-stdin`); null when neither. */
async function givenText(args: Arguments, terminal: Terminal): Promise<string | null> {
  const typed = args.positionals[0] ?? null;
  if (typed !== null && args.flag("dsn-stdin")) throw new UsageError("give the string once: typed, or by --dsn-stdin");
  return typed === null && args.flag("dsn-stdin") ? terminal.input() : typed;
}

async function fromProject(args: Arguments, app: App): Promise<string | null> {
  await openProject(args, app, process.cwd());
  return app.projects.rawDatabaseUrl();
}

/**
 * The connection string a command works on: the one in the given text as it is spelled there, or else the project's own. Null when there is
 * none anywhere.
 */
export async function findDsn(args: Arguments, terminal: Terminal, app: App): Promise<string | null> {
  const given = await givenText(args, terminal);
  return given === null ? fromProject(args, app) : stringIn(given);
}

function needed(dsn: string | null): string {
  if (dsn === null || dsn.trim() === "") {
    throw new UsageError(
      "no connection string: type one, give --dsn-stdin, or run it in a project whose .env has DATABASE_URL",
    );
  }
  return dsn;
}

/** The same, where a string is needed: UsageError when there is none. */
export const needDsn = async (args: Arguments, terminal: Terminal, app: App): Promise<string> =>
  needed(await findDsn(args, terminal, app));

/** The text itself, nothing taken off it; UsageError when there is none. */
export const needText = async (args: Arguments, terminal: Terminal, app: App): Promise<string> =>
  needed((await givenText(args, terminal)) ?? (await fromProject(args, app)));
