import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cacheFolder, isRoot } from "./cache-folder.mjs";
import { isDebian } from "./system-packages.mjs";

const run = promisify(execFile);
const here = path.dirname(fileURLToPath(import.meta.url));

/** Debian's own Docker Engine: what it runs in production is what the tests run. */
const PACKAGES = ["docker.io", "containerd", "runc"];
/** Of the packages, what an engine without swarm and with published ports needs. */
const KEPT = {
  "usr/bin": ["docker", "containerd", "containerd-shim-runc-v2", "docker-proxy"],
  "usr/sbin": ["dockerd", "runc", "docker-proxy"],
};
const SERVERS = "/usr/lib/postgresql";

/** Why no engine can run here; null when one can. */
export function whyNoEngine() {
  if (process.platform !== "linux") return "it needs Linux";
  if (!isRoot()) return "it needs root";
  if (!isDebian()) return "it uses Debian's packages of Docker";
  const apart = spawnSync("unshare", ["--net", "--mount", "--pid", "--fork", "true"], { stdio: "ignore" });
  if (apart.status !== 0) return "namespaces cannot be made here";
  if (!installedServer()) return "no PostgreSQL of Debian is installed to make an image of";
  return null;
}

function installedServer() {
  const versions = existsSync(SERVERS) ? readdirSync(SERVERS) : [];
  const found = versions.filter((version) => existsSync(path.join(SERVERS, version, "bin", "initdb")));
  return found.sort((a, b) => Number(b) - Number(a))[0] ?? null;
}

/** Makes `target` in one move by what `fill` lays into a folder, so that it exists only when it is whole. */
async function once(target, fill) {
  if (existsSync(target)) return target;
  const work = await mkdtemp(`${target}.part-`);
  try {
    const whole = path.join(work, "whole");
    await mkdir(whole);
    await fill(whole, work);
    await rename(whole, target).catch((error) => {
      // Another process was first; its folder is as good as this one.
      if (!existsSync(target)) throw error;
    });
    return target;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function unpack(folder, work) {
  const download = () =>
    run("apt-get", ["-qq", "-o", "APT::Sandbox::User=root", "download", ...PACKAGES], { cwd: work, timeout: 300_000 });
  // The lists may be missing or old; fetching them takes longer than the download, so only then.
  await download().catch(async () => {
    await run("apt-get", ["-qq", "update"], { timeout: 300_000 });
    await download();
  });
  const all = path.join(work, "all");
  for (const name of await readdir(work)) {
    if (name.endsWith(".deb")) await run("dpkg", ["-x", path.join(work, name), all]);
  }
  for (const [place, names] of Object.entries(KEPT)) {
    for (const name of names.filter((one) => existsSync(path.join(all, place, one)))) {
      await cp(path.join(all, place, name), path.join(folder, name));
    }
  }
}

/**
 * Fetches Debian's Docker Engine (unpacked, not installed) and makes the root file system of a PostgreSQL image out of
 * the installed server, both once. Answers {programs, image, version}: two folders and the image's PostgreSQL version.
 */
export async function getEngine() {
  const reason = whyNoEngine();
  if (reason) throw new Error(reason);
  const version = installedServer();
  const programs = await once(path.join(cacheFolder(), "docker-engine"), unpack);
  const server = path.join(SERVERS, version);
  const { stdout } = await run(path.join(server, "bin", "postgres"), ["-V"]);
  const full = /\d+\.\d+/.exec(stdout)?.[0] ?? version;
  const recipe = ["root-files.sh", "entrypoint.sh"].map((name) =>
    readFileSync(path.join(here, "engine", name), "utf8"),
  );
  const mark = createHash("sha256").update(recipe.join("\n")).digest("hex").slice(0, 8);
  const image = await once(path.join(cacheFolder(), `postgres-image-${full}-${mark}`), (folder) =>
    run(path.join(here, "engine", "root-files.sh"), [folder, server], { timeout: 120_000 }),
  );
  return { programs, image, version };
}

/** A command and its arguments with what runs it apart from this computer, and the environment e2e/containers/engine.ts reads. */
export async function besideAnEngine(command, args) {
  const { programs, image, version } = await getEngine();
  return {
    command: path.join(here, "engine", "apart.sh"),
    args: [command, ...args],
    env: { ENGINE_PROGRAMS: programs, ENGINE_IMAGE: image, ENGINE_POSTGRES: version },
  };
}
