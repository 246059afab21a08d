import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { ensureInstalled } from "./install.mjs";

ensureInstalled();
const { buildAll, root } = await import("./build.mjs");
const { getElectron } = await import("./electron-runtime.mjs");
const { openOnce } = await import("./bench/window.mjs");
const { runnerImport } = await import("vite");

const run = promisify(execFile);
/** A module of the end-to-end tests, which are TypeScript. */
const testModule = async (file) => (await runnerImport(path.join(root, "e2e", file), { logLevel: "silent" })).module;
const cli = path.join(root, "out", "cli.cjs");
/** The server list when its scan is done; the bench runs a server, so that there is one to list. */
const SERVER_LIST = "main:has(ul[aria-label='Servers'] > li):not(:has(.scan-progress))";
const RUNS = Number(process.env.BENCH_RUNS ?? 7);

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Runs several measurements in turns, so that a slow moment of the computer meets all of them; medians by name. */
async function inTurns(runs, measurements) {
  const taken = Object.fromEntries(Object.keys(measurements).map((name) => [name, []]));
  for (const measure of Object.values(measurements)) await measure();
  for (let at = 0; at < runs; at += 1) {
    for (const [name, measure] of Object.entries(measurements)) taken[name].push(await measure());
  }
  return taken;
}

async function milliseconds(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The command line's JSON answer; `input` goes to its standard input. An exit code 1 means a problem was found. */
async function ask(args, input = "") {
  const child = spawn(process.execPath, [cli, ...args, "--json"], { stdio: ["pipe", "pipe", "ignore"] });
  let text = "";
  child.stdout.on("data", (part) => {
    text += part;
  });
  child.stdin.end(input);
  const [code] = await once(child, "close");
  if (code === 2) throw new Error(`aksara-db ${args[0]}: wrong usage`);
  return JSON.parse(text);
}

const rows = [];
const row = (what, ours, against, limit) => rows.push({ what, ours, against, limit });

/** A part that cannot run here says so in the table; the others go on. */
async function part(what, work) {
  try {
    await work();
  } catch (error) {
    rows.push({ what, problem: error.message.split("\n")[0] });
  }
}

async function windows() {
  const electron = await getElectron();
  console.error(electron.note);
  const display = await (await testModule("app/display.ts")).openDisplay();
  const environment = display.name ? { DISPLAY: display.name } : {};
  try {
    const bare = { electron, folder: path.join(root, "scripts", "bench", "bare"), selector: "h1", environment };
    const ours = { electron, folder: root, selector: SERVER_LIST, environment };
    const taken = await inTurns(RUNS, { bare: () => openOnce(bare), ours: () => openOnce(ours) });
    const of = (name, field) => median(taken[name].map((one) => one[field]));
    row("window with the server list, ms", of("ours", "milliseconds"), of("bare", "milliseconds"), 1.3);
    row("memory of the whole process tree, MiB", of("ours", "mebibytes"), of("bare", "mebibytes"), 1.25);
  } finally {
    display.close();
  }
}

async function scan() {
  const taken = await inTurns(RUNS, {
    scan: async () => (await ask(["detect"])).durationMs,
    command: () => milliseconds(() => ask(["detect"])),
    clusters: () => milliseconds(() => run("pg_lsclusters")),
  });
  row("full scan against pg_lsclusters, ms", median(taken.scan), median(taken.clusters), 1);
  row("aksara-db detect, the whole process, ms", median(taken.command), median(taken.clusters), null);
}

/** psql itself; the psql on Debian's PATH is a script around it that takes longer. */
function psqlProgram() {
  const folder = "/usr/lib/postgresql";
  const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((name) => path.join(folder, name, "bin", "psql")).find((file) => existsSync(file));
  return found ?? "psql";
}

async function ladder(server) {
  await server.sql("postgres", "CREATE ROLE app LOGIN PASSWORD 'app'");
  await server.sql("postgres", "CREATE DATABASE app OWNER app");
  const dsn = server.dsn({ user: "app", password: "app", database: "app" });
  const psql = psqlProgram();
  const where = ["-X", "-h", server.host, "-p", String(server.port), "-U", "app", "-d", "app", "-c", "select 1"];
  const env = { ...process.env, PGPASSWORD: "app" };
  const taken = await inTurns(RUNS, {
    ladder: async () => {
      const report = await ask(["diagnose", "--dsn-stdin"], dsn);
      if (!report.ok) throw new Error(`the ladder found ${report.diagnosis?.id} on a healthy server`);
      return report.durationMs;
    },
    psql: () => milliseconds(() => run(psql, where, { env })),
  });
  row("healthy ladder against psql -c 'select 1', ms", median(taken.ladder), median(taken.psql), 2);
}

/** Why a string fails, against psql's own failure on it. */
async function failures(server) {
  const { causes } = await import("./bench/diagnose.mjs");
  const load = async (file) => (await runnerImport(path.join(root, file), { logLevel: "silent" })).module;
  const rows = await causes(server, { load, ask, psql: psqlProgram(), inTurns, runs: RUNS });
  for (const { what, app, command, psql } of rows) {
    row(`${what}: the cause against psql's failure, ms`, median(app), median(psql), 1.3);
    row(`${what}: the same by aksara-db, just started, ms`, median(command), median(psql), null);
  }
}

/** Nothing installed but the private server: from an empty folder to a proven `.env`. */
async function setUp() {
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-bench-"));
  // As root the server runs as another user, who must be able to pass; else it would live outside this folder.
  chmodSync(folder, 0o755);
  const home = path.join(folder, "home");
  const project = path.join(folder, "shop");
  mkdirSync(project);
  process.env.AKSARA_DATABASE_SETUP_HOME = home;
  const { endServersIn } = await testModule("app/home.ts");
  try {
    const answer = await ask(["setup", "--project", project, "--private", "--yes"]);
    if (!answer.ok) throw new Error("the set-up did not finish");
    row("proven .env with no server installed, ms", answer.durationMs, null, 10_000);
  } finally {
    delete process.env.AKSARA_DATABASE_SETUP_HOME;
    endServersIn(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 40, retryDelay: 50 });
  }
}

