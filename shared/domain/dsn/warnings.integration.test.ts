import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type TestServer } from "../../../e2e/servers/postgres";
import { explain } from "./explain";
import { worthKnowing } from "./summary";

/**
 * What the warnings claim, tried with the real asyncpg (Debian's python3-asyncpg) and a real server. The strings go
 * in by standard input, one JSON a line.
 */
const CONNECT = `
import asyncio, json, sys, asyncpg
async def one(dsn):
    try:
        connection = await asyncpg.connect(dsn, timeout=20)
        name = await connection.fetchval("select current_setting('application_name')")
        await connection.close()
        return {"ok": True, "application_name": name}
    except Exception as error:
        return {"ok": False, "error": type(error).__name__, "code": getattr(error, "sqlstate", None)}
async def main():
    for line in sys.stdin:
        print(json.dumps(await one(json.loads(line))))
asyncio.run(main())
`;

interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  readonly code?: string | null;
  readonly application_name?: string;
}

function connect(dsn: string, environment: Readonly<Record<string, string>> = {}): Answer {
  const run = spawnSync("/usr/bin/python3", ["-c", CONNECT], {
    input: JSON.stringify(dsn),
    env: { PATH: "/usr/bin:/bin", HOME: "/nonexistent", USER: "nobody", ...environment },
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`python3 ended with ${run.status}: ${run.stderr}`);
  return JSON.parse(run.stdout) as Answer;
}

const hasAsyncpg = spawnSync("/usr/bin/python3", ["-c", "import asyncpg"], { stdio: "ignore" }).status === 0;

/** The string with the remedy of a warning, or of the error, done. */
const mended = (dsn: string, code: string) => worthKnowing(dsn).find((one) => one.code === code)?.mend?.dsn ?? "";

const codes = (dsn: string) => explain(dsn).warnings.map(({ code }) => code);

/** A password with every sign that tears a string apart. */
const RAW = "p@s:s/w#o?r%d[1] $x";

describe.skipIf(!hasAsyncpg)("what the warnings claim (needs python3-asyncpg)", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({ version: 17 });
    await server.sql("postgres", "CREATE ROLE app LOGIN PASSWORD 'Tr1cky'");
    await server.sql("postgres", "CREATE DATABASE app OWNER app");
    await server.sql("postgres", `CREATE ROLE "o#k" LOGIN PASSWORD '${RAW}'`);
  });
  afterAll(() => server.remove());

  const dsn = (query: string, password = "Tr1cky") =>
    `postgresql://app${password === "" ? ":" : `:${password}`}@127.0.0.1:${server.port}/app${query}`;

  it.each([
    ["?connect_timeout=10", "database.parameter-unknown", "42704"],
    ["?channel_binding=require", "database.parameter-unknown", "42704"],
    ["?keepalives_idle=5", "database.parameter-unknown", "42704"],
    ["?gssencmode=disable", "database.parameter-unknown", "42704"],
    ["?load_balance_hosts=random", "database.parameter-unknown", "42704"],
    ["?pool_timeout=5", "database.parameter-unknown", "42704"],
    ["?ssl=true", "ssl-parameter", "55P02"],
    ["?ssl=require", "ssl-parameter", "55P02"],
    ["?requiressl=1", "ssl-parameter", "42704"],
    ["?log_statement=all", "setting-needs-superuser", "42501"],
    ["?max_connections=5", "setting-of-server", "55P02"],
    ["?shared_buffers=1MB", "setting-of-server", "55P02"],
    ["?options=-c%20serach_path%3Da", "option-unknown", "42704"],
  ])("asyncpg fails with %s, as %s says", (query, code, sqlstate) => {
    expect(codes(dsn(query))).toContain(code);
    expect(connect(dsn(query))).toMatchObject({ ok: false, code: sqlstate });
  });

  it.each([
    ["?connect_timeout=10&application_name=a", "database.parameter-unknown"],
    ["?channel_binding=require", "database.parameter-unknown"],
    ["?pool_timeout=5&sslmode=prefer", "database.parameter-unknown"],
    ["?ssl=prefer", "ssl-parameter"],
    ["?ssl=false", "ssl-parameter"],
    ["?log_statement=all", "setting-needs-superuser"],
    ["?max_connections=5", "setting-of-server"],
  ])("with %s mended, asyncpg connects", (query, code) => {
    expect(connect(mended(dsn(query), code)).ok).toBe(true);
  });

  it.each([
    ["u:p@h", (user: string, password: string, rest: string) => `${user}:${password}@${rest}`],
    ["with a query", (user: string, password: string, rest: string) => `${user}:${password}@${rest}?sslmode=prefer`],
    [
      "with an @ in the query",
      (user: string, password: string, rest: string) => `${user}:${password}@${rest}?application_name=a@b`,
    ],
  ])("raw signs in user and password, %s: asyncpg fails, and connects with the first mend", (_, write) => {
    const text = `postgresql://${write("o#k", RAW, `127.0.0.1:${server.port}/app`)}`;
    expect(connect(text).ok).toBe(false);
    expect(worthKnowing(text)[0]?.code).toBe("read.unencoded-credentials");
    expect(connect(worthKnowing(text)[0]?.mend?.dsn ?? "").ok).toBe(true);
  });

  it("keyword=value text is refused, the mend is not", () => {
    const text = `host=127.0.0.1 port=${server.port} user=app password=Tr1cky dbname=app connect_timeout=5`;
    expect(connect(text).ok).toBe(false);
    const uri = mended(text, "keyword-form");
    expect(connect(mended(uri, "database.parameter-unknown")).ok).toBe(true);
  });

  it.each([
    "?application_name=a%20b",
    "?search_path=public",
    "?options=-c%20search_path%3Dpublic",
    "?my.setting=1",
    "?statement_timeout=5s",
  ])("asyncpg connects with %s, which no warning says it refuses", (query) => {
    expect(codes(dsn(query)).filter((code) => /unknown|needs|of-server/.test(code))).toEqual([]);
    expect(connect(dsn(query)).ok).toBe(true);
  });

  it("a + in the query is a space for asyncpg", () => {
    expect(codes(dsn("?application_name=a+b"))).toContain("plus-in-query");
    expect(connect(dsn("?application_name=a+b")).application_name).toBe("a b");
    expect(connect(mended(dsn("?application_name=a+b"), "plus-in-query")).application_name).toBe("a+b");
  });

  it("of a repeated parameter the last counts", () => {
    expect(codes(dsn("?application_name=a&application_name=b"))).toContain("repeated-parameter");
    expect(connect(dsn("?application_name=a&application_name=b")).application_name).toBe("b");
  });

  it("with an empty password asyncpg looks in PGPASSWORD", () => {
    expect(codes(dsn("", ""))).toContain("empty-password");
    expect(connect(dsn("", ""), { PGPASSWORD: "Tr1cky" }).ok).toBe(true);
    expect(connect(dsn("", "")).ok).toBe(false);
  });

  it("without a port asyncpg takes PGPORT", () => {
    const text = "postgresql://app:Tr1cky@127.0.0.1/app";
    expect(codes(text)).toContain("no-port");
    expect(connect(text, { PGPORT: String(server.port) }).ok).toBe(true);
  });

  it("without a user and a database asyncpg takes PGUSER and PGDATABASE", () => {
    const text = `postgresql://127.0.0.1:${server.port}`;
    expect(codes(text)).toEqual(expect.arrayContaining(["no-user", "no-database"]));
    expect(connect(text, { PGUSER: "app", PGDATABASE: "app", PGPASSWORD: "Tr1cky" }).ok).toBe(true);
  });

  it("brackets in a list of hosts are refused, the mend is not", () => {
    const text = `postgresql://app:Tr1cky@127.0.0.1:${server.port},[::1]:${server.port}/app`;
    expect(codes(text)).toContain("brackets-in-list");
    expect(connect(text)).toMatchObject({ ok: false, error: "ValueError" });
    expect(connect(mended(text, "brackets-in-list")).ok).toBe(true);
  });

  it("a slash at the end belongs to the database's name", () => {
    const text = `${dsn("")}/`;
    expect(codes(text)).toContain("slash-in-database");
    expect(connect(text)).toMatchObject({ ok: false, code: "3D000" });
    expect(connect(mended(text, "slash-in-database")).ok).toBe(true);
  });

  it("sslmode=require fails against a server without TLS, prefer goes on without", () => {
    expect(connect(dsn("?sslmode=require"))).toMatchObject({ ok: false, error: "ConnectionError" });
    expect(connect(dsn("?sslmode=prefer")).ok).toBe(true);
  });

  it("sslrootcert=system is the name of a file for asyncpg", () => {
    const text = dsn("?sslmode=verify-full&sslrootcert=system");
    expect(codes(text)).toContain("encrypt.root-file-missing");
    expect(connect(text)).toMatchObject({ ok: false, error: "FileNotFoundError" });
  });

  it("a raw # in the password ends the address for asyncpg", () => {
    const text = dsn("", "Tr1#cky");
    expect(codes(text)).toContain("read.unencoded-credentials");
    expect(connect(text)).toMatchObject({ ok: false, code: null });
  });
});
