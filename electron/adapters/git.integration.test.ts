import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { git } from "./git";

let folder = "";
let env = "";
const run = (...args: string[]) => execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "git-facts-"));
  env = path.join(folder, ".env");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("knows nothing where there is no work tree", async () => {
  expect(await git.ask(env)).toBeNull();
});

it("knows nothing where git is not installed", async () => {
  run("init");
  const before = process.env.PATH;
  process.env.PATH = folder;
  try {
    expect(await git.ask(env)).toBeNull();
  } finally {
    process.env.PATH = before;
  }
});

it("tells an ignored file, also one that is yet to be made, from one that is not", async () => {
  run("init");
  expect(await git.ask(env)).toEqual({ ignored: false, tracked: false });
  writeFileSync(path.join(folder, ".gitignore"), ".env\n");
  expect(await git.ask(env)).toEqual({ ignored: true, tracked: false });
});

it("tells a tracked file, which no rule ignores any more", async () => {
  run("init");
  writeFileSync(env, "A=1\n");
  run("add", ".env");
  writeFileSync(path.join(folder, ".gitignore"), ".env\n");
  expect(await git.ask(env)).toEqual({ ignored: false, tracked: true });
});

it("minds the rules of folders above, and no GIT_DIR of ours", async () => {
  run("init");
  writeFileSync(path.join(folder, ".gitignore"), ".env\n");
  mkdirSync(path.join(folder, "app"));
  process.env.GIT_DIR = "/nowhere";
  try {
    expect(await git.ask(path.join(folder, "app", ".env"))).toEqual({ ignored: true, tracked: false });
  } finally {
    delete process.env.GIT_DIR;
  }
});

it("runs no program that the repository names", async () => {
  run("init");
  const trace = path.join(folder, "ran");
  run("config", "core.fsmonitor", `touch ${trace}; false`);
  writeFileSync(env, "A=1\n");
  await git.ask(env);
  expect(() => execFileSync("test", ["!", "-e", trace])).not.toThrow();
});
