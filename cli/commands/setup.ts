import type { SetupOutcome, SetupWish } from "../../electron/use-cases/auto-types";
import { fromPasted, maskUri } from "../../shared/domain/dsn";
import type { StepProgress } from "../../shared/domain/plan";
import { PRESETS } from "../../shared/domain/pool";
import { UsageError } from "../args";
import type { Command, CommandContext } from "../command";
import { openProject } from "../dsn-source";
import { stepLine, type Terminal } from "../terminal";

/** A step as the stable interface shows it. */
function shownStep({ stepId, title, sql, command, status, durationMs }: StepProgress) {
  return { id: stepId, title, sql, command, status, durationMs };
}

/** A set-up's outcome as the stable interface shows it. */
export function setupDocument(outcome: SetupOutcome, showSecrets: boolean) {
  const { ok, steps, dsn, preview, written, pool, durationMs, problem } = outcome;
  const env = preview ? { path: preview.path, changes: preview.changes, backup: written?.backup ?? null } : null;
  const target = dsn === null ? null : showSecrets ? dsn : maskUri(dsn);
  return { ok, steps: steps.map(shownStep), target, env, pool, durationMs, problem };
}

/** Tells a step once for each status it comes to; what only waits is left to the plan above. */
export const tellSteps = (terminal: Terminal) => (step: StepProgress) => {
  if (step.status !== "waiting" && step.status !== "running") terminal.progress(stepLine(step));
};

/** The server that was asked for; a string on standard input is signed in with as its administrator. */
export async function serverWish({
  args,
  terminal,
  app,
}: CommandContext): Promise<Pick<SetupWish, "serverId" | "usePrivate">> {
  const serverId = args.text("server");
  const given = [serverId !== null, args.flag("private"), args.flag("dsn-stdin")].filter(Boolean).length;
  if (given > 1) throw new UsageError("choose one of --server, --private and --dsn-stdin");
  if (args.flag("private")) return { usePrivate: true };
  if (serverId !== null) return { serverId };
  if (!args.flag("dsn-stdin")) return {};
  const named = await app.scan.somewhereElse(fromPasted(await terminal.input()).dsn);
  if (!named.ok) throw new UsageError(named.error.message);
  return { serverId: named.value.server.id };
}

export const setup: Command = {
  name: "setup",
  usage:
    "setup --project DIR [--server ID | --private | --dsn-stdin] [--database N] [--role N] [--preset P] [--dry-run] [--yes] [--json]",
  summary: "Server, role, database, proof, pool and .env in one go; --dry-run shows every step and changes nothing.",
  async run(context) {
    const { args, terminal, app } = context;
    await openProject(args, app, process.cwd());
    const presetId = args.text("preset");
    const preset = PRESETS.find(({ id }) => id === presetId);
    if (presetId !== null && !preset)
      throw new UsageError(`--preset is one of ${PRESETS.map(({ id }) => id).join(", ")}`);
    const dryRun = args.flag("dry-run");
    if (!dryRun && !args.flag("yes"))
      throw new UsageError("setup changes things: --yes agrees, --dry-run only shows, `wizard` asks");
    const wish: SetupWish = {
      ...(await serverWish(context)),
      ...(args.text("database") === null ? {} : { database: args.text("database") as string }),
      ...(args.text("role") === null ? {} : { role: args.text("role") as string }),
      ...(preset ? { preset: preset.id } : {}),
      dryRun,
    };
    const outcome = await app.autoSetup.setUp(wish, { emit: tellSteps(terminal), signal: terminal.signal });
    if (terminal.json) terminal.document(setupDocument(outcome, terminal.showSecrets));
    else tellOutcome(terminal, outcome, dryRun);
    return outcome.ok ? 0 : 1;
  },
};

/** The end of a set-up in words. */
export function tellOutcome(terminal: Terminal, outcome: SetupOutcome, dryRun: boolean): void {
  if (outcome.problem) {
    terminal.line(`It did not work out: ${[outcome.problem.message, outcome.problem.next].filter(Boolean).join(" ")}`);
    return;
  }
  if (dryRun) {
    for (const step of outcome.steps) {
      terminal.line(`· ${step.title}`);
      const text = step.sql ?? step.command;
      if (text) terminal.line(`    ${text.replace(/\n/g, "\n    ")}`);
    }
    terminal.line("Nothing was changed (--dry-run).");
    return;
  }
  terminal.line(`DATABASE_URL=${outcome.dsn ? maskUri(outcome.dsn) : ""}`);
  terminal.line(`${outcome.written?.path ?? ".env"} holds it, proven, in ${(outcome.durationMs / 1000).toFixed(1)} s.`);
}
