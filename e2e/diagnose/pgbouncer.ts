import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { Client } from "pg";
import { probePostgres } from "../../electron/adapters/postgres/probe";
import { serverAccount } from "../servers/account";
import { freePort } from "../servers/free-port";

const READY_WITHIN_MS = 20_000;

const PROGRAM = "/usr/sbin/pgbouncer";

/** Why no PgBouncer can be run here, to skip its tests with that reason; null when one can. */
export const whyNoPgBouncer = (): string | null => (existsSync(PROGRAM) ? null : "PgBouncer is not installed");

export interface PgBouncerOptions {
  /** Lines of the section [databases]: "app = host=127.0.0.1 port=5432". */
  readonly databases: readonly string[];
  /** Names and passwords it lets in. */
  readonly users: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  /** Further files beside its configuration, which settings name as they are called here. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface PgBouncer {
  readonly port: number;
  readonly version: string;
  /** Gives a command in its admin database. */
  admin(user: string, password: string, command: string): Promise<void>;
  remove(): Promise<void>;
}

/** Starts a real PgBouncer on loopback, in a folder of its own, not as root. */
export async function startPgBouncer(options: PgBouncerOptions): Promise<PgBouncer> {
  const account = serverAccount();
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-pgbouncer-"));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const users = Object.entries(options.users).map(([name, password]) => `"${name}" "${password}"`);
  const settings: Readonly<Record<string, string>> = {
    listen_addr: "127.0.0.1",
    listen_port: String(port),
    unix_socket_dir: "",
    auth_type: "scram-sha-256",
    auth_file: path.join(folder, "users.txt"),
    ...options.settings,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(path.join(folder, "users.txt"), `${users.join("\n")}\n`);
  writeFileSync(
    path.join(folder, "pgbouncer.ini"),
    ["[databases]", ...options.databases, "[pgbouncer]", ...lines, ""].join("\n"),
  );
  for (const [name, text] of Object.entries(options.files ?? {})) writeFileSync(path.join(folder, name), text);
  const child: ChildProcess = spawn(PROGRAM, ["-q", path.join(folder, "pgbouncer.ini")], {
    ...account,
    cwd: folder,
    stdio: "ignore",
  });
  const atExit = (): void => void child.kill("SIGKILL");
  process.once("exit", atExit);
  const remove = async (): Promise<void> => {
    process.off("exit", atExit);
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const admin = async (user: string, password: string, command: string): Promise<void> => {
    const client = new Client({ host: "127.0.0.1", port, user, password, database: "pgbouncer", ssl: false });
    await client.connect();
    await client.query(command);
    await client.end();
  };
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until && child.exitCode === null) {
    const answer = await probePostgres({ host: "127.0.0.1", port }, 1_000);
    if (answer.kind === "postgresql") {
      const { stdout } = await promisify(execFile)(PROGRAM, ["--version"]);
      return { port, version: /PgBouncer (\S+)/.exec(stdout)?.[1] ?? "?", admin, remove };
    }
    // One that does not listen yet refuses at once; this gives it the processor.
    await wait(5);
  }
  await remove();
  throw new Error("PgBouncer did not start");
}
