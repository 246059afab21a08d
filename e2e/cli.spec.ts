import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { createHome, type Home } from "./app/home";
import { createProject, STUDIO_TOKEN } from "./app/projects";
import { judge } from "./judges";
import { workTree } from "./servers/binaries";
import { startPostgres, type TestServer } from "./servers/postgres";

let server: TestServer;
let home: Home;
test.beforeAll(async () => {
  server = await startPostgres({ version: 15 });
  home = createHome();
});
test.afterAll(async () => {
  home.remove();
  await server.remove();
});

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  json(): Record<string, never> & Record<string, unknown>;
}

/** Runs the built aksara-db with a home of its own and no PG* variables. */
function aksaraDb(args: readonly string[], input = "", added: Readonly<Record<string, string>> = {}): Answer {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|DATABASE_URL|AKSARA_|XDG_)/.test(name));
  const env = { ...Object.fromEntries(kept), HOME: home.path, AKSARA_DATABASE_SETUP_HOME: home.data, ...added };
  const run = spawnSync(process.execPath, [path.join(workTree(), "out", "cli.cjs"), ...args], {
    input,
    env,
    encoding: "utf8",
    timeout: 60_000,
  });
  return { code: run.status, out: run.stdout, err: run.stderr, json: () => JSON.parse(run.stdout) };
}

const dsn = (password: string, database = "postgres"): string =>
  `postgresql://postgres:${password}@127.0.0.1:${server.port}/${database}`;

test("detect hides the password of the project's string unless it is asked to show it", () => {
  const project = createProject("notes");
  project.write(".env", "DATABASE_URL=postgresql://app:s3cret@127.0.0.1:1/app\n");
  const urlOf = (...more: string[]): unknown => {
    const { json } = aksaraDb(["detect", "--project", project.path, "--json", ...more]);
    return (json().project as unknown as { databaseUrl: string }).databaseUrl;
  };
  expect(urlOf()).toBe("postgresql://app:***@127.0.0.1:1/app");
  expect(urlOf("--show-secrets")).toBe("postgresql://app:s3cret@127.0.0.1:1/app");
  project.remove();
});

test("detect finds the server and prints the stable document", () => {
  const { code, json } = aksaraDb(["detect", "--json"]);
  const document = json();
  expect(code).toBe(0);
  expect(Object.keys(document).sort()).toEqual(["conflicts", "durationMs", "problems", "project", "servers"]);
  const servers = document.servers as unknown as { id: string; endpoints: { port: number }[]; state: string }[];
  const found = servers.find(({ endpoints }) => endpoints.some(({ port }) => port === server.port));
  expect(found).toMatchObject({ state: "running" });
  expect(Object.keys(found ?? {}).sort()).toEqual(
    [
      "actions",
      "credentialsKnown",
      "dataDirectory",
      "endpoints",
      "id",
      "label",
      "origin",
      "reason",
      "state",
      "version",
    ].sort(),
  );
});

test("explain says what each driver makes of a string, one document a line with --lines", () => {
  const { code, json } = aksaraDb(["explain", "postgresql://me:secret@db:5432/shop?connect_timeout=5", "--json"]);
  expect(code).toBe(0);
  const document = json() as unknown as {
    ok: boolean;
    target: { password: string };
    drivers: Record<string, unknown>;
    warnings: { code: string }[];
  };
  expect(document.target.password).toBe("***");
  expect(Object.keys(document.drivers)).toEqual(["libpq", "asyncpg", "node-postgres"]);
  expect(document.warnings.map(({ code: id }) => id)).toContain("database.parameter-unknown");
  // A lone carriage return and U+2028 end no line: one line in, one document out.
  const texts = ["postgresql://h/d", "mysql://h/d", "postgresql://u\u2028v@h/a\rb", "", "postgresql+asyncpg://h/d"];
  const lines = aksaraDb(["explain", "--lines"], `${texts.join("\n")}\n`)
    .out.trimEnd()
    .split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { ok: boolean }).ok)).toEqual([true, false, true, false, false]);
});

