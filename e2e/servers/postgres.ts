import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, openSync, readFileSync } from "node:fs";
import { chown, mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { serverAccount } from "./account";
import { binariesOf, type PostgresVersion } from "./binaries";
import { configure, freshDataDirectory, SUPERUSER_PASSWORD } from "./data-directory";
import { ownShareFolder } from "./extension-files";
import { freePort, isFree } from "./free-port";
import { FOLDER_PREFIX, removeFolder, removeLeftovers } from "./leftovers";

export { POSTGRES_VERSIONS, type PostgresVersion, whyUnavailable } from "./binaries";

export interface StartOptions {
  readonly version: PostgresVersion;
  /** Lines for postgresql.conf, values unquoted: `{ max_connections: "5", ssl: "on" }`. */
  readonly config?: Readonly<Record<string, string>>;
  /**
   * Replaces pg_hba.conf, but for one first line that lets `postgres` in over the socket with its password: `sql`
   * needs it. Without `hba`, everyone signs in by `auth` over the socket and from loopback.
   */
  readonly hba?: readonly string[];
  readonly auth?: "scram-sha-256" | "trust" | "md5";
  readonly initdbArgs?: readonly string[];
  /** Further environment of the server, nothing else is passed on: `{ TZ: "UTC" }`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further files in the data folder by name, mode 0600: `{ "server.key": pem }`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Gives it a share folder of its own with these files among its extensions: `{ "vector.control": "..." }`. */
  readonly extensionFiles?: Readonly<Record<string, string>>;
  /** False: everything is laid out but the server is not started. */
  readonly running?: boolean;
}

export interface TestServer {
  readonly version: PostgresVersion;
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly superuser: "postgres";
  readonly password: string;
  readonly socketDirectory: string;
  readonly dataDirectory: string;
  readonly logFile: string;
  /** The server's process; null while it is stopped. */
  pid(): number | null;
  /** Runs statements as `postgres` over the socket; the rows of the last one. */
  sql(database: string, text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A connection string over TCP; as the superuser to `postgres` unless told otherwise. */
  dsn(parts?: { readonly user?: string; readonly password?: string; readonly database?: string }): string;
  start(): Promise<void>;
  /** Stops it as `pg_ctl stop -m fast` does; the data stays. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Stops it and removes everything. Happens by itself when the process that started it ends. */
  remove(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** Waits until the server's own lock file says "ready" (its eighth line, since PostgreSQL 10). */
async function untilReady(child: ChildProcess, data: string, logFile: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < until) {
    try {
      const lines = readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
      if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return;
    } catch {
      // Not written yet.
    }
    await wait(15);
  }
  throw new Error(`the test server did not start:\n${readFileSync(logFile, "utf8").slice(-2000)}`);
}

function hbaOf(options: StartOptions): readonly string[] {
  const auth = options.auth ?? "scram-sha-256";
  const own = `local all postgres ${auth === "trust" ? "trust" : "scram-sha-256"}`;
  const everyone = [`local all all ${auth}`, `host all all 127.0.0.1/32 ${auth}`, `host all all ::1/128 ${auth}`];
  // With md5 the superuser's stored password is an MD5 one, which scram-sha-256 would refuse.
  return [auth === "md5" ? "local all postgres md5" : own, ...(options.hba ?? everyone)];
}

/**
 * Starts a real PostgreSQL of its own: free port on 127.0.0.1, its own socket folder, fresh data, as the user
 * `postgres` when root runs the tests. Throws with the reason where the version cannot be had (see `whyUnavailable`).
 */
export async function startPostgres(options: StartOptions): Promise<TestServer> {
  removeLeftovers();
  const { folder: shared } = await binariesOf(options.version);
  const account = serverAccount();
  const folder = await mkdtemp(path.join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  chmodSync(folder, 0o755);
  const socketDirectory = path.join(folder, "s");
  const dataDirectory = path.join(folder, "data");
  const logFile = path.join(folder, "server.log");
  await mkdir(socketDirectory, { mode: 0o777 });
  if (account.uid !== undefined && account.gid !== undefined) await chown(socketDirectory, account.uid, account.gid);
  const binaries = options.extensionFiles ? path.join(folder, "programs") : shared;
  if (options.extensionFiles) await ownShareFolder(shared, binaries, options.extensionFiles);
  await freshDataDirectory(options.version, dataDirectory, options.initdbArgs ?? []);

  let port = await freePort();
  let child: ChildProcess | null = null;
  const write = (): Promise<void> =>
    configure(dataDirectory, {
      port,
      socketDirectory,
      config: { ...(options.auth === "md5" ? { password_encryption: "md5" } : {}), ...options.config },
      hba: hbaOf(options),
      files: options.files ?? {},
    });
  await write();

  const launch = async (): Promise<void> => {
    const log = openSync(logFile, "a");
    const started = spawn(path.join(binaries, "bin", "postgres"), ["-D", dataDirectory], {
      ...account,
      cwd: folder,
      env: { PATH: process.env.PATH, ...options.env },
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    started.unref();
    await untilReady(started, dataDirectory, logFile);
    child = started;
  };
  const atExit = (): void => removeFolder(folder);
  process.once("exit", atExit);

  const server: TestServer = {
    version: options.version,
    host: "127.0.0.1",
    get port() {
      return port;
    },
    superuser: "postgres",
    password: SUPERUSER_PASSWORD,
    socketDirectory,
    dataDirectory,
    logFile,
    pid: () => (child && child.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null),
    async sql(database, text) {
      const user = "postgres";
      const client = new Client({
        host: socketDirectory,
        port,
        user,
        password: SUPERUSER_PASSWORD,
        database,
        ssl: false,
      });
      await client.connect();
      try {
        const answer: unknown = await client.query(text);
        const last = (Array.isArray(answer) ? answer.at(-1) : answer) as { rows: Record<string, unknown>[] };
        return last.rows;
      } finally {
        await client.end();
      }
    },
    dsn({ user = "postgres", password = SUPERUSER_PASSWORD, database = "postgres" } = {}) {
      const [name, secret, base] = [user, password, database].map(encodeURIComponent);
      return `postgresql://${name}:${secret}@127.0.0.1:${port}/${base}`;
    },
    async start() {
      if (server.pid() === null) await launch();
    },
    async stop() {
      const running = child;
      child = null;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const ended = once(running, "exit");
      running.ref();
      running.kill("SIGINT");
      await ended;
    },
    async restart() {
      await server.stop();
      await server.start();
    },
    async remove() {
      await server.stop();
      process.off("exit", atExit);
      removeFolder(folder);
    },
  };

  if (options.running === false) return server;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await launch();
      break;
    } catch (error) {
      // Between choosing the port and listening somebody else can take it.
      if (attempt === 3 || (await isFree(port))) {
        await server.remove();
        throw error;
      }
      port = await freePort();
      await write();
    }
  }
  if (options.auth === "md5") await server.sql("postgres", `ALTER ROLE postgres PASSWORD '${SUPERUSER_PASSWORD}'`);
  return server;
}
