import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { DiagnoseReport } from "../../shared/domain/diagnosis";
import { extensionFolder } from "../servers/extension-files";
import { startPostgres, type TestServer, whyUnavailable } from "../servers/postgres";
import { at } from "./case";
import { climbed } from "./plain-diagnose";
import { GENERATED_MAIN, withProject } from "./project-files";
import { openAs } from "./sessions";
import { createVerdicts } from "./verdicts";

const verdicts = createVerdicts();
afterAll(() => verdicts.print("What the server offers"));

/**
 * pgvector itself cannot be had for these servers. Its place takes an extension of the same name with a control file
 * as pgvector's and a type `vector`: to the catalogue, and to CREATE EXTENSION, the two look alike.
 */
const CONTROL = "comment = 'stands in for pgvector'\ndefault_version = '0.8.0'\nrelocatable = true\n";
const SCRIPT = "CREATE DOMAIN vector AS real[];\n";

const VECTORS = { "main.py": GENERATED_MAIN, "app/models.py": "embedding = fields.Vector(dimensions=3)\n" };
const PLAIN = { "main.py": GENERATED_MAIN, "app/models.py": "name = fields.String()  # no fields.Vector here\n" };

const rungOf = (report: DiagnoseReport, id: string) => report.rungs.find((rung) => rung.id === id);
const messages = (report: DiagnoseReport): string => report.warnings.map(({ message }) => message).join("\n");

