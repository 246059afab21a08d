import { createInterface } from "node:readline";
import { type Explanation, explain as explainString } from "../../shared/domain/dsn";
import type { Command } from "../command";
import { needDsn } from "../dsn-source";

function tell(explanation: Explanation): string {
  const { error, drivers, warnings, formatted } = explanation;
  const lines = [error ? `Unreadable: ${error.message}` : `Reads as ${formatted}`];
  for (const [name, driver] of Object.entries(drivers))
    lines.push(`  ${name}: ${driver.ok ? "accepts it" : driver.error}`);
  for (const warning of warnings) lines.push(`  ! ${warning.message}`);
  return lines.join("\n");
}

export const explain: Command = {
  name: "explain",
  usage: "explain [DSN] [--dsn-stdin] [--lines] [--with-environment] [--json]",
  summary: "Says what libpq, asyncpg and node-postgres make of a connection string.",
  async run({ args, terminal, app }) {
    const environment = args.flag("with-environment") ? process.env : {};
    const read = (text: string) => explainString(text, environment, terminal.showSecrets ? "shown" : "hidden");
    if (args.flag("lines")) {
      for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
        terminal.line(JSON.stringify(read(line)));
      }
      return 0;
    }
    const explanation = read(await needDsn(args, terminal, app));
    if (terminal.json) terminal.document(explanation);
    else terminal.line(tell(explanation));
    return explanation.ok ? 0 : 1;
  },
};
