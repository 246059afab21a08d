import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** `npm` beside the Node that runs this; on Windows npm is a .cmd, which only its own script can be started without a shell. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /\.c?js$/.test(script)) return [process.execPath, script];
  const beside = path.join(path.dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js");
  if (process.platform === "win32" && existsSync(beside)) return [process.execPath, beside];
  return ["npm"];
}

async function sha512(file) {
  const hash = createHash("sha512");
  for await (const part of createReadStream(file)) hash.update(part);
  return `sha512-${hash.digest("base64")}`;
}

/**
 * Fetches one exact version through the npm client, checks it against the pinned integrity and unpacks it. `prepare`
 * gets the unpacked package folder and answers the folder to keep; that becomes `target` in one move, so that
 * `target` exists only when it is whole. Does nothing when `target` exists.
 */
export async function fetchPackage({ name, version, integrity, target, prepare }) {
  if (existsSync(target)) return target;
  const work = await mkdtemp(`${target}.part-`);
  try {
    const [command, ...first] = npmCommand();
    await run(command, [...first, "pack", "--silent", "--pack-destination", work, `${name}@${version}`], {
      cwd: work,
      timeout: 300_000,
    });
    const packed = (await readdir(work)).find((file) => file.endsWith(".tgz"));
    if (!packed) throw new Error(`npm gave no package for ${name}@${version}`);
    const archive = path.join(work, packed);
    const actual = await sha512(archive);
    if (actual !== integrity) throw new Error(`${name}@${version} is not the pinned one: ${actual}`);
    await run("tar", ["-xzf", archive, "-C", work], { timeout: 120_000 });
    await rm(archive);
    const keep = await prepare(path.join(work, "package"));
    // mkdtemp makes 0700; what is kept must be readable by the user a test server runs as.
    await chmod(keep, 0o755);
    try {
      await rename(keep, target);
    } catch (error) {
      // Another process was first; its folder is as good as this one.
      if (!existsSync(target)) throw error;
    }
    return target;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
