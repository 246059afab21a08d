import { execFile } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Script } from "node:vm";
import { afterEach, beforeEach, expect, it } from "vitest";

const run = promisify(execFile);
let folder = "";

const SOURCES: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "small", "version": "1.2.3", "main": "out/main.cjs" }',
  "electron/main.ts": 'import { app } from "electron";\nexport const ready = app.whenReady();\n',
  "electron/preload.ts": 'import { contextBridge } from "electron";\ncontextBridge.exposeInMainWorld("small", 1);\n',
  "cli/main.ts":
    'import { Client } from "pg";\nimport { z } from "zod";\ndeclare const __APP_VERSION__: string;\n' +
    'console.log(typeof Client, z.string().parse("parsed"), __APP_VERSION__, process.argv[2]);\n',
  "renderer/index.html":
    '<!doctype html><html lang="en"><body><script type="module" src="./main.tsx"></script></body></html>',
  "renderer/main.tsx": 'document.body.append("small");\n',
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "aksara-build-"));
  symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
  for (const [name, text] of Object.entries(SOURCES)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** "true" when it built, "false" when all was up to date, otherwise the error's text. */
async function build(): Promise<string> {
  const script = pathToFileURL(path.resolve("scripts/build.mjs")).href;
  const text = `import { buildAll } from ${JSON.stringify(script)};
    console.log(await buildAll({ folder: ${JSON.stringify(folder)} }).catch((error) => error.message));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", text], { cwd: folder });
  return stdout.trim();
}

const built = (name: string): string => readFileSync(path.join(folder, "out", name), "utf8");

it("builds a command that runs by itself, a main and a preload that ask only Electron, and a relative page", async () => {
  expect(await build()).toBe("true");
  rmSync(path.join(folder, "node_modules"));
  const { stdout } = await run(path.join(folder, "out", "cli.cjs"), ["word"]);
  expect(stdout.trim()).toBe("function parsed 1.2.3 word");
  for (const name of ["main.cjs", "preload.cjs"]) {
    expect(built(name).match(/require\([^)]*\)/g)).toEqual(['require("electron")']);
  }
  expect(built("renderer/index.html")).toMatch(/src="\.\/assets\//);
});

it("keeps what V8 makes of the command's code, and runs without it or with one that does not fit", async () => {
  expect(await build()).toBe("true");
  const command = async () => (await run(path.join(folder, "out", "cli.cjs"), ["word"])).stdout.trim();
  const cache = path.join(folder, "out", "cli-main.cache");
  const cachedData = readFileSync(cache);
  const code = Module.wrap(built("cli-main.cjs"));
  expect(new Script(code, { filename: path.join(folder, "out", "cli-main.cjs"), cachedData }).cachedDataRejected).toBe(
    false,
  );
  writeFileSync(cache, "of another release");
  expect(await command()).toBe("function parsed 1.2.3 word");
  rmSync(cache);
  expect(await command()).toBe("function parsed 1.2.3 word");
});

it("builds again only when a source changed", async () => {
  expect(await build()).toBe("true");
  expect(await build()).toBe("false");
  appendFileSync(path.join(folder, "renderer", "main.tsx"), 'document.title = "changed";\n');
  expect(await build()).toBe("true");
});

it("names the source that is missing and leaves out/ alone", async () => {
  rmSync(path.join(folder, "cli", "main.ts"));
  expect(await build()).toBe("Nothing to build from: cli/main.ts is not there.");
  expect(existsSync(path.join(folder, "out"))).toBe(false);
});
