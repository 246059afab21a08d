import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { SYSTEM_PYTHON, virtualEnvironment } from "../../e2e/app/virtual-environment";
import { freePort } from "../../e2e/servers/free-port";
import { startPostgres, type TestServer } from "../../e2e/servers/postgres";
import type { PythonOutcome } from "../../shared/domain/python-answer";
import { thisMachine } from "../adapters/detect/machine";
import { createFindPython } from "../adapters/project-python";
import { projectFolder } from "../adapters/project-python.fixture";
import { createRunScript } from "../adapters/python-process";
import { showCommand } from "../adapters/run-command";
import { createProjectPython, type ProjectPython } from "./project-python";

const VERSIONS = "import asyncpg, platform; print(platform.python_version(), asyncpg.__version__)";
const [PYTHON, ASYNCPG] = execFileSync(SYSTEM_PYTHON, ["-c", VERSIONS], { encoding: "utf8" }).trim().split(" ");
const NEVER = new AbortController().signal;

function pythonOf(folder: string | null, more: { env?: NodeJS.ProcessEnv; timeoutMs?: number } = {}): ProjectPython {
  const env: NodeJS.ProcessEnv = { HOME: "/nonexistent", PATH: "/usr/bin:/bin", ...more.env };
  return createProjectPython({
    find: createFindPython(thisMachine({ environment: env })),
    run: createRunScript(env),
    show: showCommand,
    project: () => folder,
    secrets: env.PGPASSWORD ? [env.PGPASSWORD] : [],
    ...(more.timeoutMs === undefined ? {} : { timeoutMs: more.timeoutMs }),
  });
}

async function previewed(python: ProjectPython): Promise<string> {
  const preview = await python.preview();
  if (preview.kind === "none") throw new Error(preview.reason);
  return preview.id;
}

async function answer(python: ProjectPython, dsn: string) {
  const checked = await python.check(dsn, await previewed(python), NEVER);
  if (!checked.ok) throw new Error(checked.error.message);
  return checked.value;
}

const withEnvironment = (): string => {
  const folder = projectFolder();
  virtualEnvironment(folder);
  return folder;
};