/** Reading a string: after every keystroke, and as long as strings get. */
async function strings() {
  const load = async (file) => (await runnerImport(path.join(root, file), { logLevel: "silent" })).module;
  const { keystroke } = await import("./bench/keystroke.mjs");
  const { median: typical, p95 } = await keystroke(load);
  row("analysis of a 200-character string after a keystroke, ms", typical, null, 4);
  row("the same, 95th percentile, ms", p95, null, 4);
  const { dsnLinear } = await import("./bench/dsn-linear.mjs");
  for (const { reader, ms } of await dsnLinear()) row(`${reader}, 1 MB, ms`, ms, null, null);
}

/** What following the computer costs while nothing happens, in percent of a core, as a process of its own. */
async function watching() {
  const { stdout } = await run(process.execPath, [path.join(root, "scripts", "bench", "watching.mjs")], { cwd: root });
  row("watching, % of a core", Number(stdout), null, 1);
}

function rendererSize() {
  const folder = path.join(root, "out", "renderer");
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(js|css|html)$/.test(file));
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(folder, file))).length, 0);
  row("renderer without fonts, KB gzipped", bytes / 1000, null, 200);
}

const shown = (number) => (number === null || number === undefined ? "" : number.toFixed(number < 100 ? 1 : 0));

function verdict({ ours, against, limit }) {
  if (limit === null) return "";
  return (against === null ? ours : ours / against) <= limit ? "met" : "MISSED";
}

function table() {
  const lines = ["| what | ours | against | ratio | limit | |", "|---|---:|---:|---:|---:|---|"];
  for (const entry of rows) {
    if (entry.problem) lines.push(`| ${entry.what} | not measured: ${entry.problem} | | | | |`);
    else {
      const ratio = entry.against ? (entry.ours / entry.against).toFixed(2) : "";
      const limit = entry.limit ?? "";
      lines.push(
        `| ${entry.what} | ${shown(entry.ours)} | ${shown(entry.against)} | ${ratio} | ${limit} | ${verdict(entry)} |`,
      );
    }
  }
  return lines.join("\n");
}

await buildAll();
const { startPostgres } = await testModule("servers/postgres.ts");
const server = await startPostgres({ version: 18 });
try {
  await part("window", windows);
  await part("scan", scan);
  await part("ladder", () => ladder(server));
  await part("failing strings", () => failures(server));
} finally {
  await server.remove();
}
await part("set-up", setUp);
await part("strings", strings);
await part("watching", watching);
await part("renderer", rendererSize);
const text = `${table()}\n\nMedians of ${RUNS} runs in turns, after one to warm up; Node ${process.versions.node}, ${cpus().length} cores.\n`;
console.log(text);
mkdirSync(path.join(root, "test-output"), { recursive: true });
writeFileSync(path.join(root, "test-output", "bench.md"), text);
