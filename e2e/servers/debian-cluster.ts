import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { promisify } from "node:util";
import { serverAccount } from "./account";
import { freePort } from "./free-port";

const run = promisify(execFile);
const PROGRAMS = "/usr/lib/postgresql";
const CONFIG = "/etc/postgresql";
const NAME_PREFIX = "aksara_test_";

export interface DebianCluster {
  /** Major version as Debian writes it: "15". */
  readonly version: string;
  readonly name: string;
  /** Its id in a scan: `apt:15/<name>`. */
  readonly id: string;
  readonly port: number;
  readonly socketDirectory: string;
  readonly dataDirectory: string;
  readonly configDirectory: string;
  readonly logFile: string;
  start(): Promise<void>;
  /** Fast stop. */
  stop(): Promise<void>;
  /** Runs SQL with psql as the OS user `postgres` (peer); its unaligned output, one row a line, columns by `|`. */
  sql(database: string, text: string): Promise<string>;
  /** Stops and removes it: data, configuration and log. Happens by itself when the process that made it ends. */
  drop(): Promise<void>;
}

function newestVersion(): string | null {
  if (!existsSync(PROGRAMS)) return null;
  const versions = readdirSync(PROGRAMS).filter((name) => existsSync(`${PROGRAMS}/${name}/bin/initdb`));
  return versions.sort((a, b) => Number(b) - Number(a))[0] ?? null;
}

/** Why no Debian cluster can be made here, to skip tests with that reason; null when one can. */
export function whyNoDebianCluster(): string | null {
  if (!existsSync("/usr/bin/pg_createcluster")) return "postgresql-common is not installed";
  if (process.getuid?.() !== 0) return "only root may create clusters";
  return newestVersion() ? null : "no PostgreSQL server package is installed";
}

const control = (version: string, name: string, action: "start" | "stop"): string[] => [
  "--skip-systemctl-redirect",
  ...(action === "stop" ? ["-m", "fast"] : []),
  version,
  name,
  action,
];

/** Drops clusters that test runs that were killed left behind, and none that this module did not make. */
function dropLeftovers(version: string): void {
  const folder = `${CONFIG}/${version}`;
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!name.startsWith(NAME_PREFIX)) continue;
    const owner = Number(name.slice(NAME_PREFIX.length).split("_")[0]);
    if (!existsSync(`/proc/${owner}`)) dropNow(version, name);
  }
}

function dropNow(version: string, name: string): void {
  try {
    execFileSync("pg_ctlcluster", control(version, name, "stop"), { stdio: "ignore" });
  } catch {
    // It was not running.
  }
  execFileSync("pg_dropcluster", [version, name], { stdio: "ignore" });
}

/**
 * Makes a real cluster of the newest installed version with Debian's own tools: random name, free port, started by
 * hand only, so that the computer's own clusters and its start-up stay as they are. Needs root.
 */
export async function createDebianCluster(options: { readonly running: boolean }): Promise<DebianCluster> {
  const version = newestVersion();
  const reason = whyNoDebianCluster();
  if (!version || reason) throw new Error(reason ?? "no PostgreSQL server package is installed");
  dropLeftovers(version);
  const name = `${NAME_PREFIX}${process.pid}_${randomBytes(3).toString("hex")}`;
  const port = await freePort();
  const settings = ["-o", "fsync=off", "-o", "full_page_writes=off"];
  const create = ["--start-conf=manual", "--locale=C.UTF-8", "-p", String(port), ...settings, version, name];
  await run("pg_createcluster", [...create, "--", "--no-sync"]);
  const atExit = (): void => dropNow(version, name);
  process.once("exit", atExit);

  const cluster: DebianCluster = {
    version,
    name,
    id: `apt:${version}/${name}`,
    port,
    socketDirectory: "/var/run/postgresql",
    dataDirectory: `/var/lib/postgresql/${version}/${name}`,
    configDirectory: `${CONFIG}/${version}/${name}`,
    logFile: `/var/log/postgresql/postgresql-${version}-${name}.log`,
    async start() {
      await run("pg_ctlcluster", control(version, name, "start"));
    },
    async stop() {
      await run("pg_ctlcluster", control(version, name, "stop"));
    },
    async sql(database, text) {
      const where = ["-h", "/var/run/postgresql", "-p", String(port), "-d", database, "-U", "postgres"];
      const { stdout } = await run(
        `${PROGRAMS}/${version}/bin/psql`,
        ["-XAtq", "-v", "ON_ERROR_STOP=1", ...where, "-c", text],
        {
          ...serverAccount(),
          cwd: "/",
          env: { PATH: process.env.PATH },
        },
      );
      return stdout.trimEnd();
    },
    async drop() {
      process.off("exit", atExit);
      dropNow(version, name);
    },
  };
  if (options.running) await cluster.start();
  return cluster;
}