test("explain reads a pasted text for what it means and says what the drivers make of the string in it", () => {
  const pasted = `export DATABASE_URL='postgresql+asyncpg://me:canary-pw@db:5432/shop'`;
  const { code, json, out } = aksaraDb(["explain", pasted, "--json"]);
  expect(code).toBe(0);
  expect(json()).toMatchObject({
    ok: true,
    formatted: "postgresql://me:***@db:5432/shop",
    drivers: { libpq: { ok: false }, asyncpg: { ok: false }, "node-postgres": { ok: true } },
  });
  expect(out).not.toContain("canary-pw");
  const torn = aksaraDb(["explain", "postgresql://me:p@w@db:5432/shop", "--show-secrets"]);
  expect(torn.code).toBe(1);
  expect(torn.out).toContain("(at character 18)");
  expect(torn.out).toContain("postgresql://me:p%40w@db:5432/shop");
});

test("diagnose: 0 for a string that works, 1 with the cause for one that does not, never the password", () => {
  const good = aksaraDb(["diagnose", "--dsn-stdin", "--json"], dsn(server.password));
  expect(good.code).toBe(0);
  expect(good.json()).toMatchObject({ ok: true, diagnosis: null });
  const bad = aksaraDb(["diagnose", "--dsn-stdin", "--json"], dsn("canary-wrong"));
  expect(bad.code).toBe(1);
  expect(bad.json()).toMatchObject({
    ok: false,
    diagnosis: { id: "authenticate.password-rejected", sqlstate: "28P01", asyncpgException: "InvalidPasswordError" },
  });
  expect(bad.out + bad.err).not.toContain("canary-wrong");
  expect((bad.json().rungs as unknown as { id: string }[]).map(({ id }) => id)).toEqual([
    "read",
    "resolve",
    "reach",
    "speak",
    "encrypt",
    "authenticate",
    "database",
    "privileges",
    "capacity",
  ]);
});

test("diagnose judges a string as it is written, and says which string a correction leads to", () => {
  const typed = "postgresql+asyncpg://me:canary-secret@db:5432/shop";
  const hidden = aksaraDb(["diagnose", typed, "--json"]);
  expect(hidden.code).toBe(1);
  expect(hidden.json().diagnosis).toMatchObject({
    id: "read.unsupported-scheme",
    remedies: [{ kind: "edit", commands: ["postgresql://me:***@db:5432/shop"] }],
  });
  expect(hidden.out + hidden.err).not.toContain("canary-secret");
  const shown = aksaraDb(["diagnose", `export DATABASE_URL='${typed}'`, "--json", "--show-secrets"]);
  expect(shown.json().diagnosis).toMatchObject({
    id: "read.unsupported-scheme",
    remedies: [{ commands: ["postgresql://me:canary-secret@db:5432/shop"] }],
  });
});

test("diagnose for people: each rung once on one time line, no colours in a pipe, every fact with --evidence", () => {
  const good = aksaraDb(["diagnose", "--dsn-stdin"], dsn(server.password));
  expect(good.code).toBe(0);
  expect(good.out).toMatch(/It connects, in \d+ ms\./);
  expect(good.out).not.toMatch(/\p{Cc}(?<!\n)/u);
  expect(good.err).toBe("");
  const bad = aksaraDb(["diagnose", "--dsn-stdin", "--evidence"], dsn("canary-wrong"));
  expect(bad.code).toBe(1);
  expect(bad.out + bad.err).not.toContain("canary-wrong");
  for (const title of ["Read the string", "Reach the port", "Sign in", "Room for the pool"])
    expect(bad.out.split(title), title).toHaveLength(2);
  expect(bad.out).toMatch(/✗ Sign in +━+ +[\d.]+ ms {2}28P01 · /);
  expect(bad.out).toContain(`    attempt 1: address 127.0.0.1, port ${server.port}, duration `);
  expect(bad.out).toMatch(/\((?:certain|likely|possible); authenticate\.password-rejected\)/);
});

