import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { getReader, SUITES } from "./get-readers.mjs";

/**
 * Records what clients, servers and tools say when a connection fails, for the tests of "Paste an error". Needs
 * Debian's python3-asyncpg, python3-psycopg, python3-sqlalchemy, psql and pgbouncer; python3-django and
 * python3-psycopg2 are used where PYTHONPATH has them. `node scripts/record-errors.mjs [file]`
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);
const { module } = await runnerImport(path.join(root, "e2e/errors/record.ts"), {
  configFile: false,
  logLevel: "silent",
});
await module.record((line) => process.stdout.write(`${line}\n`), { getReader, SUITES }, process.argv[2]);
