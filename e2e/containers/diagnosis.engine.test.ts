import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, compose } from "../../electron/compose";
import type { DiagnoseReport } from "../../shared/domain/diagnosis";
import { createVerdicts } from "../diagnose/verdicts";
import { importImage, startEngine, type TestEngine, whyNoEngine } from "./engine";
import { makeContainers, untilAnswers } from "./run";
import { IMAGE, type Situation } from "./situations";

const job = () => ({ emit: () => {}, signal: new AbortController().signal });
const verdicts = createVerdicts();

/** Stands in the log, in a statement: nothing of it may be shown. */
const LOGGED = "logged-canary-word";
const settings = ["-e", "POSTGRES_PASSWORD=right-word", "-e", "POSTGRES_DB=app"];
const PORTS = { framed: 55480, terminal: 55481, failing: 55482 } as const;

const made = (name: string, args: readonly string[], setting = "log_statement=all"): Situation => ({
  name,
  args: [...settings, ...args],
  command: ["postgres", "-c", setting],
  card: null,
});

/** The rules of both servers, by their lines. */
const HBA = [
  "local all all trust",
  "host all identified all ident",
  "host all turned-away all reject",
  "host all all all scram-sha-256",
];
const lineOf = (words: string): string => `Line ${HBA.findIndex((line) => line.includes(words)) + 1} of pg_hba.conf`;

const ROLES = [
  `CREATE ROLE app LOGIN PASSWORD '${LOGGED}'`,
  "CREATE ROLE identified LOGIN PASSWORD 'right'",
  "CREATE ROLE unset LOGIN",
  "CREATE ROLE expired LOGIN PASSWORD 'right' VALID UNTIL '2001-01-01'",
  // Last: the setting holds for the rest of the session.
  "SET password_encryption = md5; CREATE ROLE md5secret LOGIN PASSWORD 'right'",
];

/** What stands behind a refusal that looks the same from outside. */
const REFUSALS = [
  { user: "app:wrong", expected: "authenticate.password-rejected", title: "is not the one the role has" },
  { user: "missing:right", expected: "authenticate.role-missing", title: 'There is no role called "missing"' },
  { user: "unset:right", expected: "authenticate.password-rejected", title: "has no password" },
  { user: "expired:right", expected: "authenticate.password-rejected", title: "has expired" },
  { user: "md5secret:right", expected: "authenticate.password-rejected", title: "stored as MD5" },
] as const;

