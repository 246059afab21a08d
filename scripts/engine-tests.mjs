import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { besideAnEngine } from "./get-engine.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Runs the tests that need a real container engine (*.engine.test.ts), apart from this computer; vitest's exit code. */
export async function runEngineTests(vitestArguments) {
  const vitest = [path.join(root, "node_modules/vitest/vitest.mjs"), "run", "--project", "engine", ...vitestArguments];
  const { command, args, env } = await besideAnEngine(process.execPath, vitest);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, CI: "true", ...env },
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** As a command: takes vitest's arguments, for example a file's name. */
if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await runEngineTests(process.argv.slice(2));
}
