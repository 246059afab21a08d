import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { npmCommand } from "./npm-package.mjs";

// This file and what it imports use Node's own modules only: it runs before anything is installed.
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const marker = path.join(root, "node_modules", ".installed-for-lock");
const read = (file) => readFileSync(path.join(root, file), "utf8");

/** Throws with the way out where this Node is too old: 20.19 is the first 20 that can `require` ES modules. */
function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node ${process.versions.node} is too old; 20.19 or newer is needed.`);
}

/** Whether npm's own record of node_modules has every package of the lock file, each in its version. */
function recordMatches(lock) {
  const record = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(JSON.parse(lock).packages).every(
    ([name, wanted]) => name === "" || wanted.optional || installed[name]?.version === wanted.version,
  );
}

/** Installs the dependencies of package-lock.json when node_modules is missing or another lock's; true when it did. */
export function ensureInstalled() {
  checkNode();
  const lock = read("package-lock.json");
  const hash = createHash("sha256").update(lock).digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === hash) return false;
  const fresh = recordMatches(lock);
  if (!fresh) {
    console.log("Installing dependencies ...");
    const [command, ...first] = npmCommand();
    const args = [...first, "ci", "--no-audit", "--no-fund", "--loglevel=error"];
    // npm's talk goes to stderr: stdout belongs to what was asked for.
    const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
    if (status !== 0) throw new Error(`npm ci failed${error ? `: ${error.message}` : ""}.`);
  }
  writeFileSync(marker, hash);
  return !fresh;
}
