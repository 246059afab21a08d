#!/usr/bin/env node
// Becomes out/cli.cjs: runs the command line, cli-main.cjs beside it, from what V8 made of its code at build time. Compiling it
// anew takes a fifth of a short command's time. Another release of Node refuses that and compiles it, as it would without.
const { readFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const path = require("node:path");
const { Script } = require("node:vm");

const filename = path.join(__dirname, "cli-main.cjs");

function compiled() {
  try {
    return readFileSync(path.join(__dirname, "cli-main.cache"));
  } catch {
    return undefined;
  }
}

const script = new Script(wrap(readFileSync(filename, "utf8")), { filename, cachedData: compiled() });
script.runInThisContext()(exports, createRequire(filename), module, filename, __dirname);
