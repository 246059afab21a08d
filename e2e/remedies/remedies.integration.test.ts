import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONFIG, HBA, IN_DATABASES, MD5_ROLE, SETUP } from "../diagnose/cases-server";
import { createAuthority, selfSigned } from "../servers/certificate";
import { POSTGRES_VERSIONS, startPostgres, type TestServer, whyUnavailable } from "../servers/postgres";
import type { RemedyCase } from "./case";
import { DATABASE } from "./cases-database";
import { ENCRYPT } from "./cases-encrypt";
import { REACH } from "./cases-reach";
import { SIGN_IN } from "./cases-sign-in";
import { climb, findServer, job, mend, remedyOf, type Workplace, workplace } from "./mended";

const CASES: readonly RemedyCase[] = [...SIGN_IN, ...DATABASE, ...ENCRYPT, ...REACH];
const own = selfSigned("db.example", ["DNS:db.example"]);
const authority = createAuthority("The test's authority");
const signed = authority.sign({ commonName: "localhost", names: ["DNS:localhost"] });
const lines: string[] = [];

const failedRung = (report: Awaited<ReturnType<typeof climb>>["report"]): string | undefined =>
  report.rungs.find(({ status }) => status === "fail")?.id;

for (const version of POSTGRES_VERSIONS) {
  const missing = await whyUnavailable(version);
  describe.skipIf(missing !== null)(`remedies on PostgreSQL ${version}${missing ? ` (${missing})` : ""}`, () => {
    let server: TestServer;
    let place: Workplace;

    beforeAll(async () => {
      server = await startPostgres({
        version,
        hba: HBA,
        config: CONFIG,
        files: {
          "server.key": own.key,
          "server.crt": own.certificate,
          "chain.key": signed.key,
          "chain.crt": signed.certificate + authority.certificate,
        },
      });
      const folder = path.dirname(server.dataDirectory);
      writeFileSync(path.join(folder, "root.crt"), own.certificate);
      writeFileSync(path.join(folder, "authority.crt"), authority.certificate);
      for (const statement of SETUP.split(";")) await server.sql("postgres", statement);
      await server.sql("postgres", MD5_ROLE);
      for (const [database, sql] of IN_DATABASES) await server.sql(database, sql);
      place = workplace();
      await findServer(place, server);
    });
    afterAll(async () => {
      place?.remove();
      await server?.remove();
    });

    const cases = CASES.filter(({ versions }) => versions?.(version) ?? true);
    it.each(cases.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
      const { app } = place;
      const clear = await one.breaks?.(server);
      try {
        const dsn = one.dsn(server);
        const before = await climb(app, dsn);
        expect({ id: before.report.diagnosis?.id, failed: before.report.rungs }).toMatchObject({ id: one.expected });
        const mended = await mend(app, before, dsn, one);
        const after = await climb(app, mended.dsn);
        expect(after.report.diagnosis).toBeNull();
        expect(after.report.ok).toBe(true);
        const rung = failedRung(before.report);
        expect(after.report.rungs.find(({ id }) => id === rung)?.status).not.toBe("fail");

        const undone = remedyOf(before, one.remedy).kind === "edit" ? "the former string" : mended.undo.join("; ");
        expect(undone).not.toBe("");
        if (mended.undo.length > 0) {
          const back = await app.diagnose.undoRemedy(before.runId, one.remedy, job());
          expect(back).toMatchObject({ ok: true, problem: null, undo: [] });
          if (mended.dsn !== dsn) expect(back.dsn).toBe(dsn);
        }
        const again = await climb(app, dsn);
        expect(again.report.diagnosis?.id).toBe(one.expected);
        lines.push(`${one.remedy.padEnd(22)} ${one.expected.padEnd(38)} ${version}  undo: ${undone}`);
      } finally {
        await clear?.();
      }
    });
  });
}

afterAll(() => {
  authority.remove();
  process.stdout.write(`\nMended and taken back: ${lines.length}\n${lines.sort().join("\n")}\n`);
});