describe.runIf(whyNoEngine() === null)("a climb to PostgreSQL in a container of a real Docker Engine", () => {
  let engine: TestEngine;
  let home: string;
  let app: App;

  async function prepare(name: "framed" | "terminal"): Promise<void> {
    await untilAnswers(`127.0.0.1:${PORTS[name]}`);
    const rules = `printf '%s\\n' ${HBA.map((line) => `'${line}'`).join(" ")} > $PGDATA/pg_hba.conf`;
    await engine.docker("exec", name, "bash", "-c", rules);
    const statements = [...ROLES, "SELECT pg_reload_conf()"].flatMap((sql) => ["-c", sql]);
    await engine.docker("exec", name, "psql", "-U", "postgres", "-v", "ON_ERROR_STOP=1", ...statements);
  }

  async function climbed(dsn: string): Promise<DiagnoseReport> {
    return (await app.diagnose.run(dsn, job())).report;
  }

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), "aksara-home-"));
    engine = await startEngine();
    await importImage(engine, IMAGE);
    await makeContainers(engine, [
      made("framed", ["-p", `127.0.0.1:${PORTS.framed}:5432`]),
      made("terminal", ["-t", "-p", `127.0.0.1:${PORTS.terminal}:5432`]),
      made("failing", ["-p", `127.0.0.1:${PORTS.failing}:5432`], "shared_preload_libraries=not-there"),
      made("hidden", []),
    ]);
    await prepare("framed");
    await prepare("terminal");
    const env = { PATH: process.env.PATH, HOME: home, AKSARA_DATABASE_SETUP_HOME: home, DOCKER_HOST: engine.host };
    app = compose({ env });
    await app.scan.run(job());
  });
  afterAll(async () => {
    verdicts.print("In containers");
    await engine?.kill();
    await rm(home, { recursive: true, force: true });
  });

  describe.each(["framed", "terminal"] as const)("the log of the container %s", (name) => {
    const dsn = (user: string): string => `postgresql://${user}@127.0.0.1:${PORTS[name]}/app`;

    it.each(REFUSALS.map((one) => [one.title, one] as const))(
      "28P01: %s",
      async (_title, { user, expected, title }) => {
        const report = await climbed(dsn(user));
        verdicts.judge(name, { name: `28P01, its log: ${title}`, expected }, report);
        expect(report.diagnosis).toMatchObject({ confidence: "certain", title: expect.stringContaining(title) });
        expect(report.diagnosis?.explanation).toContain(`The server's log says (docker logs ${name})`);
        expect(report.diagnosis?.explanation).toContain(lineOf("scram"));
      },
    );

    it("names the line of pg_hba.conf that asks for ident", async () => {
      const report = await climbed(dsn("identified"));
      verdicts.judge(name, { name: "ident, with its line", expected: "authenticate.ident-rejected" }, report);
      expect(report.diagnosis?.explanation).toContain(lineOf("ident"));
    });

    it("lets a role in by a line with the address that the container sees, and takes it out again", async () => {
      const before = await app.diagnose.run(dsn("identified:right"), job());
      expect(before.report.diagnosis?.id).toBe("authenticate.ident-rejected");
      const preview = await app.diagnose.previewRemedy(before.runId, "add-hba-line");
      expect(preview).toMatchObject({ ok: true, value: { problem: null, steps: [{}, {}] } });
      const line = preview.ok ? (preview.value.steps[0]?.command ?? "") : "";
      expect(line).toMatch(/host "app" "identified" 172\.\d+\.\d+\.1\/32 scram-sha-256$/);
      expect(await app.diagnose.runRemedy(before.runId, "add-hba-line", job())).toMatchObject({ ok: true });
      // It may create nothing there, but it is in.
      expect((await climbed(dsn("identified:right"))).rungs.find(({ id }) => id === "database")?.status).toBe("pass");
      expect(await app.diagnose.undoRemedy(before.runId, "add-hba-line", job())).toMatchObject({ ok: true });
      expect((await climbed(dsn("identified:right"))).diagnosis?.id).toBe("authenticate.ident-rejected");
    });

    it("shows no line of itself, and no password that stands in it", async () => {
      expect(await engine.shell([`docker logs ${name} 2>&1`])).toContain(LOGGED);
      const outcomes = [await climbed(dsn("app:wrong")), await climbed(dsn("turned-away:wrong"))];
      expect(JSON.stringify(outcomes)).not.toMatch(new RegExp(`${LOGGED}|DETAIL|FATAL: {2}|CREATE ROLE app`));
    });
  });

  it("does without the log of an engine that hangs", async () => {
    engine.freeze();
    try {
      const report = await climbed(`postgresql://unset:right@127.0.0.1:${PORTS.framed}/app`);
      verdicts.judge("framed", { name: "28P01, no log", expected: "authenticate.password-rejected" }, report);
      expect(report.diagnosis?.title).toContain("has no password");
      expect(report.diagnosis?.explanation).toContain("Looked up as");
    } finally {
      engine.thaw();
    }
  });

  it("says that a container ended while it started, and that its log has the reason", async () => {
    // The first start makes the database and takes its time; the second one ends at once.
    await engine.docker("wait", "failing");
    await engine.docker("start", "-a", "failing").catch(() => undefined);
    await app.scan.run(job());
    const report = await climbed(`postgresql://app:right@127.0.0.1:${PORTS.failing}/app`);
    verdicts.judge("failing", { name: "it ends at its start", expected: "install.failed-start" }, report);
    expect(report.diagnosis?.explanation).toContain("It ended right after its start with exit code 1.");
    expect(report.diagnosis?.remedies.map(({ id }) => id)).toContain("start-server");
  });

  it("offers the container that publishes no port beside those that answer elsewhere, and first where none does", async () => {
    const dsn = "postgresql://app:right@127.0.0.1:5432/app";
    const beside = { name: "not published, others run", expected: "reach.wrong-port", also: ["reach.not-published"] };
    verdicts.judge("hidden", beside, await climbed(dsn));
    await engine.docker("kill", "framed", "terminal");
    await app.scan.run(job());
    // The engines of other test files run beside this one: what answers there is not of this computer.
    for (const { server } of app.registry.all()) if (server.state === "running") app.registry.remove(server.id);
    const report = await climbed(dsn);
    verdicts.judge("hidden", { name: "its port is not published", expected: "reach.not-published" }, report);
    expect(report.diagnosis).toMatchObject({
      confidence: "likely",
      title: expect.stringContaining("Docker · hidden"),
      explanation: expect.stringContaining("Nothing listens on 127.0.0.1:5432."),
    });
  });
});