/** An interpreter that is a shell script: what a broken or odd environment can be. */
function oddPython(script: string): string {
  const folder = withEnvironment();
  const interpreter = path.join(folder, ".venv", "bin", "python");
  unlinkSync(interpreter);
  writeFileSync(interpreter, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

/** Accepts and stays silent; `reached` says when somebody came. */
async function silentServer(): Promise<{ readonly port: number; readonly reached: Promise<void> }> {
  const sockets: Socket[] = [];
  let come: () => void;
  const reached = new Promise<void>((resolve) => {
    come = resolve;
  });
  const server: Server = createServer((socket) => {
    sockets.push(socket.on("error", () => {}));
    socket.once("data", () => come());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as { port: number }).port, reached };
}

/** Processes whose command line holds a text. */
function processesWith(text: string): readonly string[] {
  const listed = execFileSync("ps", ["-eo", "pid="], { encoding: "utf8" }).split("\n");
  return listed.flatMap((line) => {
    try {
      const command = readFileSync(`/proc/${line.trim()}/cmdline`, "utf8");
      return command.includes(text) ? [command] : [];
    } catch {
      return [];
    }
  });
}

describe("what the project's own asyncpg says", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres({ version: 15, config: { log_statement: "all" } });
    await server.sql("postgres", "CREATE ROLE app LOGIN PASSWORD 'pa ss@wörd'");
  }, 120_000);
  afterAll(() => server?.remove());

  const refusal = async (dsn: string, env: NodeJS.ProcessEnv = {}): Promise<PythonOutcome> =>
    (await answer(pythonOf(withEnvironment(), { env }), dsn)).outcome;

  it("is its version, and who it is where, when it connects", async () => {
    const folder = withEnvironment();
    const said = await answer(
      pythonOf(folder),
      server.dsn({ user: "app", password: "pa ss@wörd", database: "postgres" }),
    );
    expect(said).toMatchObject({
      interpreter: path.join(folder, ".venv", "bin", "python"),
      python: PYTHON,
      asyncpg: ASYNCPG,
      outcome: {
        kind: "connected",
        user: "app",
        database: "postgres",
        address: `127.0.0.1:${server.port}`,
        tls: null,
      },
    });
  });

  it("is the socket's path over a socket", async () => {
    const dsn = `postgresql://postgres:${server.password}@/postgres?host=${server.socketDirectory}&port=${server.port}`;
    const said = await answer(pythonOf(withEnvironment()), dsn);
    expect(said.outcome).toMatchObject({ address: `${server.socketDirectory}/.s.PGSQL.${server.port}` });
  });

  it("takes what the string leaves open from the PG* variables, as the app would", async () => {
    const outcome = await refusal(`postgresql://127.0.0.1:${server.port}/postgres`, {
      PGUSER: "app",
      PGPASSWORD: "pa ss@wörd",
    });
    expect(outcome).toMatchObject({ kind: "connected", user: "app" });
  });

  it("is asyncpg's exception and SQLSTATE for a wrong password, which it does not repeat", async () => {
    const outcome = await refusal(server.dsn({ user: "app", password: "hunter2-secret" }));
    expect(outcome).toMatchObject({
      kind: "refused",
      exception: "asyncpg.exceptions.InvalidPasswordError",
      sqlstate: "28P01",
      message: 'password authentication failed for user "app"',
    });
  });

  it("is Python's own exception and errno where nobody listens", async () => {
    const outcome = await refusal(`postgresql://app:x@127.0.0.1:${await freePort()}/postgres`);
    expect(outcome).toMatchObject({ exception: "ConnectionRefusedError", errno: "ECONNREFUSED", sqlstate: null });
  });

  it("is the server's refusal of connect_timeout, which asyncpg sends on as a setting", async () => {
    const outcome = await refusal(`${server.dsn()}?connect_timeout=10`);
    expect(outcome).toMatchObject({ exception: "asyncpg.exceptions.UndefinedObjectError", sqlstate: "42704" });
  });

  it("does not repeat the pieces of a password with a raw @ or / that asyncpg takes for host and port", async () => {
    const looked = await refusal("postgresql://app:hun@ter2@127.0.0.1:5432/postgres");
    expect(looked).toMatchObject({ kind: "refused", exception: "socket.gaierror", errno: "EAI_NONAME" });
    const cut = await refusal("postgresql://app:hunter/two@127.0.0.1:5432/postgres");
    expect(cut).toMatchObject({ kind: "refused", exception: "ValueError" });
    expect(JSON.stringify(cut)).not.toMatch(/hunter|two/);
  });

  it("comes from a transaction that is read-only", async () => {
    await answer(pythonOf(withEnvironment()), server.dsn());
    expect(readFileSync(server.logFile, "utf8")).toMatch(/BEGIN READ ONLY/);
  });
});

describe("the command", () => {
  it("holds the whole script and no string, and names the interpreter as it lies in the project", async () => {
    const folder = withEnvironment();
    const preview = await pythonOf(folder).preview();
    expect(preview).toMatchObject({
      kind: "found",
      interpreter: path.join(folder, ".venv", "bin", "python"),
      python: "3.11.2",
      asyncpg: ASYNCPG,
      foundBy: ".venv in the project",
    });
    if (preview.kind !== "found") return;
    expect(preview.leadsTo).toMatch(/^\/usr\/bin\/python3/);
    expect(preview.command.slice(0, 3)).toEqual([preview.interpreter, "-I", "-c"]);
    expect(preview.display).toContain("asyncpg.connect(dsn, timeout=10)");
  });

  it("runs with no secret among the arguments of any process", async () => {
    const { port, reached } = await silentServer();
    const folder = withEnvironment();
    const python = pythonOf(folder);
    const controller = new AbortController();
    const secret = "hunter2-in-argv";
    const checking = python.check(
      `postgresql://app:${secret}@127.0.0.1:${port}/d`,
      await previewed(python),
      controller.signal,
    );
    await reached;
    const running = processesWith(folder);
    controller.abort();
    await checking;
    expect(running).toHaveLength(1);
    expect(running.join("\n")).not.toContain(secret);
    expect(processesWith(secret)).toEqual([]);
  });

  it("runs modules of the environment only, not files of the project that are called alike", async () => {
    const folder = withEnvironment();
    writeFileSync(path.join(folder, "asyncpg.py"), "raise SystemExit('shadowed')");
    writeFileSync(path.join(folder, "json.py"), "raise SystemExit('shadowed')");
    const said = await answer(pythonOf(folder), `postgresql://a:b@127.0.0.1:${await freePort()}/d`);
    expect(said.outcome).toMatchObject({ exception: "ConnectionRefusedError" });
  });

  it("is refused when it is not the one that was shown last, or the interpreter has changed since", async () => {
    const folder = withEnvironment();
    const python = pythonOf(folder);
    const old = await previewed(python);
    const last = await previewed(python);
    expect(await python.check("postgresql://h/d", old, NEVER)).toMatchObject({
      ok: false,
      error: { kind: "not-found" },
    });
    const interpreter = path.join(folder, ".venv", "bin", "python");
    unlinkSync(interpreter);
    symlinkSync("/bin/cat", interpreter);
    expect(await python.check("postgresql://h/d", last, NEVER)).toMatchObject({
      ok: false,
      error: { kind: "changed-meanwhile" },
    });
  });
});

