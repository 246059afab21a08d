import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { readServerLog } from "../../electron/adapters/server-log";
import { isStandby } from "../../electron/adapters/standby-signal";
import { POSTGRES_VERSIONS, startPostgres, type TestServer, whyUnavailable } from "../servers/postgres";
import { MOMENTS } from "./moments";
import { createVerdicts } from "./verdicts";
import { job, type WorldOptions, world } from "./world";

const verdicts = createVerdicts();
afterAll(() => verdicts.print("A standby that lets nobody in"));

const closed = MOMENTS.find(({ name }) => name === "standby with hot_standby = off");

/** What tells a closed standby of PostgreSQL 13, which says "starting up" for ever, from a server that starts. */
const KNOWN_BY: readonly (readonly [name: string, knowledge: WorldOptions])[] = [
  ["its data directory", { isStandby }],
  ["its log", { readLog: readServerLog }],
];

for (const version of POSTGRES_VERSIONS) {
  const missing = await whyUnavailable(version);
  describe.skipIf(missing !== null)(`PostgreSQL ${version}${missing ? ` (${missing})` : ""}`, () => {
    let server: TestServer;
    beforeEach(async () => {
      server = await startPostgres({ version });
      await server.sql("postgres", "CREATE ROLE app LOGIN PASSWORD 'right'");
      await server.sql("postgres", "CREATE DATABASE app OWNER app");
      await server.stop();
    });
    afterEach(() => server?.remove());

    it.each(KNOWN_BY)("is known by %s", async (name, knowledge) => {
      if (!closed) throw new Error("there is no such moment");
      const { dsn, end } = await closed.come(server);
      try {
        // Up to 13 it answers in the same words before and after it has become one.
        await expect.poll(() => readFileSync(server.logFile, "utf8")).toContain("entering standby mode");
        const { report } = await world(server, knowledge).run(dsn, job());
        verdicts.judge(String(version), { name: `by ${name}`, expected: "server.recovering" }, report);
        expect(report.diagnosis).toMatchObject({ confidence: "certain", title: expect.stringContaining("standby") });
        expect(report.alternatives).toEqual([]);
      } finally {
        await end();
      }
    });
  });
}
