import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const tool = (file) => path.join(root, "node_modules", file);

const STAGES = [
  ["types", [tool("typescript/bin/tsc"), "-b"]],
  ["lint", [tool("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"]],
  ["unit", [tool("vitest/vitest.mjs"), "run", "--project", "unit", "--reporter", "dot"]],
];

/** Types, lint and unit tests, each told with its time; stops at nothing so that all trouble is seen at once. */
ensureInstalled();
for (const [name, args] of STAGES) {
  const started = Date.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (status !== 0) process.exitCode = 1;
}
