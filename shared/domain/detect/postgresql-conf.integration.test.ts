import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serverAccount } from "../../../e2e/servers/account";
import { binariesOf, whyUnavailable } from "../../../e2e/servers/binaries";
import { clusterSettings } from "./cluster-conf";
import { parsePostgresqlConf } from "./postgresql-conf";

/* PostgreSQL itself is the judge: `postgres -C` reads a configuration as a start would, and starts nothing. */

const run = promisify(execFile);
const reason = await whyUnavailable(15);

const PORTS = [
  ...["port = 5433 # c", "port 5433", "PORT=5433", "port = '5433'", "port = 0x1539", "port = 5433.4", "port = 05433"],
  ...["port = '5433 '", "port = ' 5433'", "port=5433#x", "port = +5433", "port = 5.433e3", "port = '0x1539'"],
  ...["port = '54\\063'", "port\t=\t5433", "  port = 5433  ", "port = 5433\nport = 5434", "# port = 5433"],
  ...["cluster_name = 'it''s' # it's\nport = 5433", "my.custom = 'x'\nport = 5433", "port = 5433\n\n\n"],
];
const REFUSED = ["port = 5433 5434", "port == 5433", "port =", "port", "port= 5433 = 3", "port = E'5433'", "port = 'x"];
const LISTS = [
  ["unix_socket_directories", "'/a b, \"/c,d\"'"],
  ["unix_socket_directories", "''"],
  ["listen_addresses", "'*'"],
  ["listen_addresses", "localhost"],
  ["listen_addresses", "'127.0.0.1, ::1'"],
] as const;

describe.runIf(reason === null)("postgresql.conf as PostgreSQL 15 reads it", () => {
  let folder: string;
  let postgres: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "aksara-conf-"));
    chmodSync(folder, 0o755);
    postgres = path.join((await binariesOf(15)).folder, "bin", "postgres");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What PostgreSQL takes a setting for; null where it refuses the file. */
  async function asked(text: string, name: string): Promise<string | null> {
    await writeFile(path.join(folder, "postgresql.conf"), `${text}\n`);
    const read = run(postgres, ["-D", folder, "-C", name], { ...serverAccount(), cwd: "/" });
    return read.then(
      ({ stdout }) => stdout.replace(/\n$/, ""),
      () => null,
    );
  }
  const valuesIn = (text: string) =>
    new Map(
      parsePostgresqlConf(text).entries.flatMap((one) => (one.kind === "setting" ? [[one.name, one.value]] : [])),
    );

  it.each(PORTS)("%j is the same port", async (text) => {
    expect(parsePostgresqlConf(text).badLines).toEqual([]);
    expect(String(clusterSettings(valuesIn(text)).port)).toBe(await asked(text, "port"));
  });

  it.each(LISTS)("%s = %s is the same text", async (name, value) => {
    const text = `${name} = ${value}`;
    expect(valuesIn(text).get(name)).toBe(await asked(text, name));
  });

  it.each(REFUSED)("%j is refused by both", async (text) => {
    expect(parsePostgresqlConf(`# first\n${text}\nport = 1\n`).badLines).toEqual([2]);
    expect(await asked(`# first\n${text}\nport = 1`, "port")).toBeNull();
  });
});
