import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { isRoot } from "./cache-folder.mjs";

/** What Electron's window needs from Debian and Ubuntu. */
export const WINDOW_PACKAGES = ["libgtk-3-0", "libnss3", "libgbm1", "libasound2", "libxss1", "libxtst6"];

/** A JDK is not installed for one judge; where there is one, PostgreSQL's driver is asked too. */
const hasJdk = () => spawnSync("javac", ["-version"], { stdio: "ignore" }).status === 0;

/** What `npm test` needs besides: a virtual display, a real Debian cluster, and the other readers of strings. */
export const TEST_PACKAGES = [
  ...WINDOW_PACKAGES,
  ...["xvfb", "xauth", "postgresql", "postgresql-contrib", "python3-asyncpg", "python3-dotenv", "python3-psycopg"],
  ...["pgbouncer", "procps", "iproute2", "openssl", "python3-sqlalchemy"],
  ...(hasJdk() ? ["libpostgresql-jdbc-java"] : []),
];

/** Whether this is Debian or a child of it, where the package names above are right. */
export function isDebian() {
  if (process.platform !== "linux" || !existsSync("/usr/bin/apt-get") || !existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** Ubuntu 24.04 and Debian 13 renamed some: libgtk-3-0t64 provides libgtk-3-0 there, and apt-get takes either name. */
export function missingPackages(wanted) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: these are dpkg-query's own placeholders
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

/** Runs `work` while Debian may start no service; 101 is "not allowed", asked before every start. */
function withoutServices(work) {
  const policy = "/usr/sbin/policy-rc.d";
  if (existsSync(policy)) return work();
  writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    work();
  } finally {
    rmSync(policy, { force: true });
  }
}

/** Runs `work` while a new PostgreSQL package makes no cluster of its own (postgresql-common's setting). */
function withoutNewCluster(work) {
  const file = "/etc/postgresql-common/createcluster.conf";
  const before = readFileSync(file, "utf8");
  writeFileSync(file, `${before}\ncreate_main_cluster = false\n`);
  try {
    work();
  } finally {
    writeFileSync(file, before);
  }
}

function aptGet(...args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", ["-qq", ...args], {
    encoding: "utf8",
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function install(names) {
  const args = ["install", "-y", "--no-install-recommends", ...names];
  if (aptGet(...args).status === 0) return;
  // The lists may be missing or old; fetching them takes longer than most installs, so only now.
  aptGet("update");
  const { status, stderr } = aptGet(...args);
  if (status !== 0) throw new Error(`apt-get could not install ${names.join(" ")}:\n${stderr.trim()}`);
}

/**
 * Installs Debian packages as root, without asking, and leaves the computer's servers as they were: no cluster is made
 * and no service started. Throws with apt-get's words when it fails.
 */
export function installPackages(names) {
  withoutServices(() => {
    if (!names.some((name) => name.startsWith("postgresql"))) return install(names);
    if (missingPackages(["postgresql-common"]).length > 0) install(["postgresql-common"]);
    withoutNewCluster(() => install(names));
  });
}
