import { type Explanation, explainPasted, explain as explainString } from "../../shared/domain/dsn";
import type { Command } from "../command";
import { needText } from "../dsn-source";
import { linesOf } from "../lines";
import { sideBySide } from "../side-by-side";

type Drivers = Explanation["drivers"];
type Reading = Drivers[keyof Drivers];

const WIDTHS = [10, 28, 28, 28];

const PASSFILE = "~/.pgpass, if a line fits";
const NODE_PASSWORD = { string: "the string", environment: "PGPASSWORD", passfile: PASSFILE };

const addresses = ({ hosts }: Reading): string =>
  hosts.map(([host, port]) => (host.startsWith("/") ? `${host} (${port})` : `${host}:${port}`)).join(", ");

const settings = (sent: Readonly<Record<string, string>>): string =>
  Object.entries(sent)
    .map((setting) => setting.join("="))
    .join(" ");

/** The three readers in columns; a reader that refuses the string has nothing below its error. */
function table({ libpq, asyncpg, "node-postgres": nodePostgres }: Drivers, around: boolean): readonly string[] {
  // What was not looked at may still have a password.
  const nowhere = around ? "none" : PASSFILE;
  const readers = [libpq, asyncpg, nodePostgres];
  const nodePassword = nodePostgres.passwordFrom === null ? "none" : NODE_PASSWORD[nodePostgres.passwordFrom];
  const row = (label: string, cells: readonly string[]): readonly string[] => [
    label,
    ...cells.map((cell, index) => (readers[index]?.ok ? cell : "")),
  ];
  const rows = [
    ["", "libpq 18", `asyncpg ${asyncpg.release}`, "node-postgres"],
    ["takes it", ...readers.map(({ ok, error }) => (ok ? "yes" : `no: ${error}`))],
    row("addresses", readers.map(addresses)),
    row("user", [...readers.map(({ user }) => user ?? "the system user")]),
    row("password", [libpq.passwordPlace ?? nowhere, asyncpg.passwordPlace ?? nowhere, nodePassword]),
    row("database", [...readers.map(({ database }) => database ?? "named like the user")]),
    row("TLS", [...readers.map(({ tls }) => tls ?? "")]),
    row("sends", [settings(libpq.serverSettings), settings(asyncpg.serverSettings), settings(nodePostgres.settings)]),
  ];
  return sideBySide(
    rows.filter(([, ...cells]) => cells.some((cell) => cell !== "")),
    WIDTHS,
  );
}

/** Why a string cannot be read, where, what would be right, and the strings it may mean where secrets may be shown. */
function unreadable({ message, position, next, mends }: NonNullable<Explanation["error"]>): readonly string[] {
  const where = position === null ? "" : ` (at character ${position + 1})`;
  return [
    `Unreadable${where}: ${message}`,
    ...(next === null ? [] : [`  ${next}`]),
    ...mends.map(({ dsn, title }) => `  ${title}: ${dsn}`),
  ];
}

function tell({ error, drivers, warnings, formatted }: Explanation, around: boolean): string {
  const older = [
    ...drivers.libpq.releases.map((one) => ({ ...one, name: "libpq" })),
    ...drivers.asyncpg.releases.map((one) => ({ ...one, name: "asyncpg" })),
  ];
  return [
    ...(error ? unreadable(error) : [`Reads as ${formatted}`]),
    "",
    ...table(drivers, around),
    "",
    ...(drivers.libpq.connectError ? [`  libpq stops before it connects: ${drivers.libpq.connectError}`] : []),
    ...older.map(({ name, releases, differences }) => `  ${name} ${releases.join(", ")}: ${differences.join("; ")}`),
    ...drivers["node-postgres"].differences.map((difference) => `  node-postgres: ${difference}`),
    ...warnings.map(({ message }) => `  ! ${message}`),
  ].join("\n");
}

export const explain: Command = {
  name: "explain",
  usage: "explain [DSN] [--dsn-stdin] [--lines] [--with-environment] [--json]",
  summary: "Says what libpq, asyncpg and node-postgres make of a connection string.",
  async run({ args, terminal, app }) {
    const around = args.flag("with-environment");
    const environment = around ? process.env : {};
    const read = terminal.showSecrets ? app.surroundings.revealed : app.surroundings.shown;
    const surroundings = around ? await read() : null;
    const secrets = terminal.showSecrets ? "shown" : "hidden";
    if (args.flag("lines")) {
      // Each line as it stands: nothing is read for what it was meant to be.
      for await (const line of linesOf(process.stdin))
        terminal.line(JSON.stringify(explainString(line, environment, secrets, surroundings)));
      return 0;
    }
    const explanation = explainPasted(await needText(args, terminal, app), environment, secrets, surroundings);
    if (terminal.json) terminal.document(explanation);
    else terminal.line(tell(explanation, around));
    return explanation.ok ? 0 : 1;
  },
};