for (const version of [13, 15, 17, 18] as const) {
  const missing = await whyUnavailable(version);
  describe.skipIf(missing !== null)(`PostgreSQL ${version}${missing ? ` (${missing})` : ""}`, () => {
    let server: TestServer;
    const here = (name: string): string => path.join(extensionFolder(server.dataDirectory), name);
    const dsn = (): string => at(server, "app:right");
    const judge = async (
      name: string,
      files: Readonly<Record<string, string>>,
      warns: readonly string[],
      string = dsn(),
    ): Promise<DiagnoseReport> => {
      const report = await withProject(files, {}, (parts) => climbed(string, parts));
      verdicts.judge(String(version), { name, expected: null, ...(warns.length > 0 ? { warns } : {}) }, report);
      expect(report.warnings.map(({ id }) => id)).toEqual(warns);
      return report;
    };
    const supply = (control = CONTROL): void => {
      writeFileSync(here("vector.control"), control);
      writeFileSync(here("vector--0.8.0.sql"), SCRIPT);
    };
    /** Whether the role can really do it; nothing of it stays. */
    const createAs = async (user: string): Promise<string | null> => {
      const session = await openAs(server, user, "app");
      try {
        await session.query("BEGIN");
        const made = await session.query("CREATE EXTENSION vector WITH SCHEMA public");
        return made.ok ? null : made.error.sqlstate;
      } finally {
        await session.end();
      }
    };

    beforeAll(async () => {
      server = await startPostgres({
        version,
        extensionFiles: {},
        hba: ["local all all trust", "host all all 127.0.0.1/32 scram-sha-256"],
      });
      await server.sql("postgres", "CREATE ROLE app LOGIN PASSWORD 'right'");
      await server.sql("postgres", "CREATE DATABASE app OWNER app");
    });
    afterAll(() => server?.remove());
    afterEach(async () => {
      await server.sql("app", "DROP EXTENSION IF EXISTS vector");
      for (const name of ["vector.control", "vector--0.8.0.sql"]) rmSync(here(name), { force: true });
    });

    it("shows keys, JSONB, indexes and pgvector as evidence", async () => {
      const rung = rungOf(await judge("nothing lacks", PLAIN, []), "privileges");
      expect(rung).toMatchObject({
        status: "pass",
        summary: expect.stringMatching(/UUID, JSONB, 6 index types · no pgvector$/),
      });
      expect(rung?.evidence).toMatchObject({
        genRandomUuid: "usable",
        indexMethods: ["brin", "btree", "gin", "gist", "hash", "spgist"],
        jsonbOperators: ["jsonb_ops", "jsonb_path_ops"],
        pgvector: { version: null, schema: null, onServer: null, mayCreate: null, usedBy: null },
      });
    });

    it("names the package where the server has no pgvector and the project stores vectors", async () => {
      const report = await judge("no files of pgvector", VECTORS, ["privileges.extension-missing"]);
      expect(messages(report)).toMatch(/^app\/models\.py uses fields\.Vector, and app has no pgvector/);
      expect(messages(report)).toContain(`postgresql-${version}-pgvector`);
      expect(rungOf(report, "privileges")?.status).toBe("warn");
    });

    it.each([
      ["who must be a superuser", CONTROL, false],
      ["that is trusted", `${CONTROL}trusted = true\n`, true],
      ["that needs no superuser", `${CONTROL}superuser = false\n`, true],
    ] as const)("tells who may create a pgvector %s, and it is so", async (_which, control, may) => {
      supply(control);
      const report = await judge("pgvector not created", VECTORS, ["privileges.extension-missing"]);
      expect(rungOf(report, "privileges")?.evidence.pgvector).toMatchObject({ onServer: "0.8.0", mayCreate: may });
      expect(messages(report)).toContain(may ? "app may create it in app" : "app may not create it; a superuser does");
      expect(await createAs("app")).toBe(may ? null : "42501");
      await judge("pgvector not created, and not needed", PLAIN, []);
    });

    it("a role that may not create in the database may not create a trusted pgvector", async () => {
      await server.sql("app", "CREATE ROLE guest LOGIN PASSWORD 'right'; GRANT CREATE ON SCHEMA public TO guest");
      try {
        supply(`${CONTROL}trusted = true\n`);
        const warns = ["privileges.extension-missing"];
        const report = await judge("pgvector not created, guest", VECTORS, warns, at(server, "guest:right"));
        expect(messages(report)).toContain("guest may not create it");
        expect(await createAs("guest")).toBe("42501");
      } finally {
        await server.sql("app", "DROP OWNED BY guest; DROP ROLE guest");
      }
    });

    it("has nothing to say where pgvector is in public", async () => {
      supply();
      await server.sql("app", "CREATE EXTENSION vector WITH SCHEMA public");
      const report = await judge("pgvector in public", VECTORS, []);
      expect(rungOf(report, "privileges")).toMatchObject({
        status: "pass",
        summary: expect.stringMatching(/pgvector 0\.8\.0 in public$/),
        evidence: { pgvector: { version: "0.8.0", schema: "public", usedBy: "app/models.py uses fields.Vector" } },
      });
    });

    it("moves pgvector to public where it is elsewhere", async () => {
      supply();
      await server.sql("app", "CREATE SCHEMA extensions; CREATE EXTENSION vector WITH SCHEMA extensions");
      try {
        const report = await judge("pgvector elsewhere", VECTORS, ["privileges.extension-schema"]);
        const mend = /ALTER EXTENSION vector SET SCHEMA public$/.exec(messages(report))?.[0] ?? "";
        await server.sql("app", mend);
        await judge("pgvector moved to public", VECTORS, []);
      } finally {
        await server.sql("app", "DROP SCHEMA extensions CASCADE");
      }
    });

    it("tells of a right to gen_random_uuid() that was taken away, and how it comes back", async () => {
      await server.sql("app", "REVOKE EXECUTE ON FUNCTION gen_random_uuid() FROM PUBLIC");
      const report = await judge("gen_random_uuid() denied", PLAIN, ["privileges.feature-missing"]);
      expect(rungOf(report, "privileges")).toMatchObject({ status: "warn", evidence: { genRandomUuid: "denied" } });
      const mend = /GRANT EXECUTE .*$/.exec(messages(report))?.[0] ?? "";
      await server.sql("app", mend);
      await judge("gen_random_uuid() granted", PLAIN, []);
    });

    it("tells of an index method and operators that a changed server lacks", async () => {
      const change = (text: string) => server.sql("app", `SET allow_system_table_mods = on; ${text}`);
      await change("UPDATE pg_am SET amname = 'away' WHERE amname = 'spgist'");
      await change("UPDATE pg_opclass SET opcname = 'away' WHERE opcname = 'jsonb_path_ops'");
      try {
        const report = await judge("no SP-GiST, no jsonb_path_ops", PLAIN, ["privileges.feature-missing"]);
        expect(messages(report)).toMatch(/^app has no jsonb_path_ops, no spgist indexes:/);
        expect(rungOf(report, "privileges")?.summary).toContain("5 index types");
      } finally {
        await change("UPDATE pg_am SET amname = 'spgist' WHERE amname = 'away'");
        await change("UPDATE pg_opclass SET opcname = 'jsonb_path_ops' WHERE opcname = 'away'");
      }
    });
  });
}
