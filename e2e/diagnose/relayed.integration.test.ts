import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { selfSigned } from "../servers/certificate";
import { POSTGRES_VERSIONS, startPostgres, type TestServer, whyUnavailable } from "../servers/postgres";
import { type PgBouncer, type PgBouncerOptions, startPgBouncer, whyNoPgBouncer } from "./pgbouncer";
import { climbed } from "./plain-diagnose";
import { occupy } from "./sessions";
import { createVerdicts } from "./verdicts";

const verdicts = createVerdicts();
afterAll(() => verdicts.print("Passed on by PgBouncer, under its own 08P01"));
const missing = whyNoPgBouncer();

const certificate = selfSigned("pooler.example");

const SETUP = [
  "CREATE ROLE app LOGIN PASSWORD 'right'",
  "CREATE ROLE limited LOGIN PASSWORD 'right' CONNECTION LIMIT 0",
  "CREATE ROLE filler LOGIN",
  "CREATE DATABASE app OWNER app",
  "CREATE DATABASE narrow OWNER app CONNECTION LIMIT 0",
  "CREATE DATABASE off ALLOW_CONNECTIONS false",
  "CREATE DATABASE closed",
  "REVOKE CONNECT ON DATABASE closed FROM PUBLIC",
];

/** What the server behind says to the pooler, and what it must be called. */
const BEHIND = [
  { name: "the role's limit behind it", user: "limited", database: "app", expected: "server.role-limit" },
  { name: "the database's limit behind it", user: "app", database: "narrow", expected: "server.database-limit" },
  { name: "no CONNECT behind it", user: "app", database: "closed", expected: "database.connect-denied" },
  { name: "ALLOW_CONNECTIONS false behind it", user: "app", database: "off", expected: "database.not-accepting" },
  { name: "its admin database", user: "app", database: "pgbouncer", expected: "pooler.admin-only" },
] as const;

/** Sessions an ordinary role may have on the server behind. */
const ORDINARY = 8;

for (const version of POSTGRES_VERSIONS) {
  const why = missing ?? (await whyUnavailable(version));
  describe.skipIf(why !== null)(`PgBouncer before PostgreSQL ${version}${why ? ` (${why})` : ""}`, () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startPostgres({
        version,
        hba: ["local all filler trust", "host all all 127.0.0.1/32 md5"],
        config: {
          max_connections: String(ORDINARY + 2),
          superuser_reserved_connections: "2",
          max_wal_senders: "0",
          password_encryption: "md5",
        },
      });
      for (const sql of SETUP) await server.sql("postgres", sql);
    });
    afterAll(() => server?.remove());

    /** A pooler of its own, so that it holds no server connection yet. */
    async function before(
      user: string,
      database: string,
      more: Partial<PgBouncerOptions> = {},
      query = "",
      prepare?: (pooler: PgBouncer) => Promise<void>,
    ) {
      const to = `host=127.0.0.1 port=${server.port}`;
      const pooler = await startPgBouncer({
        databases: ["app", "narrow", "closed", "off"].map((name) => `${name} = ${to}`),
        users: { app: "right", limited: "right", keeper: "right" },
        ...more,
        settings: { query_wait_timeout: "5", ...more.settings },
      });
      try {
        await prepare?.(pooler);
        return await climbed(`postgresql://${user}:right@127.0.0.1:${pooler.port}/${database}${query}`);
      } finally {
        await pooler.remove();
      }
    }

    it.each(BEHIND.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
      verdicts.judge(String(version), one, await before(one.user, one.database));
    });

    it("only reserved connections are left behind it", async () => {
      const leave = await occupy(server, "filler", ORDINARY);
      try {
        const one = { name: "reserved slots behind it", expected: "server.reserved-slots" };
        verdicts.judge(String(version), one, await before("app", "app"));
      } finally {
        await leave();
      }
    });

    it("no connection is left behind it", async () => {
      await server.sql("postgres", "ALTER ROLE filler SUPERUSER");
      const leave = await occupy(server, "filler", ORDINARY + 2);
      try {
        const one = { name: "too many clients behind it", expected: "server.too-many-connections" };
        verdicts.judge(String(version), one, await before("app", "app"));
      } finally {
        await leave();
        await server.sql("postgres", "ALTER ROLE filler NOSUPERUSER");
      }
    });

    it("takes encrypted connections only", async () => {
      const files = { "server.key": certificate.key, "server.crt": certificate.certificate };
      const settings = {
        client_tls_sslmode: "require",
        client_tls_key_file: "server.key",
        client_tls_cert_file: "server.crt",
      };
      const plain = await before("app", "app", { files, settings }, "?sslmode=disable");
      verdicts.judge(String(version), { name: "client_tls_sslmode=require", expected: "encrypt.required" }, plain);
      expect(plain.diagnosis?.remedies.map(({ id }) => id)).toEqual(["sslmode-require"]);
      const secure = await before("app", "app", { files, settings });
      verdicts.judge(String(version), { name: "client_tls_sslmode=require, with TLS", expected: null }, secure);
    });

    it("refuses by a rule of its own", async () => {
      const files = { "hba.conf": "host all all 127.0.0.1/32 reject\n" };
      const settings = { auth_type: "hba", auth_hba_file: "hba.conf" };
      const one = { name: "auth_hba_file with reject", expected: "authenticate.hba-rejects" };
      verdicts.judge(String(version), one, await before("app", "app", { files, settings }));
    });

    it("is told to let nobody into a database", async () => {
      const settings = { admin_users: "keeper" };
      const report = await before("app", "app", { settings }, "", (pooler) =>
        pooler.admin("keeper", "right", "DISABLE app"),
      );
      verdicts.judge(String(version), { name: "DISABLE", expected: "pooler.disabled" }, report);
      expect(report.diagnosis?.remedies[0]?.sql).toEqual(["ENABLE app"]);
    });
  });
}
