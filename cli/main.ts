import { compose } from "../electron/compose";
import { type Arguments, readArguments, UsageError } from "./args";
import type { Command } from "./command";
import { checkPython } from "./commands/check-python";
import { demo } from "./commands/demo";
import { detect } from "./commands/detect";
import { diagnose } from "./commands/diagnose";
import { env } from "./commands/env";
import { explain } from "./commands/explain";
import { explainError } from "./commands/explain-error";
import { pool } from "./commands/pool";
import { report } from "./commands/report";
import { setup } from "./commands/setup";
import { wizard } from "./commands/wizard";
import { createTerminal } from "./terminal";

declare const __APP_VERSION__: string;

const COMMANDS: readonly Command[] = [
  detect,
  explain,
  diagnose,
  explainError,
  setup,
  checkPython,
  pool,
  env,
  report,
  wizard,
  demo,
];

function help(): string {
  const rows = COMMANDS.map((command) => `  ${command.usage}\n      ${command.summary}`);
  return [
    "aksara-db: a proven DATABASE_URL for an Aksara app, and why one fails.",
    "",
    ...rows,
    "",
    "  --json prints one document; --show-secrets shows passwords in it; -h, --version.",
    "  Exit 0: good. 1: a problem was found. 2: wrong usage.",
  ].join("\n");
}

async function run(args: Arguments): Promise<number> {
  const terminal = createTerminal(args);
  if (args.flag("version")) {
    terminal.line(__APP_VERSION__);
    return 0;
  }
  if (args.flag("help") || args.command === null) {
    terminal.line(help());
    return args.flag("help") ? 0 : 2;
  }
  const command = COMMANDS.find(({ name }) => name === args.command);
  if (!command) throw new UsageError(`there is no command "${args.command}"; aksara-db --help lists them`);
  return command.run({ args, terminal, app: compose({ env: process.env }) });
}

async function main(): Promise<void> {
  try {
    process.exitCode = await run(readArguments(process.argv.slice(2)));
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`aksara-db: ${error.message}\n`);
      process.exitCode = 2;
      return;
    }
    // The error's own text could hold what was typed; its kind and place are enough to find it.
    const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
    process.stderr.write(`aksara-db: this should not happen (${error instanceof Error ? error.name : typeof error})\n`);
    process.stderr.write(`${frames.join("\n")}\n`);
    process.exitCode = 1;
  }
}

void main();
