import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { virtualEnvironment } from "../../e2e/app/virtual-environment";
import { startPostgres, type TestServer } from "../../e2e/servers/postgres";
import { projectFolder } from "../../electron/adapters/project-python.fixture";
import { compose } from "../../electron/compose";
import { readArguments } from "../args";
import type { Terminal } from "../terminal";
import { checkPython } from "./check-python";

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres({ version: 15 });
}, 120_000);
afterAll(() => server?.remove());

/** Runs the command as typed in a project; what it printed to which side. */
async function typed(project: string, args: readonly string[], input = "") {
  const read = readArguments(["check-python", "--project", project, ...args]);
  const said = { out: "", err: "", document: null as unknown };
  const terminal: Terminal = {
    json: read.flag("json"),
    showSecrets: false,
    signal: new AbortController().signal,
    line: (text = "") => {
      said.out += `${text}\n`;
    },
    progress: (text) => {
      said.err += `${text}\n`;
    },
    status: () => {},
    paint: (_, text) => text,
    document: (value) => {
      said.document = value;
    },
    input: async () => input,
  };
  const env = { PATH: "/usr/bin:/bin", HOME: project, AKSARA_DATABASE_SETUP_HOME: path.join(project, "data") };
  const code = await checkPython.run({ args: read, terminal, app: compose({ env }) });
  return { code, ...said };
}

it("shows the command on standard error, connects with the string from standard input, and exits 0", async () => {
  const project = projectFolder();
  const interpreter = virtualEnvironment(project);
  const { code, out, err } = await typed(project, ["--dsn-stdin"], server.dsn());
  expect(code).toBe(0);
  expect(err).toContain(`${interpreter} -I -c '`);
  expect(err).toContain("asyncpg.connect(dsn, timeout=10)");
  expect(out).toMatch(/^Python 3\.\d+\.\d+, asyncpg \d/);
  expect(out).toMatch(/Answer +Connects\nAddress +127\.0\.0\.1:\d+\nUser +postgres\n/);
  expect(out + err).not.toContain(server.password);
});

it("takes the project's own string, and prints the refusal as one document with exit 1", async () => {
  const project = projectFolder();
  virtualEnvironment(project);
  writeFileSync(path.join(project, ".env"), `DATABASE_URL=${server.dsn({ password: "hunter2" })}\n`);
  const { code, document } = await typed(project, ["--json"]);
  expect(code).toBe(1);
  expect(document).toMatchObject({
    problem: null,
    answer: { outcome: { kind: "refused", exception: "asyncpg.exceptions.InvalidPasswordError", sqlstate: "28P01" } },
  });
  expect(JSON.stringify(document)).not.toContain("hunter2");
});

it("says what is missing where there is no Python with asyncpg, and runs nothing", async () => {
  const project = projectFolder();
  virtualEnvironment(project, { systemPackages: false });
  const { code, out, err } = await typed(project, [server.dsn()]);
  expect([code, err]).toEqual([1, ""]);
  expect(out).toMatch(/has no asyncpg\. Install it there: .*pip install asyncpg/);
});
