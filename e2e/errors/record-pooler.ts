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

interface PoolerSituation {
  readonly name: string;
  readonly ask: Ask;
  readonly expected: string | ((client: ClientId) => string);
  readonly also?: (expected: string) => string;
  /** What the pooler's log knows better; null: it says nothing of it. */
  readonly logged?: string | null;
}

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
    const put = async (one: PoolerSituation): Promise<void> => {
      for (const client of TELLERS) {
        const offset = statSync(log).size;
        const said = await tell(client, one.ask);
        const expected = typeof one.expected === "string" ? one.expected : one.expected(client);
        const source = `${clients.get(client)}, PgBouncer ${version}`;
        recorder.put(`pooler: ${one.name}`, source, expected, said, one.also?.(expected));
        if (client !== "psql" || one.logged === null) continue;
        recorder.put(`pooler: ${one.name}`, `PgBouncer ${version}, log`, one.logged ?? expected, readFrom(log, offset));
      }
    };
    await put({ name: "no such database", expected: "pooler.no-such-database", ask: at("app:right", "unknown") });
    await put({
      name: "no such user",
      ask: at("stranger:right", "app"),
      expected: "authenticate.password-rejected",
      also: () => "pooler.no-such-user",
      logged: "pooler.no-such-user",
    });
    await put({ name: "wrong password", expected: "authenticate.password-rejected", ask: at("app:wrong", "app") });
    // Relayed by PgBouncer it is the server's own sentence: only the code, which libpq's clients do not show, differs.
    const relayed = (client: ClientId): string =>
      client === "psql" || client === "psycopg" ? "authenticate.password-rejected" : "pooler.login-failed";
    const behind = { expected: relayed, logged: "pooler.login-failed" };
    await put({ name: "wrong password behind", ask: at("app:right", "wrongbehind"), ...behind });
    await put({ name: "no such role behind", ask: at("behind:right", "app"), ...behind });
    await put({ name: "no such database behind", expected: "database.missing", ask: at("app:right", "gonebehind") });
    await put({
      name: "no server behind",
      ask: at("app:right", "nowhere"),
      expected: "pooler.wait-timeout",
      also: () => "pooler.server-unreachable",
      logged: "pooler.server-unreachable",
    });
    const setting = at("app:right", "app", "?options=-c%20search_path%3Dx");
    await put({ name: "unknown start-up parameter", expected: "pooler.unsupported-parameter", ask: setting });
    const encrypted = at("app:right", "app", "?sslmode=require");
    await put({ name: "TLS wanted", expected: "encrypt.not-supported", ask: encrypted, logged: null });
    const holding = new Client({ connectionString: at("app:right", "pooled").dsn, ssl: false });
    await holding.connect();
    await holding.query("BEGIN");
    await put({
      name: "no server connection free",
      ask: { ...at("app:right", "pooled"), sql: ["SELECT 1"], timeout: 20 },
      expected: (client) => (client === "asyncpg" ? "server.session-ended" : "pooler.wait-timeout"),
    });
    await holding.end();
    const many = [1, 2, 3, 4].map(() => new Client({ connectionString: at("app:right", "app").dsn, ssl: false }));
    for (const one of many) await one.connect();
    await put({ name: "max_client_conn", expected: "server.too-many-connections", ask: at("app:right", "app") });
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
