import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { selfSigned } from "../servers/certificate";
import { POSTGRES_VERSIONS, startPostgres, type TestServer, whyUnavailable } from "../servers/postgres";
import { CASES, OLD, oldDsn } from "./cases";
import { CONFIG, HBA, IN_DATABASES, MD5_ROLE, SETUP } from "./cases-server";
import { MOMENTS } from "./moments";
import { climbed } from "./plain-diagnose";
import { createVerdicts } from "./verdicts";

const verdicts = createVerdicts();
const certificate = selfSigned("db.example", ["DNS:db.example"]);
const other = selfSigned("other.example");

for (const version of POSTGRES_VERSIONS) {
  const missing = await whyUnavailable(version);
  describe.skipIf(missing !== null)(`PostgreSQL ${version}${missing ? ` (${missing})` : ""}`, () => {
    let server: TestServer;

    beforeAll(async () => {
      server = await startPostgres({
        version,
        hba: HBA,
        config: CONFIG,
        files: { "server.key": certificate.key, "server.crt": certificate.certificate },
      });
      const folder = path.dirname(server.dataDirectory);
      writeFileSync(path.join(folder, "root.crt"), certificate.certificate);
      writeFileSync(path.join(folder, "other.crt"), other.certificate);
      for (const statement of SETUP.split(";")) await server.sql("postgres", statement);
      await server.sql("postgres", MD5_ROLE);
      for (const [database, sql] of IN_DATABASES) await server.sql(database, sql);
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
