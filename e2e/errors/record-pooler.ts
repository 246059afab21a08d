import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { serverAccount } from "../servers/account";
import { freePort } from "../servers/free-port";
import { startPostgres } from "../servers/postgres";
import { type Ask, type ClientId, readFrom, run, tell } from "./clients";
import type { Recorder } from "./recording";

const TELLERS: readonly ClientId[] = ["psql", "asyncpg", "psycopg", "node-postgres"];

/** What stands before PostgreSQL says for itself: PgBouncer on loopback, before a real server and before none. */
export async function recordPooler(recorder: Recorder, clients: ReadonlyMap<ClientId, string>): Promise<void> {
  const version = /PgBouncer (\S+)/.exec(await run(["pgbouncer", "--version"]))?.[1];
  if (!version) return;
  const server = await startPostgres({ version: 15, auth: "md5" });
  const folder = mkdtempSync(path.join(tmpdir(), "aksara-pooler-"));
  const port = await freePort();
  const log = path.join(folder, "pgbouncer.log");
  let child: ChildProcess | null = null;
  try {
    await server.sql("postgres", "SET password_encryption = 'md5'; CREATE ROLE app LOGIN PASSWORD 'right'");
    await server.sql("postgres", "CREATE DATABASE app OWNER app");
    chmodSync(folder, 0o777);
    writeFileSync(path.join(folder, "users.txt"), '"app" "right"\n"behind" "right"\n');
    const to = `host=127.0.0.1 port=${server.port}`;
    const settings = [
      "[databases]",
      `app = ${to} dbname=app`,
      `pooled = ${to} dbname=app pool_size=1`,
      `wrongbehind = ${to} dbname=app user=app password=wrong`,
      `gonebehind = ${to} dbname=gone user=app`,
      "nowhere = host=127.0.0.1 port=9 dbname=app",
      "[pgbouncer]",
      `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =`,
      "auth_type = plain\nauth_file = users.txt",
      `logfile = ${log}`,
      "pool_mode = transaction\nmax_client_conn = 4\nquery_wait_timeout = 2\nserver_login_retry = 1",
    ];
    writeFileSync(path.join(folder, "pgbouncer.ini"), `${settings.join("\n")}\n`);
    writeFileSync(log, "");
    chmodSync(log, 0o666);
    child = spawn("pgbouncer", ["-q", "pgbouncer.ini"], { ...serverAccount(), cwd: folder, stdio: "ignore" });
    const at = (user: string, database: string, query = ""): Ask => ({
      dsn: `postgresql://${user}@127.0.0.1:${port}/${database}${query}`,
    });
    for (let tries = 0; tries < 100; tries += 1) {
      if (/up|process/.test(readFileSync(log, "utf8"))) break;
      await wait(50);
    }
    const put = async (name: string, expected: string, ask: Ask, logged: string | null = expected): Promise<void> => {
      for (const client of TELLERS) {
        const offset = statSync(log).size;
        const said = await tell(client, ask);
        recorder.put(`pooler: ${name}`, `${clients.get(client)}, PgBouncer ${version}`, expected, said);
        if (logged && client === "psql") {
          recorder.put(`pooler: ${name}`, `PgBouncer ${version}, log`, logged, readFrom(log, offset));
        }
      }
    };
    await put("no such database", "pooler.no-such-database", at("app:right", "unknown"));
    await put("no such user", "pooler.no-such-user", at("stranger:right", "app"));
    await put("wrong password", "authenticate.password-rejected", at("app:wrong", "app"));
    await put("wrong password behind", "pooler.login-failed", at("app:right", "wrongbehind"));
    await put("no such role behind", "pooler.login-failed", at("behind:right", "app"));
    await put("no such database behind", "database.missing", at("app:right", "gonebehind"));
    await put("no server behind", "pooler.server-unreachable", at("app:right", "nowhere"));
    await put(
      "unknown start-up parameter",
      "pooler.unsupported-parameter",
      at("app:right", "app", "?options=-c%20search_path%3Dx"),
    );
    await put("TLS wanted", "encrypt.not-supported", at("app:right", "app", "?sslmode=require"), null);
    const holding = new Client({ connectionString: at("app:right", "pooled").dsn, ssl: false });
    await holding.connect();
    await holding.query("BEGIN");
    await put("no server connection free", "pooler.wait-timeout", {
      ...at("app:right", "pooled"),
      sql: ["SELECT 1"],
      timeout: 20,
    });
    await holding.end();
    const many = [1, 2, 3, 4].map(() => new Client({ connectionString: at("app:right", "app").dsn, ssl: false }));
    for (const one of many) await one.connect();
    await put("max_client_conn", "server.too-many-connections", at("app:right", "app"));
    for (const one of many) await one.end();
    const twice = ["SELECT 1", "SELECT 1", "SELECT 2"];
    recorder.put(
      "pooler: prepared statements in transaction mode",
      `${clients.get("asyncpg")}, PgBouncer ${version}`,
      "pooler.transaction-mode",
      await prepared(at("app:right", "app"), twice),
    );
  } finally {
    child?.kill("SIGTERM");
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two asyncpg sessions that share one server connection meet each other's statements. */
async function prepared(ask: Ask, sql: readonly string[]): Promise<string> {
  for (let tries = 0; tries < 5; tries += 1) {
    const answers = await Promise.all([tell("asyncpg", { ...ask, sql }), tell("asyncpg", { ...ask, sql })]);
    const met = answers.find((answer) => /prepared statement/.test(answer));
    if (met) return met;
  }
  return "";
}
