import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answersPostgres, hearLine } from "../../electron/adapters/postgres/probe";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { createDiagnose } from "../../electron/use-cases/diagnose";
import { createServerRegistry } from "../../electron/use-cases/server-registry";
import { err, problem } from "../../shared/domain/result";
import { selfSigned } from "../servers/certificate";
import { POSTGRES_VERSIONS, startPostgres, type TestServer, whyUnavailable } from "../servers/postgres";
import { CASES, HBA, SETUP } from "./cases";

const table: string[] = [];
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
        config: {
          max_connections: "8",
          superuser_reserved_connections: "2",
          max_wal_senders: "0",
          ssl: "on",
          ssl_ca_file: "server.crt",
        },
        files: { "server.key": certificate.key, "server.crt": certificate.certificate },
      });
      const folder = path.dirname(server.dataDirectory);
      writeFileSync(path.join(folder, "root.crt"), certificate.certificate);
      writeFileSync(path.join(folder, "other.crt"), other.certificate);
      for (const statement of SETUP.split(";")) await server.sql("postgres", statement);
      for (const [name, owner] of [
        ["app", "app"],
        ["closed", "postgres"],
        ["open", "tlsonly"],
        ["shut", "postgres"],
      ]) {
        await server.sql("postgres", `CREATE DATABASE ${name} OWNER ${owner}`);
      }
      await server.sql("postgres", "REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
      await server.sql("app", "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
      await server.sql("app", "GRANT CREATE ON SCHEMA public TO app");
      await server.sql("open", "GRANT CREATE ON SCHEMA public TO PUBLIC");
      await server.sql("shut", "REVOKE ALL ON SCHEMA public FROM PUBLIC");
    });
    afterAll(() => server?.remove());

    it.each(CASES.map((one) => [one.name, one] as const))("%s", async (name, one) => {
      const diagnose = createDiagnose({
        registry: createServerRegistry(),
        openWire: createOpenWire({ home: path.dirname(server.dataDirectory) }),
        answersPostgres,
        hearLine,
        openAdministrator: async () => err(problem("no-permission", "Nobody is signed in.")),
        startServer: async () => err(problem("no-permission", "No.")),
        secrets: { newPassword: () => "unused", verifier: () => null },
        env: {},
        osUser: "nobody-here",
      });
      const undo = await one.before?.(server);
      try {
        const { report } = await diagnose.run(one.dsn(server), {
          emit: () => {},
          signal: new AbortController().signal,
        });
        const got = report.diagnosis?.id ?? null;
        const right = got === one.expected;
        table.push(
          `${(one.expected ?? "(connects)").padEnd(38)} ${String(version).padEnd(4)} ${right ? "right" : `WRONG: ${got}`}   ${name}`,
        );
        expect({ id: got, summary: report.rungs.find((rung) => rung.status === "fail")?.summary }).toMatchObject({
          id: one.expected,
        });
        expect(report.ok).toBe(one.expected === null);
        for (const id of one.warns ?? []) expect(report.warnings.map((warning) => warning.id)).toContain(id);
        if (!one.warns) expect(report.warnings).toEqual([]);
      } finally {
        await undo?.();
      }
    });
  });
}

afterAll(() => {
  const wrong = table.filter((line) => line.includes("WRONG")).length;
  process.stdout.write(
    `\ndiagnosis                              on   result\n${table.sort().join("\n")}\n${table.length - wrong} right, ${wrong} wrong\n`,
  );
});
