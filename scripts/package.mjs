import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { ensureInstalled } from "./install.mjs";

/**
 * `npm run package` makes dist/<system>-unpacked, a folder that runs by itself. Names of targets after `--` make those:
 * `npm run package -- tar.gz AppImage deb` (dmg on macOS, nsis on Windows); they fetch helper programs.
 */
ensureInstalled();
const { buildAll, root } = await import("./build.mjs");
const { getElectron } = await import("./electron-runtime.mjs");
const { build, Platform } = await import("electron-builder");

/** An evaluation runtime without its launcher, as electron-builder wants Electron: it puts the app there itself. */
function distOf(executable) {
  const dist = mkdtempSync(path.join(tmpdir(), "aksara-electron-"));
  const launcher = path.join("resources", "app");
  const from = path.dirname(executable);
  cpSync(from, dist, { recursive: true, filter: (file) => !path.relative(from, file).startsWith(launcher) });
  return dist;
}

await buildAll();
const electron = await getElectron();
console.log(electron.note);
const targets = process.argv.slice(2);
const evaluation = electron.kind === "evaluation" ? distOf(electron.executable) : null;
try {
  const made = await build({
    projectDir: root,
    targets: Platform.current().createTarget(targets.length > 0 ? targets : ["dir"]),
    config: {
      extends: path.join(root, "electron-builder.yml"),
      ...(evaluation
        ? { electronDist: evaluation, electronVersion: electron.version }
        : // The evaluation runtime is older than this fuse.
          { electronFuses: { grantFileProtocolExtraPrivileges: false } }),
    },
    publish: "never",
  });
  for (const file of made) console.log(path.relative(root, file));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  if (evaluation && existsSync(evaluation)) rmSync(evaluation, { recursive: true, force: true });
}