describe("a check that does not come to an answer", () => {
  const isAlive = (pid: string): boolean =>
    existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  /** Waits until the process that the odd interpreter wrote down is gone. */
  const ended = (folder: string): Promise<void> =>
    expect.poll(() => isAlive(readFileSync(path.join(folder, "pid"), "utf8").trim()), { timeout: 5_000 }).toBe(false);
  const checkOdd = async (script: string, timeoutMs?: number) => {
    const folder = oddPython(script);
    const python = pythonOf(folder, timeoutMs === undefined ? {} : { timeoutMs });
    return { folder, checked: await python.check("postgresql://u:hunter2@h/d", await previewed(python), NEVER) };
  };

  it("ends the process when it is cancelled", async () => {
    const { port, reached } = await silentServer();
    const folder = withEnvironment();
    const python = pythonOf(folder);
    const controller = new AbortController();
    const checking = python.check(`postgresql://a:b@127.0.0.1:${port}/d`, await previewed(python), controller.signal);
    await reached;
    expect(processesWith(folder)).toHaveLength(1);
    controller.abort();
    expect(await checking).toMatchObject({ ok: false, error: { kind: "cancelled" } });
    await expect.poll(() => processesWith(folder), { timeout: 5_000 }).toEqual([]);
  });

  it("ends it, with all it started, when the time is over", async () => {
    const { folder, checked } = await checkOdd('echo $$ > "$PWD/pid"; exec sleep 600', 3_000);
    expect(checked).toMatchObject({ ok: false, error: { kind: "command-failed" } });
    expect(checked.ok ? "" : checked.error.message).toMatch(/no answer within 3 seconds/);
    await ended(folder);
  });

  it("ends it when it prints without end", async () => {
    const { folder, checked } = await checkOdd('echo $$ > "$PWD/pid"; exec yes');
    expect(checked.ok ? "" : checked.error.message).toMatch(/printed more than an answer/);
    await ended(folder);
  });

  it("says by which signal it was killed", async () => {
    const { checked } = await checkOdd("kill -SEGV $$");
    expect(checked.ok ? "" : checked.error.message).toMatch(/ended by SIGSEGV/);
  });

  it("repeats the last line it complained with, without the password", async () => {
    const { checked } = await checkOdd('read line; echo "bad $line" >&2; exit 1');
    expect(checked.ok ? "" : checked.error.message).toBe(
      'Python ended without an answer. bad "postgresql://u:***@h/d"',
    );
  });

  it("says when the interpreter cannot be started", async () => {
    const folder = withEnvironment();
    const python = pythonOf(folder);
    unlinkSync(path.join(folder, ".venv", "bin", "python"));
    writeFileSync(path.join(folder, ".venv", "bin", "python"), "no program", { mode: 0o644 });
    const checked = await python.check("postgresql://h/d", await previewed(python), NEVER);
    expect(checked).toMatchObject({ ok: false, error: { kind: "no-permission", code: "EACCES" } });
  });

  it("says that no project is open, or that it has been closed", async () => {
    expect(await pythonOf(null).preview()).toMatchObject({ kind: "none", reason: "No project is open." });
    const folder = withEnvironment();
    const python = pythonOf(folder);
    const id = await previewed(python);
    rmSync(folder, { recursive: true });
    expect(await python.check("postgresql://h/d", id, NEVER)).toMatchObject({
      ok: false,
      error: { kind: "changed-meanwhile" },
    });
  });
});
