import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POSTGRES_VERSIONS, type TestServer, whyUnavailable } from "../servers/postgres";
import { startCaseServer } from "./case-server";
import { CASES, OLD, oldDsn } from "./cases";
import { MOMENTS } from "./moments";
import { climbed } from "./plain-diagnose";
import { createVerdicts } from "./verdicts";

const verdicts = createVerdicts();

for (const version of POSTGRES_VERSIONS) {
  const missing = await whyUnavailable(version);
  describe.skipIf(missing !== null)(`PostgreSQL ${version}${missing ? ` (${missing})` : ""}`, () => {
    let server: TestServer;

    beforeAll(async () => {
      server = await startCaseServer(version);
    });
    afterAll(() => server?.remove());

    const cases = CASES.filter(({ since = 0 }) => version >= since);
    it.each(cases.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
      const undo = await one.before?.(server);
      try {
        verdicts.judge(String(version), one, await climbed(one.dsn(server)));
      } finally {
        await undo?.();
      }
    });

    it.each(OLD.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
      const { dsn, end } = await oldDsn(server, one.uuid);
      try {
        verdicts.judge(String(version), one, await climbed(dsn));
      } finally {
        await end();
      }
    });

    it.each(MOMENTS.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
      const { dsn, end, expected = one.expected } = await one.come(server);
      try {
        verdicts.judge(String(version), { ...one, expected }, await climbed(dsn));
      } finally {
        await end();
      }
    });
  });
}

afterAll(() => {
  verdicts.print("PostgreSQL 13 to 18");
  expect(true).toBe(true);
});
