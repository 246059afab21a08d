import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isRoot } from "../cache-folder.mjs";
import { runtimeEnvironment } from "../electron-runtime.mjs";

const bench = path.dirname(fileURLToPath(import.meta.url));
const PATIENCE_MS = 30_000;
/** After this long the start's own garbage is gone and memory stands still. */
const SETTLE_MS = 1500;

/** Resident memory of a process and everything it started, in MiB; null where there is no /proc. */
function residentOf(pid) {
  if (process.platform !== "linux") return null;
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const family = new Set([pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [child, parent] of parents) {
      if (!family.has(parent) || family.has(child)) continue;
      family.add(child);
      grown = true;
    }
  }
  let kilobytes = 0;
  for (const member of family) {
    const status = readFileSync(`/proc/${member}/status`, "utf8");
    kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

/** Starts an app once: milliseconds from the start of its process until `selector` is painted, and memory in MiB. */
export async function openOnce({ electron, folder, selector, environment }) {
  const home = mkdtempSync(path.join(tmpdir(), "aksara-bench-"));
  const flags = process.platform === "linux" && isRoot() ? ["--no-sandbox"] : [];
  const started = Date.now();
  const child = spawn(electron.executable, [...flags, `--user-data-dir=${home}/window`, bench, folder], {
    env: {
      ...process.env,
      ...runtimeEnvironment(electron),
      ...environment,
      HOME: home,
      AKSARA_DATABASE_SETUP_HOME: `${home}/data`,
      BENCH_SELECTOR: selector,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "exit");
  try {
    const shown = await new Promise((resolve, reject) => {
      let text = "";
      child.stdout.on("data", (part) => {
        text += part;
        const at = /^SHOWN (\d+)$/m.exec(text);
        if (at) resolve(Number(at[1]));
      });
      child.once("exit", () => reject(new Error(`the window closed before "${selector}" was there`)));
      setTimeout(
        () => reject(new Error(`"${selector}" was not there in ${PATIENCE_MS / 1000} s`)),
        PATIENCE_MS,
      ).unref();
    });
    await wait(SETTLE_MS);
    return { milliseconds: shown - started, mebibytes: residentOf(child.pid) };
  } finally {
    child.kill("SIGTERM");
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
