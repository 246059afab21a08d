import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startPostgres, type TestServer } from "../../e2e/servers/postgres";
import { compose } from "../compose";

const PASSWORD = "p:ss\\wörd hunter2";
const QUIET = { emit: () => {}, signal: new AbortController().signal };

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres({ version: 15 });
  await server.sql("postgres", `CREATE ROLE app LOGIN PASSWORD '${PASSWORD}'`);
  await server.sql("postgres", "CREATE DATABASE shop OWNER app");
}, 120_000);
afterAll(() => server?.remove());

/** The app as a person with this home folder and these variables has it. */
function appWith(files: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) {
  const home = mkdtempSync(path.join(tmpdir(), "aksara-gaps-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(home, name), text, { mode: 0o600 });
  const env = { PATH: "/usr/bin:/bin", HOME: home, AKSARA_DATABASE_SETUP_HOME: path.join(home, "data"), ...variables };
  return { app: compose({ env }), env };
}

async function diagnosed(app: ReturnType<typeof compose>, dsn: string) {
  const { report, runId } = await app.diagnose.run(dsn, QUIET);
  const made = await app.reports.preview(runId, "markdown");
  return { report, read: report.rungs[0]?.evidence ?? {}, text: made.ok ? made.value.text : "" };
}

/** psql with the same string, files and variables; asks nobody for a password. */
const psql = (dsn: string, env: NodeJS.ProcessEnv) =>
  spawnSync("psql", ["-w", "-X", "-At", "-c", "SELECT current_user || '@' || current_database()", dsn], {
    env,
    encoding: "utf8",
  }).stdout.trim();

const ASYNCPG = `
import asyncio, asyncpg, sys
async def main():
    connection = await asyncpg.connect(sys.argv[1])
    print(await connection.fetchval("SELECT current_user || '@' || current_database()"))
asyncio.run(main())`;

/** Debian's asyncpg, with the same; its exception where it does not connect. */
function asyncpg(dsn: string, env: NodeJS.ProcessEnv): string {
  const { stdout, stderr } = spawnSync("/usr/bin/python3", ["-c", ASYNCPG, dsn], { env, encoding: "utf8" });
  return stdout.trim() || (stderr.trim().split("\n").at(-1) ?? "");
}

/** Plain passwords are spelt alike for both readers of the file. */
const plain = async (): Promise<string> => {
  await server.sql("postgres", "CREATE ROLE plain LOGIN PASSWORD 'hunter2plain'");
  onTestFinished(async () => void (await server.sql("postgres", "DROP ROLE plain")));
  return "hunter2plain";
};

describe("a string that leaves something open", () => {
  it("connects with the PG* variables, as asyncpg and psql do, and the report says where each value came from", async () => {
    const variables = {
      PGHOST: "127.0.0.1",
      PGPORT: String(server.port),
      PGUSER: "app",
      PGPASSWORD: PASSWORD,
      PGDATABASE: "shop",
    };
    const { app, env } = appWith({}, variables);
    const { report, read, text } = await diagnosed(app, "postgresql://");
    expect(report.ok).toBe(true);
    expect(read.filled).toMatchObject({
      host: "127.0.0.1, from PGHOST",
      port: `${server.port}, from PGPORT`,
      user: "app, from PGUSER",
      password: "***, from PGPASSWORD",
      dbname: "shop, from PGDATABASE",
    });
    expect(JSON.stringify(report) + text).not.toContain("hunter2");
    expect(asyncpg("postgresql://", env)).toBe("app@shop");
    expect(psql("postgresql://", env)).toBe("app@shop");
  });

  it("takes the password from ~/.pgpass, line and all, for the ladder and for the pool", async () => {
    const password = await plain();
    const dsn = `postgresql://plain@127.0.0.1:${server.port}/shop`;
    const { app, env } = appWith({
      ".pgpass": `# mine\n127.0.0.1:1:*:*:no\n127.0.0.1:${server.port}:shop:plain:${password}\n*:*:*:*:never\n`,
    });
    const { report, read, text } = await diagnosed(app, dsn);
    expect(report.rungs.find(({ id }) => id === "database")?.status).toBe("pass");
    expect(read.filled).toMatchObject({ password: expect.stringMatching(/^\*\*\*, from .*\.pgpass, line 3$/) });
    expect(JSON.stringify(report) + text).not.toContain(password);
    expect(await app.readPool(dsn, QUIET.signal)).toMatchObject({ ok: true });
    expect(asyncpg(dsn, env)).toBe("plain@shop");
    expect(psql(dsn, env)).toBe("plain@shop");
  });

  it("takes an escaped password from ~/.pgpass as asyncpg does: backslashes and all, so that it is refused", async () => {
    const escaped = PASSWORD.replace(/[\\:]/g, "\\$&");
    const { app, env } = appWith({ ".pgpass": `*:*:*:app:${escaped}\n` });
    const dsn = `postgresql://app@127.0.0.1:${server.port}/shop`;
    expect((await diagnosed(app, dsn)).report.diagnosis?.sqlstate).toBe("28P01");
    expect(asyncpg(dsn, env)).toMatch(/InvalidPasswordError/);
    // libpq takes the backslashes away; the app above does not use libpq.
    expect(psql(dsn, env)).toBe("app@shop");
  });

  it("in the keyword form, which asyncpg refuses, is filled as libpq fills it", async () => {
    const escaped = PASSWORD.replace(/[\\:]/g, "\\$&");
    const { app, env } = appWith({ ".pgpass": `*:*:*:app:${escaped}\n` }, { PGDATABASE: "shop" });
    const dsn = `host=127.0.0.1 port=${server.port} user=app`;
    expect((await diagnosed(app, dsn)).report.ok).toBe(true);
    expect(psql(dsn, env)).toBe("app@shop");
  });

  it("takes host, user and password from the service that it names", async () => {
    const { app, env } = appWith({
      ".pg_service.conf": `[shop]\nhost=127.0.0.1\nport=${server.port}\nuser=app\npassword=${PASSWORD}\ndbname=shop\n`,
    });
    const { report, read } = await diagnosed(app, "postgresql://?service=shop");
    expect(report.ok).toBe(true);
    expect(read.filled).toMatchObject({ user: "app, from service shop", password: "***, from service shop" });
    expect(psql("postgresql://?service=shop", env)).toBe("app@shop");
  });

  it("does not use a password file that others may read", async () => {
    const password = await plain();
    const { app, env } = appWith({ ".pgpass": `*:*:*:*:${password}\n` });
    execFileSync("chmod", ["0644", path.join(env.HOME, ".pgpass")]);
    const dsn = `postgresql://plain@127.0.0.1:${server.port}/shop`;
    expect((await diagnosed(app, dsn)).report.ok).toBe(false);
    expect(psql(dsn, env)).toBe("");
  });
});

describe("what was filled in", () => {
  it("never enters the string: an edit keeps what the person wrote", async () => {
    const { app } = appWith({}, { PGPASSWORD: PASSWORD, PGUSER: "app" });
    const { report, edits } = await app.diagnose.run(`postgresql://127.0.0.1:${server.port}/nosuch`, QUIET);
    expect(report.diagnosis?.sqlstate).toBe("3D000");
    expect(JSON.stringify(report.target)).not.toContain("app");
    expect(JSON.stringify(edits)).not.toMatch(/hunter2|app@/);
  });

  it("is nothing where the string says everything, and is not mentioned then", async () => {
    const { app } = appWith(
      { ".pgpass": "*:*:*:*:wrong\n" },
      { PGUSER: "wrong", PGPASSWORD: "wrong", PGHOST: "wrong" },
    );
    const dsn = server.dsn({ user: "app", password: PASSWORD, database: "shop" });
    const { report, read } = await diagnosed(app, `${dsn}?sslmode=disable`);
    expect(report.ok).toBe(true);
    expect(read).not.toHaveProperty("filled");
  });
});
