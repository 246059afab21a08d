import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { isRoot } from "./cache-folder.mjs";
import { ensureInstalled } from "./install.mjs";
import {
  installLine,
  installPackages,
  isDebian,
  missingLibraries,
  missingPackages,
  TEST_PACKAGES,
} from "./system-packages.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const output = path.join(root, "test-output");
const tool = (file) => path.join(root, "node_modules", file);
const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs one of the project's tools with no standard input; its exit code. */
function node(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, CI: "true", ...env },
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** Runs a stage, adds its counts to the total and prints both with the time. A stage that throws counts as one failure. */
async function stage(name, work) {
  const started = Date.now();
  console.log(`\n── ${name}`);
  let counts;
  try {
    counts = await work();
  } catch (error) {
    console.error(error.message);
    counts = { failed: 1 };
  }
  const { passed = 0, failed = 0, skipped = 0 } = counts ?? {};
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const told = counts ? `: ${passed} passed, ${failed} failed, ${skipped} skipped` : "";
  console.log(`── ${name}${told} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

const one = (code) => (code === 0 ? { passed: 1 } : { failed: 1 });

/** Counts of a run whose report may be missing; a run that ends badly without a failed test counts as one failure. */
function counted(code, file, read) {
  let counts = {};
  try {
    counts = read(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    console.error(`No report was written to ${path.relative(root, file)}.`);
    return { failed: 1 };
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const reportOf = (project) => path.join(output, `${project}.json`);
const reporting = (project) => ["--reporter=default", "--reporter=json", `--outputFile.json=${reportOf(project)}`];
const vitestCounts = (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests + report.numTodoTests,
});

async function vitest(project) {
  const code = await node([tool("vitest/vitest.mjs"), "run", "--project", project, ...reporting(project)]);
  return counted(code, reportOf(project), vitestCounts);
}

/** Tests beside a real container engine, which needs root and Debian's packages. */
async function engine() {
  const { runEngineTests } = await import("./engine-tests.mjs");
  const { getEngine } = await import("./get-engine.mjs");
  const reason = await getEngine().then(
    () => null,
    (error) => error.message.split("\n")[0],
  );
  if (reason) {
    console.log(`SKIPPED: the whole suite with a real container engine; ${reason}.`);
    return { skipped: 1 };
  }
  return counted(await runEngineTests(reporting("engine")), reportOf("engine"), vitestCounts);
}

async function playwright() {
  const { getElectron } = await import("./electron-runtime.mjs");
  const electron = await getElectron();
  console.log(electron.note);
  const lacking = missingLibraries(electron.executable);
  const noDisplay = process.platform === "linux" && missingPackages(["xvfb"]).length > 0 && !process.env.DISPLAY;
  const reason =
    lacking.length > 0 ? `libraries missing: ${lacking.join(", ")}` : noDisplay ? "no virtual display (xvfb)" : null;
  if (reason) {
    console.log(`SKIPPED: the whole end-to-end suite; ${reason}.`);
    return { skipped: 1 };
  }
  const code = await node([tool("@playwright/test/cli.js"), "test"]);
  return counted(code, path.join(output, "e2e.json"), ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

/** What the tests need from the system: installed as root on Debian, else the line to type. */
function systemPackages() {
  const missing = isDebian() ? missingPackages(TEST_PACKAGES) : [];
  if (missing.length === 0) return;
  if (isRoot()) {
    console.log(`Installing ${missing.join(" ")} ...`);
    return installPackages(missing);
  }
  console.log(`Some suites will be skipped. This installs what they need: ${installLine(missing)}`);
}

async function testServers() {
  const { getTestServer, VERSIONS } = await import("./get-test-servers.mjs");
  await Promise.all(
    VERSIONS.map((version) =>
      getTestServer(version).catch((error) => {
        console.log(`SKIPPED: tests on PostgreSQL ${version}; ${error.message.split("\n")[0]}`);
      }),
    ),
  );
}

/** Newer Python drivers and libpq than the system's own, as judges of the connection strings. */
async function readers() {
  const { getReader, SUITES } = await import("./get-readers.mjs");
  for (const suite of SUITES) {
    await getReader(suite).catch((error) => {
      console.log(`SKIPPED: the readers of Debian's ${suite}; ${error.message.split("\n")[0]}`);
    });
  }
}

async function build() {
  const { buildAll } = await import("./build.mjs");
  await buildAll();
}

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
try {
  ensureInstalled();
  await stage("system packages", systemPackages);
  await stage("test servers", testServers);
  await stage("readers", readers);
  await stage("types", async () => one(await node([tool("typescript/bin/tsc"), "-b"])));
  await stage("lint", async () => one(await node([tool("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"])));
  await stage("unit", () => vitest("unit"));
  await stage("integration", () => vitest("integration"));
  await stage("container engine", engine);
  await stage("build", build);
  await stage("end to end", playwright);
} catch (error) {
  console.error(error.message);
  total.failed += 1;
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
