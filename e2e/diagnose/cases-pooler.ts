import type { TestServer } from "../servers/postgres";
import type { PgBouncerOptions } from "./pgbouncer";
import type { Expected } from "./verdicts";

/** A real PgBouncer before a real server, and the strings that meet it. */
export interface PoolerCase extends Expected {
  readonly mode: "session" | "transaction";
  readonly user: string;
  readonly database: string;
  readonly query?: string;
}

/** Roles of the server behind. */
export const POOLED_SETUP = [
  "CREATE ROLE app LOGIN PASSWORD 'right'",
  "CREATE DATABASE app OWNER app",
  "CREATE ROLE unknownhere LOGIN PASSWORD 'right'",
] as const;

export const poolerOptions = (server: TestServer, mode: PoolerCase["mode"]): PgBouncerOptions => {
  const to = `host=127.0.0.1 port=${server.port}`;
  return {
    databases: [
      `app = ${to}`,
      `wrongbehind = ${to} dbname=app user=app password=wrong`,
      `gonebehind = ${to} dbname=gone user=app`,
      "nowhere = host=127.0.0.1 port=9 dbname=app",
      `single = ${to} dbname=app pool_size=1`,
    ],
    users: { app: "right", nobehind: "right" },
    settings: {
      pool_mode: mode,
      max_client_conn: "4",
      query_wait_timeout: "1",
      server_login_retry: "15",
    },
  };
};

const both = (one: Omit<PoolerCase, "mode">): readonly PoolerCase[] => [
  { ...one, mode: "session" },
  { ...one, mode: "transaction" },
];

export const POOLER_CASES: readonly PoolerCase[] = [
  { name: "session mode connects", mode: "session", user: "app:right", database: "app", expected: null },
  {
    name: "transaction mode",
    mode: "transaction",
    user: "app:right",
    database: "app",
    expected: null,
    warns: ["pooler.transaction-mode"],
  },
  {
    name: "transaction mode, one server connection",
    mode: "transaction",
    user: "app:right",
    database: "single",
    expected: null,
    warns: ["pooler.transaction-mode"],
  },
  ...both({
    name: "no line in [databases]",
    user: "app:right",
    database: "unlisted",
    expected: "pooler.no-such-database",
  }),
  ...both({
    name: "the pooler refuses the password",
    user: "app:wrong",
    database: "app",
    expected: "pooler.login-failed",
    also: ["pooler.no-such-user"],
  }),
  ...both({
    // Under SCRAM it tells nobody whether the user exists.
    name: "a user the pooler does not know",
    user: "unknownhere:right",
    database: "app",
    expected: "pooler.login-failed",
    also: ["pooler.no-such-user"],
  }),
  ...both({
    name: "the server refuses the pooler's password",
    user: "app:right",
    database: "wrongbehind",
    expected: "pooler.login-failed",
  }),
  {
    name: "the same again, before it tries anew (server_login_retry)",
    mode: "session",
    user: "app:right",
    database: "wrongbehind",
    expected: "pooler.wait-timeout",
    also: ["pooler.server-unreachable"],
  },
  ...both({
    name: "a user the server does not know",
    user: "nobehind:right",
    database: "app",
    expected: "pooler.login-failed",
  }),
  ...both({ name: "dbname leads to none", user: "app:right", database: "gonebehind", expected: "database.missing" }),
  {
    name: "nothing listens behind",
    mode: "transaction",
    user: "app:right",
    database: "nowhere",
    expected: "pooler.wait-timeout",
    also: ["pooler.server-unreachable"],
  },
  ...both({
    name: "a setting in the URL, which asyncpg hands on",
    user: "app:right",
    database: "app",
    query: "?statement_timeout=5s",
    expected: "pooler.unsupported-parameter",
  }),
  ...both({
    name: "options",
    user: "app:right",
    database: "app",
    query: "?options=-c%20work_mem%3D1MB",
    expected: "pooler.unsupported-parameter",
  }),
];
