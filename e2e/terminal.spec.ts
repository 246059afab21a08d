import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { createHome, type Home } from "./app/home";
import { createProject } from "./app/projects";
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

test("npm start with neither display nor terminal is a demonstration that ends in a proven .env", () => {
  const run = spawnSync(process.execPath, ["scripts/start.mjs"], {
    cwd: workTree(),
    env: { PATH: process.env.PATH ?? "", HOME: home.path, AKSARA_DATABASE_SETUP_HOME: home.data },
    encoding: "utf8",
    input: "",
    timeout: 80_000,
  });
  expect(run.status, run.stderr).toBe(0);
  expect(run.stdout).toContain("There is no display here");
  const folder = /An example project: (.*)/.exec(run.stdout)?.[1] ?? "";
  expect(judge(`${folder}/.env`)).toMatchObject({ rows: 1, user: "ticket_desk" });
  expect(run.stdout).toContain("wizard --project");
});

/** Answers a program's questions on a terminal of its own (a pseudo-terminal of Python's), and gives back what it showed. */
const TERMINAL = `
import json, os, pty, re, sys
words, answers = json.loads(sys.argv[1]), json.loads(sys.argv[2])
pid, terminal = pty.fork()
if pid == 0:
    os.execv(words[0], words)
shown, at = "", 0
while True:
    try:
        part = os.read(terminal, 65536).decode(errors="replace")
    except OSError:
        break
    if not part:
        break
    shown += part
    while answers and answers[0][0] in shown[at:]:
        at = shown.index(answers[0][0], at) + len(answers[0][0])
        answer = answers.pop(0)[1]
        # "@text" chooses the entry of the list with that text.
        listed = re.findall(r"(\\d+)  " + re.escape(answer[1:]), shown) if answer.startswith("@") else []
        os.write(terminal, ((listed[-1] if listed else answer) + "\\n").encode())
_, status = os.waitpid(pid, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "shown": shown}))
`;

test("the wizard asks, shows every step before a yes, and ends in a proven .env; the typed password never shows", () => {
  const project = createProject("asked");
  const questions = [
    ["Which server", "@Somewhere else"],
    ["Connection string or host", `127.0.0.1:${server.port}`],
    ["Administrator", "postgres"],
    ["Password", server.password],
    ["Database", "asked_db"],
    ["Role that owns it", "asked_role"],
    ["Pool", "2"],
    ["Run this", "yes"],
  ];
  const words = [process.execPath, path.join(workTree(), "out", "cli.cjs"), "wizard", "--project", project.path];
  const env = { PATH: process.env.PATH ?? "", TERM: "xterm", HOME: home.path, AKSARA_DATABASE_SETUP_HOME: home.data };
  const run = spawnSync("/usr/bin/python3", ["-c", TERMINAL, JSON.stringify(words), JSON.stringify(questions)], {
    env,
    encoding: "utf8",
    timeout: 60_000,
  });
  const { code, shown } = JSON.parse(run.stdout) as { code: number; shown: string };
  expect(code, shown).toBe(0);
  expect(shown.indexOf("CREATE ROLE")).toBeGreaterThan(0);
  expect(shown.indexOf("CREATE ROLE")).toBeLessThan(shown.indexOf("Run this"));
  expect(shown).not.toContain(server.password);
  expect(judge(`${project.path}/.env`)).toMatchObject({ user: "asked_role", database: "asked_db", rows: 1 });
  project.remove();
});
