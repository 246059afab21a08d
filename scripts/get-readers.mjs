import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cacheFolder } from "./cache-folder.mjs";
import { isDebian } from "./system-packages.mjs";

const run = promisify(execFile);
const PACKAGES = ["python3-asyncpg", "python3-psycopg"];

/** Debian's suites whose readers the tests compare, beside those of the computer itself; the newest first. */
export const SUITES = ["sid", "trixie"];

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** The address of the Debian archive that this computer's own apt uses. */
async function archive() {
  if (!isDebian() || !existsSync(KEYRING)) throw new Error("this computer has no Debian archive keyring");
  const format = "$(COMPONENT) $(REPO_URI)";
  const { stdout } = await run("apt-get", ["indextargets", "--no-release-info", "--format", format]);
  // The archive of security updates holds no whole suite.
  const found = /^main (\S+\/debian\/?)$/m.exec(stdout);
  if (!found) throw new Error("apt's sources name no Debian archive");
  return found[1];
}

/** apt-get on lists, state and cache of its own: nothing of the computer's is read or changed, and no root is needed. */
async function privateApt(folder, suite) {
  const uri = await archive();
  const at = (name) => path.join(folder, name);
  await mkdir(at("state/lists/partial"), { recursive: true });
  await mkdir(at("cache/archives/partial"), { recursive: true });
  await writeFile(at("sources.list"), `deb [signed-by=${KEYRING}] ${uri} ${suite} main\n`);
  await writeFile(at("status"), "");
  const options = {
    "Dir::State": at("state"),
    "Dir::State::status": at("status"),
    "Dir::Cache": at("cache"),
    "Dir::Etc::sourcelist": at("sources.list"),
    "Dir::Etc::sourceparts": "/dev/null",
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
    "Acquire::Retries": "1",
    "Acquire::http::Timeout": "20",
  };
  const fixed = Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  return (...args) =>
    run("apt-get", ["-qq", ...fixed, ...args], { timeout: 180_000 }).catch((error) => {
      throw new Error(`apt-get could not fetch Debian ${suite}: ${(error.stderr || error.message).split("\n")[0]}`);
    });
}

async function unpack(suite, target) {
  const work = await mkdtemp(`${target}.part-`);
  try {
    const apt = await privateApt(work, suite);
    await apt("update");
    await apt("--yes", "--no-install-recommends", "--download-only", "install", ...PACKAGES);
    const archives = path.join(work, "cache", "archives");
    const root = path.join(work, "root");
    await mkdir(root);
    for (const file of await readdir(archives)) {
      if (file.endsWith(".deb")) await run("dpkg-deb", ["--extract", path.join(archives, file), root]);
    }
    await chmod(root, 0o755);
    await rename(root, target).catch((error) => {
      // Another process was first; its folder is as good as this one.
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function only(folder, pattern) {
  const name = (await readdir(folder)).find((one) => pattern.test(one));
  if (!name) throw new Error(`${path.basename(folder)} holds nothing like ${pattern.source}`);
  return path.join(folder, name);
}

/**
 * How to start the Python of a Debian suite, with that suite's asyncpg and psycopg (libpq): {command, args, env}. Its
 * packages are fetched once, unpacked into the cache and run by their own loader, beside what the computer has
 * installed. Throws with the reason. Remove the folder `readers-<suite>` of the cache to get newer ones.
 */
export async function getReader(suite) {
  const folder = path.join(cacheFolder(), `readers-${suite}`);
  if (!existsSync(folder)) await unpack(suite, folder);
  const usr = path.join(folder, "usr");
  const libraries = await only(path.join(usr, "lib"), /-linux-gnu/);
  return {
    command: await only(libraries, /^ld-linux.*\.so\.\d+$/),
    args: ["--library-path", libraries, await only(path.join(usr, "bin"), /^python3\.\d+$/), "-S"],
    env: { PYTHONHOME: usr, PYTHONPATH: path.join(usr, "lib", "python3", "dist-packages") },
  };
}

/** As a command: fetches every suite's readers and prints {cache, readers: {suite: "ready" | the reason}}. */
if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const answers = [];
  for (const suite of SUITES) {
    answers.push([
      suite,
      await getReader(suite).then(
        () => "ready",
        (error) => error.message.split("\n")[0],
      ),
    ]);
  }
  process.stdout.write(`${JSON.stringify({ cache: cacheFolder(), readers: Object.fromEntries(answers) })}\n`);
}
