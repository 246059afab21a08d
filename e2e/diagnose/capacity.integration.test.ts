import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DiagnoseReport } from "../../shared/domain/diagnosis";
import { startPostgres, type TestServer, whyUnavailable } from "../servers/postgres";
import { at } from "./case";
import { climbed } from "./plain-diagnose";
import { GENERATED_MAIN, PASSING_MAIN, withProject } from "./project-files";
import { occupy, openAs } from "./sessions";
import { createVerdicts } from "./verdicts";

const verdicts = createVerdicts();
afterAll(() => verdicts.print("Room for the pool"));

/** How many of these are free is not asked for to the last one: a session counts until its process is gone. */
const LIMIT = 30;

/** What the project says, and what the warning must make of it. */
const POOLS = [
  {
    name: "max_pool_size=50 in main.py",
    files: { "main.py": "app = Aksara(database_url=settings.database_url, min_pool_size=5, max_pool_size=50)\n" },
    says: /may open 50 connections \(max_pool_size=50 in main\.py\) and \d+ fit: set max_pool_size=\d+ in Aksara\(\)\./,
  },
  {
    name: "AKSARA_POOL_SIZE before AKSARA_POOL_MAX_SIZE in .env",
    files: { "main.py": PASSING_MAIN, ".env": "AKSARA_POOL_MAX_SIZE=3\nAKSARA_POOL_SIZE=40\n" },
    says: /may open 40 connections \(AKSARA_POOL_SIZE=40 in \.env\) and \d+ fit: set AKSARA_POOL_SIZE=\d+ in \.env\./,
  },
  {
    name: "an exported size before .env",
    files: { "main.py": PASSING_MAIN, ".env": "AKSARA_POOL_MAX_SIZE=3\n" },
    env: { AKSARA_POOL_MAX_SIZE: "45" },
    says: /\(AKSARA_POOL_MAX_SIZE=45 in this environment\)/,
  },
  {
    name: "configure() before the variables",
    files: { "main.py": PASSING_MAIN, "settings.py": "configure(pool_max_size=60)\n", ".env": "AKSARA_POOL_SIZE=3\n" },
    says: /\(pool_max_size=60 in settings\.py\)/,
  },
  {
    name: "two workers with Aksara's own 20",
    files: { "main.py": `${GENERATED_MAIN}uvicorn.run("main:app", workers=2)\n`, ".env": "AKSARA_POOL_SIZE=3\n" },
    says: /The app's 2 pools may open 40 connections \(Aksara's own 20; workers=2 in main\.py\) and \d+ fit: set max_pool_size=1\d in Aksara\(\)\. AKSARA_POOL_SIZE in \.env changes nothing/,
  },
  {
    name: "workers that uvicorn takes from the environment",
    files: { "main.py": PASSING_MAIN, ".env": "AKSARA_POOL_MAX_SIZE=10\n" },
    env: { WEB_CONCURRENCY: "10" },
    says: /\(AKSARA_POOL_MAX_SIZE=10 in \.env; WEB_CONCURRENCY=10 in this environment\) and \d+ fit: set AKSARA_POOL_MAX_SIZE=\d and AKSARA_POOL_MIN_SIZE=\d in \.env\./,
  },
] as const;

for (const version of [13, 15, 17, 18] as const) {
  const missing = await whyUnavailable(version);
  describe.skipIf(missing !== null)(`PostgreSQL ${version}${missing ? ` (${missing})` : ""}`, () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startPostgres({
        version,
        config: { max_connections: "40", superuser_reserved_connections: "2" },
        hba: ["local all all trust", "host all all 127.0.0.1/32 scram-sha-256"],
      });
      for (const sql of [
        `CREATE ROLE app LOGIN PASSWORD 'right' CONNECTION LIMIT ${LIMIT}`,
        "CREATE ROLE filler LOGIN",
        "CREATE DATABASE app OWNER app",
        "CREATE ROLE watcher LOGIN PASSWORD 'right' IN ROLE pg_read_all_stats; GRANT ALL ON DATABASE app TO watcher",
      ]) {
        await server.sql("postgres", sql);
      }
      await server.sql("app", "GRANT CREATE ON SCHEMA public TO watcher");
    });
    afterAll(() => server?.remove());

    it.each(POOLS.map((one) => [one.name, one] as const))("%s, under a limit of 30", async (name, pool) => {
      const env = "env" in pool ? pool.env : {};
      const report = await withProject(pool.files, env, (parts) => climbed(at(server, "app:right"), parts));
      verdicts.judge(String(version), { name, expected: null, warns: ["capacity.pool-too-large"] }, report);
      expect(report.warnings[0]?.message).toMatch(pool.says);
    });

    it("a pool that fits, by the project's own small size", async () => {
      const files = { "main.py": PASSING_MAIN, ".env": "AKSARA_POOL_SIZE=8\nAKSARA_POOL_MIN_SIZE=2\n" };
      const report = await withProject(files, {}, (parts) => climbed(at(server, "app:right"), parts));
      verdicts.judge(String(version), { name: "AKSARA_POOL_SIZE=8", expected: null }, report);
    });

    describe("with 34 of 38 connections taken", () => {
      const ends: (() => Promise<void>)[] = [];
      beforeAll(async () => {
        ends.push(await occupy(server, "filler", 33));
        const busy = await openAs(server, "filler");
        await busy.query("SET application_name = 'night report'");
        await busy.query("BEGIN");
        ends.unshift(() => busy.end());
      });
      afterAll(async () => {
        for (const end of ends) await end();
      });
      const fillers = (report: DiagnoseReport): readonly unknown[] => {
        const holders = report.rungs.find(({ id }) => id === "capacity")?.evidence.holders;
        return Array.isArray(holders) ? holders.filter(({ role }: { readonly role: string }) => role === "filler") : [];
      };

      it("names who holds them, with what an ordinary role may see", async () => {
        const report = await climbed(at(server, "app:right"));
        const warns = ["capacity.nearly-full", "capacity.pool-too-large"];
        verdicts.judge(String(version), { name: "34 held by others", expected: null, warns }, report);
        expect(fillers(report)).toEqual([
          { role: "filler", application: expect.any(String), state: null, sessions: 33 },
          { role: "filler", application: "night report", state: null, sessions: 1 },
        ]);
        expect(report.warnings[0]?.message).toMatch(/Held: 33 by filler.*, 1 by filler \(night report\)\.$/);
      });

      it("tells their states to a role that may read statistics", async () => {
        const report = await climbed(at(server, "watcher:right"));
        expect(fillers(report)).toEqual([
          expect.objectContaining({ role: "filler", state: "idle", sessions: 33 }),
          { role: "filler", application: "night report", state: "idle in transaction", sessions: 1 },
        ]);
        expect(report.warnings[0]?.message).toContain("1 by filler (night report, idle in transaction)");
      });
    });
  });
}
