import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { isRoot } from "./cache-folder.mjs";

/** What Electron's window needs from Debian and Ubuntu. */
export const WINDOW_PACKAGES = [
  ...["libgtk-3-0", "libnss3", "libgbm1", "libasound2", "libxss1", "libxtst6"],
];

/** What `npm test` needs besides: a virtual display, a real Debian cluster, and the Python peers. */
export const TEST_PACKAGES = [
  ...WINDOW_PACKAGES,
  ...["xvfb", "xauth", "postgresql", "postgresql-contrib", "python3-asyncpg", "python3-dotenv", "python3-psycopg"],
  ...["pgbouncer", "procps"],
];

/** Whether this is Debian or a child of it, where the package names above are right. */
export function isDebian() {
  if (process.platform !== "linux" || !existsSync("/usr/bin/apt-get") || !existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** Ubuntu 24.04 and Debian 13 renamed some: libgtk-3-0t64 provides libgtk-3-0 there, and apt-get takes either name. */
export function missingPackages(wanted) {
  const { stdout } = spawnSync("dpkg-query", ["-W", "-f", "${db:Status-Abbrev} ${Package}\n"], { encoding: "utf8" });
  const installed = new Set(
    (stdout ?? "")
      .split("\n")
      .filter((line) => line.startsWith("ii"))
      .map((line) => line.slice(3).trim()),
  );
  return wanted.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

/** The one line a person types to install packages. */
export const installLine = (names) =>
  `${isRoot() ? "" : "sudo "}apt-get install --no-install-recommends ${names.join(" ")}`;

/** Shared libraries an executable asks for and this computer lacks; Linux only. */
export function missingLibraries(executable) {
  if (process.platform !== "linux") return [];
  const { stdout } = spawnSync("ldd", [executable], { encoding: "utf8" });
  return [...(stdout ?? "").matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
}

/** Runs `work` with Debian told neither to make a cluster of its own nor to start a service while it installs. */
function withoutServices(work) {
  const undo = [];
  const put = (file, text, mode) => {
    if (existsSync(file)) return;
    writeFileSync(file, text, { mode });
    undo.push(file);
  };
  // Read by postgresql-common's package scripts.
  if (!existsSync("/etc/postgresql-common/createcluster.conf")) {
    mkdirSync("/etc/postgresql-common", { recursive: true });
    put("/etc/postgresql-common/createcluster.conf", "create_main_cluster = false\n", 0o644);
  }
  // Asked by every package's scripts before they start a service; 101 is "not allowed".
  put("/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755);
  try {
    work();
  } finally {
    for (const file of undo) rmSync(file, { force: true });
  }
}

/** Installs Debian packages as root, without asking and without starting anything. Throws when apt-get fails. */
export function installPackages(names) {
  const options = { stdio: ["ignore", "ignore", 2], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const get = (...args) => execFileSync("apt-get", ["-qq", ...args], options);
  withoutServices(() => {
    const flags = ["install", "-y", "--no-install-recommends"];
    // Lists may be missing or old; they are fetched only when the packages cannot be had with those there are.
    const { status } = spawnSync("apt-get", ["-qq", ...flags, ...names], options);
    if (status === 0) return;
    get("update");
    get(...flags, ...names);
  });
}
