import { readFileSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

/**
 * Writes what V8 makes of a bundle's whole code, for start-cli.cjs beside it. V8 takes it back only in the same release and
 * for code of the same length: whoever builds the bundle anew writes this anew.
 */
export function writeCodeCache(bundle, cacheFile) {
  // Otherwise functions are compiled when they are first called, and would not be in it.
  setFlagsFromString("--no-lazy");
  const script = new Script(Module.wrap(readFileSync(bundle, "utf8")), { filename: bundle });
  setFlagsFromString("--lazy");
  writeFileSync(cacheFile, script.createCachedData());
}