test("diagnose has colours where a person looks, unless NO_COLOR is set", () => {
  const shown = (added: Readonly<Record<string, string>>): string => {
    const words = [process.execPath, path.join(workTree(), "out", "cli.cjs"), "diagnose", dsn(server.password)];
    const env = { PATH: process.env.PATH ?? "", TERM: "xterm-256color", HOME: home.path, ...added };
    const play = "import pty, sys\npty.spawn(sys.argv[1:])";
    return spawnSync("/usr/bin/python3", ["-c", play, ...words], {
      env: { ...env, AKSARA_DATABASE_SETUP_HOME: home.data },
      encoding: "utf8",
      timeout: 60_000,
    }).stdout;
  };
  expect(shown({})).toContain("\u001b[32m✓\u001b[0m");
  expect(shown({ NO_COLOR: "1" })).not.toContain("\u001b[32m");
});

test("setup: a dry run changes nothing, --yes ends in a .env that asyncpg proves", async () => {
  const project = createProject("invoices");
  const before = project.read(".env");
  const words = ["setup", "--project", project.path, "--dsn-stdin", "--json"];
  const dry = aksaraDb([...words, "--dry-run"], dsn(server.password));
  expect(dry.code).toBe(0);
  expect(dry.json()).toMatchObject({ ok: true });
  expect(project.read(".env")).toBe(before);
  expect(await server.sql("postgres", "SELECT 1 AS one FROM pg_database WHERE datname = 'invoices'")).toHaveLength(0);
  const done = aksaraDb([...words, "--yes"], dsn(server.password));
  expect(done.code).toBe(0);
  expect(done.json()).toMatchObject({ ok: true, target: expect.stringContaining("invoices:") });
  expect(done.out + done.err).not.toContain(server.password);
  expect(judge(`${project.path}/.env`)).toMatchObject({ rows: 1, user: "invoices", token: STUDIO_TOKEN });
  const password = /:([A-Za-z0-9]{24})@/.exec(project.read(".env") ?? "")?.[1] ?? "none";
  expect(done.out + done.err).not.toContain(password);
  project.remove();
});

test("setup refuses to change things without --yes", () => {
  const project = createProject("careful");
  const { code, err } = aksaraDb(["setup", "--project", project.path]);
  expect(code).toBe(2);
  expect(err).toContain("--yes");
  project.remove();
});

test("pool reads the server's numbers and fits the preset", () => {
  const { code, json } = aksaraDb(
    ["pool", "--dsn-stdin", "--instances", "3", "--workers", "2", "--preset", "small", "--json"],
    dsn(server.password),
  );
  expect(code).toBe(0);
  expect(json()).toMatchObject({
    pools: 6,
    preset: "small",
    measurement: null,
    server: { maxConnections: expect.any(Number) },
    recommendation: { fits: true },
  });
});

test("env shows the change with --dry-run and writes without", () => {
  const project = createProject("ticket_desk");
  const words = ["env", "--project", project.path, "--dsn-stdin", "--json"];
  const dry = aksaraDb([...words, "--dry-run"], dsn("p@ss").replace("p@ss", "p%40ss"));
  expect(dry.json()).toMatchObject({
    written: false,
    exists: true,
    changes: [{ key: "DATABASE_URL", kind: "change" }],
  });
  expect(dry.out).not.toContain("p%40ss");
  expect(aksaraDb(words, dsn("p%40ss")).json()).toMatchObject({ written: true });
  expect(project.read(".env")).toContain("p%40ss");
  project.remove();
});

test("report removes secrets", () => {
  const { out } = aksaraDb(["report", "--dsn-stdin"], dsn("canary-report"));
  expect(out).toContain("authenticate.password-rejected");
  expect(out).not.toContain("canary-report");
});

test("wrong usage is 2 and says what is right", () => {
  for (const words of [
    ["nonsense"],
    ["detect", "--bogus"],
    ["detect", "folder"],
    ["pool", "--instances", "0"],
    ["pool", "--preset", "huge"],
    ["env", "--project", home.path],
  ]) {
    const { code, err } = aksaraDb(words);
    expect(code, words.join(" ")).toBe(2);
    expect(err).toContain("aksara-db:");
  }
  expect(aksaraDb(["--help"]).code).toBe(0);
});
