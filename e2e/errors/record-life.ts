import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { Client } from "pg";
import { serverAccount } from "../servers/account";
import { binariesOf, type PostgresVersion } from "../servers/binaries";
import { startPostgres, type TestServer } from "../servers/postgres";
import { type ClientId, run, tell } from "./clients";
import type { Recorder } from "./recording";

const TELLERS: readonly ClientId[] = ["psql", "asyncpg", "psycopg", "node-postgres"];

interface Scene {
  readonly recorder: Recorder;
  readonly clients: ReadonlyMap<ClientId, string>;
}

/** Asks until a moment that passes has been met; the last answer where it never is. */
async function until(client: ClientId, server: TestServer, said: RegExp): Promise<string> {
  let answer = "";
  for (let tries = 0; tries < 60 && !said.test(answer); tries += 1) answer = await tell(client, { dsn: server.dsn() });
  return said.test(answer) ? answer : "";
}

/** Moments of a server that runs: shutting down, hot standby off, a crash. */
export async function recordMoments({ recorder, clients }: Scene, version: PostgresVersion): Promise<void> {
  const source = (client: ClientId): string => `${clients.get(client)}, PostgreSQL ${version}`;
  const server = await startPostgres({ version });
  try {
    const kept = new Client({ connectionString: server.dsn(), ssl: false });
    kept.on("error", () => {});
    await kept.connect();
    // A smart shutdown waits for the session that is kept.
    process.kill(server.pid() as number, "SIGTERM");
    await until("psql", server, /shutting down/);
    for (const client of TELLERS) {
      recorder.put("shutting down", source(client), "server.stopping", await tell(client, { dsn: server.dsn() }));
    }
    await kept.end();
    await server.stop();
    writeFileSync(path.join(server.dataDirectory, "standby.signal"), "");
    writeFileSync(
      path.join(server.dataDirectory, "postgresql.auto.conf"),
      "hot_standby = off\nprimary_conninfo = 'host=127.0.0.1 port=9'\n",
    );
    void server.start().catch(() => {});
    await until("psql", server, /starting up|not accepting/);
    for (const client of TELLERS) {
      const expected = version === 13 ? "server.starting" : "server.recovering";
      recorder.put("hot standby is off", source(client), expected, await tell(client, { dsn: server.dsn() }));
    }
  } finally {
    await server.remove();
  }
}

/** Starts a server's program that fails, and what it says. */
function failing(version: PostgresVersion, folder: string, data: string, ...more: string[]): Promise<string> {
  return run([path.join(folder, "bin", "postgres"), "-D", data, ...more], { unprivileged: version > 0 });
}

/** Reasons a server does not start. */
export async function recordStartFailures({ recorder }: Scene, version: PostgresVersion): Promise<void> {
  const source = `PostgreSQL ${version}, at its start`;
  const { folder } = await binariesOf(version);
  const server = await startPostgres({ version });
  const data = server.dataDirectory;
  const put = async (name: string, expected: string, ...more: string[]): Promise<void> =>
    recorder.put(name, source, expected, await failing(version, folder, data, ...more));
  try {
    await put("already running", "install.stale-pid");
    await server.sql("postgres", "CREATE DATABASE lost");
    const [row] = await server.sql("postgres", "SELECT oid FROM pg_database WHERE datname = 'lost'");
    const lost = path.join(data, "base", String(row?.oid));
    renameSync(lost, `${lost}.gone`);
    recorder.put(
      "database's files are gone",
      `psql, PostgreSQL ${version}`,
      "database.files-missing",
      await tell("psql", { dsn: server.dsn({ database: "lost" }) }),
    );
    await server.stop();
    const holder = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => holder.once("listening", resolve));
    await put("port taken", "install.port-taken", "-p", String((holder.address() as { port: number }).port));
    holder.close();
    const config = path.join(data, "postgresql.conf");
    const before = readFileSync(config, "utf8");
    writeFileSync(config, `${before}\nno_such_setting = 1\n`);
    await put("unknown line in postgresql.conf", "install.bad-configuration");
    writeFileSync(config, before);
    writeFileSync(path.join(data, "PG_VERSION"), "12\n");
    await put("data of another version", "install.incompatible-data");
    rmSync(path.join(data, "PG_VERSION"));
    await put("no PG_VERSION", "install.not-initialised");
    writeFileSync(path.join(data, "PG_VERSION"), `${version}\n`);
    renameSync(path.join(data, "global/pg_control"), path.join(data, "pg_control.kept"));
    await put("control file is gone", "install.damaged");
    renameSync(path.join(data, "pg_control.kept"), path.join(data, "global/pg_control"));
    const { uid = 0 } = serverAccount();
    if (uid !== 0)
      recorder.put("as root", source, "install.as-root", await run([path.join(folder, "bin", "postgres"), "-D", data]));
    chmodSync(data, 0o755);
    await put("folder open to others", "install.permissions");
    chmodSync(data, 0o700);
    recorder.put("no such folder", source, "install.not-initialised", await failing(version, folder, "/nowhere/data"));
  } finally {
    await server.remove();
  }
}
