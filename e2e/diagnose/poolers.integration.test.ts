import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOpenWire } from "../../electron/adapters/postgres/wire";
import { Secret } from "../../shared/domain/target";
import { POSTGRES_VERSIONS, startPostgres, type TestServer, whyUnavailable } from "../servers/postgres";
import { POOLED_SETUP, POOLER_CASES, type PoolerCase, poolerOptions } from "./cases-pooler";
import { type PgBouncer, startPgBouncer, whyNoPgBouncer } from "./pgbouncer";
import { climbed } from "./plain-diagnose";
import { createVerdicts } from "./verdicts";

const verdicts = createVerdicts();
const missing = whyNoPgBouncer();
const versions = await Promise.all(
  POSTGRES_VERSIONS.map(async (version) => [version, await whyUnavailable(version)] as const),
);
/** Its messages are its own: the oldest and the newest server behind it are enough. */
const behind = versions.filter(([, why]) => why === null).map(([version]) => version);

describe.skipIf(missing !== null)(`PgBouncer${missing ? ` (${missing})` : ""}`, () => {
  for (const version of new Set([behind[0], behind.at(-1)].filter((one) => one !== undefined))) {
    describe(`before PostgreSQL ${version}`, () => {
      let server: TestServer;
      const poolers = new Map<PoolerCase["mode"], PgBouncer>();
      beforeAll(async () => {
        server = await startPostgres({ version, auth: "md5" });
        for (const statement of POOLED_SETUP) await server.sql("postgres", statement);
        for (const mode of ["session", "transaction"] as const) {
          poolers.set(mode, await startPgBouncer(poolerOptions(server, mode)));
        }
      });
      afterAll(async () => {
        for (const pooler of poolers.values()) await pooler.remove();
        await server?.remove();
      });
      const at = (mode: PoolerCase["mode"]): PgBouncer => poolers.get(mode) as PgBouncer;
      const on = (mode: PoolerCase["mode"]): string => `${version}/${at(mode).version} ${mode}`;

      it.each(POOLER_CASES.map((one) => [`${one.mode}: ${one.name}`, one] as const))("%s", async (_name, one) => {
        const dsn = `postgresql://${one.user}@127.0.0.1:${at(one.mode).port}/${one.database}${one.query ?? ""}`;
        verdicts.judge(on(one.mode), one, await climbed(dsn));
      });

      const hold = async (mode: PoolerCase["mode"], count: number, database: string) => {
        const open = createOpenWire();
        const request = {
          endpoint: { host: "127.0.0.1", port: at(mode).port },
          user: "app",
          password: new Secret("right"),
          database,
          sslmode: "disable",
          parameters: {},
          timeoutMs: 10_000,
        } as const;
        const opened = [];
        for (let index = 0; index < count; index += 1) opened.push(await open(request, () => {}));
        expect(opened.every(({ ok }) => ok)).toBe(true);
        return opened.flatMap((one) => (one.ok ? [one.value.session] : []));
      };

      it.each(["session", "transaction"] as const)("%s: all clients taken", async (mode) => {
        const held = await hold(mode, 4, "app");
        try {
          const report = await climbed(`postgresql://app:right@127.0.0.1:${at(mode).port}/app`);
          verdicts.judge(on(mode), { name: "max_client_conn", expected: "server.too-many-connections" }, report);
        } finally {
          await Promise.all(held.map((session) => session.end()));
        }
      });

      it.each(["session", "transaction"] as const)("%s: all server connections taken", async (mode) => {
        const [held] = await hold(mode, 1, "single");
        await held?.query("BEGIN");
        try {
          const report = await climbed(`postgresql://app:right@127.0.0.1:${at(mode).port}/single`);
          verdicts.judge(on(mode), { name: "pool_size", expected: "pooler.wait-timeout" }, report);
        } finally {
          await held?.end();
        }
      });

      it("trust: a user the pooler does not know", async () => {
        const options = poolerOptions(server, "session");
        const trusting = await startPgBouncer({ ...options, settings: { ...options.settings, auth_type: "trust" } });
        try {
          const report = await climbed(`postgresql://unknownhere@127.0.0.1:${trusting.port}/app`);
          verdicts.judge(`${version} trust`, { name: "unknown user", expected: "pooler.no-such-user" }, report);
        } finally {
          await trusting.remove();
        }
      });

      it("the server's password is changed behind it", async () => {
        const options = poolerOptions(server, "session");
        const settings = { ...options.settings, query_wait_timeout: "1" };
        const pooler = await startPgBouncer({ ...options, settings });
        const dsn = `postgresql://app:right@127.0.0.1:${pooler.port}/app`;
        expect((await climbed(dsn)).ok).toBe(true);
        await server.sql("postgres", "ALTER ROLE app PASSWORD 'changed'");
        await server.sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'");
        try {
          // PgBouncer lets its client in by its own list, so it is the first statement that meets the server. The first
          // one waits, or is told already; the next is told.
          await climbed(dsn);
          const report = await climbed(dsn);
          expect(report.rungs.find(({ status }) => status === "fail")?.id).toBe("database");
          const one = { name: "the server's password changes (server_login_retry)", expected: "pooler.login-failed" };
          verdicts.judge(`${version} session`, one, report);
        } finally {
          await pooler.remove();
          await server.sql("postgres", "ALTER ROLE app PASSWORD 'right'");
        }
      });

      it.each(["session", "transaction"] as const)("%s: the server behind goes down", async (mode) => {
        // The last test of the mode: the server it had is gone now.
        await server.stop();
        try {
          const report = await climbed(`postgresql://app:right@127.0.0.1:${at(mode).port}/app`);
          const one = {
            name: "the server goes down",
            expected: "pooler.wait-timeout",
            also: ["pooler.server-unreachable"],
          };
          verdicts.judge(on(mode), one, report);
        } finally {
          await server.start();
        }
      });
    });
  }
});

afterAll(() => verdicts.print("PgBouncer"));
