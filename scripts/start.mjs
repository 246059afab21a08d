import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { isRoot } from "./cache-folder.mjs";
import { ensureInstalled } from "./install.mjs";
import { installLine, isDebian, missingLibraries, missingPackages, WINDOW_PACKAGES } from "./system-packages.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Runs a program attached to this terminal; its exit code. Ctrl-C reaches it by itself, so it decides when to end. */
function attached(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
    process.on("SIGINT", () => {});
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** Why no window can be opened here, in one line; null when one can. */
function whyNoWindow(args) {
  if (args.includes("--demo")) return "The demonstration runs in the terminal.";
  if (process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return null;
  return "There is no display here, so the set-up runs in the terminal.";
}

/** The same set-up without a window: with questions where somebody can answer, otherwise as a demonstration. */
function inTerminal(args) {
  const cli = path.join(root, "out", "cli.cjs");
  const answered = process.stdin.isTTY && process.stdout.isTTY;
  const project = args.indexOf("--project");
  const named = project >= 0 ? args.slice(project, project + 2) : args.filter((word) => word.startsWith("--project="));
  // With --yes and a project nobody needs to answer.
  const wizard = !args.includes("--demo") && (answered || (args.includes("--yes") && named.length > 0));
  const words = wizard ? ["wizard", ...named, ...(args.includes("--yes") ? ["--yes"] : [])] : ["demo"];
  return attached(process.execPath, [cli, ...words]);
}

async function inWindow(args) {
  const { getElectron, runtimeEnvironment } = await import("./electron-runtime.mjs");
  const electron = await getElectron();
  console.log(electron.note);
  const lacking = missingLibraries(electron.executable);
  if (lacking.length > 0) {
    console.error(`The window needs libraries that are not installed: ${lacking.join(", ")}.`);
    const packages = isDebian() ? missingPackages(WINDOW_PACKAGES) : [];
    if (packages.length > 0) console.error(`This installs them: ${installLine(packages)}`);
    return 1;
  }
  // Chromium's sandbox refuses root; a person's own account never goes without it.
  const flags = process.platform === "linux" && isRoot() ? ["--no-sandbox"] : [];
  return attached(electron.executable, [...flags, root, ...args], runtimeEnvironment(electron));
}

try {
  const args = process.argv.slice(2);
  ensureInstalled();
  const { buildAll } = await import("./build.mjs");
  if (await buildAll()) console.log("Built.");
  const reason = whyNoWindow(args);
  if (reason) console.log(reason);
  process.exitCode = reason ? await inTerminal(args) : await inWindow(args);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
