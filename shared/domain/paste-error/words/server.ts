import { copies } from "../../diagnose/remedies";
import { capital, named, type WordTable } from "./word";

const copy = (...args: Parameters<typeof copies>) => copies(...args).remedy;
const smaller = copy("smaller-pool", "Make the pools smaller: min_pool_size and max_pool_size in Aksara()");
const holders = copy(
  "who-holds",
  "See who holds the connections",
  {
    sql: [
      "SELECT usename, application_name, state, count(*) FROM pg_stat_activity WHERE datid IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 4 DESC",
    ],
  },
  "administrator",
);
const wait = copy("wait", "Wait a moment, then check again");

/** Moments and limits of the server, poolers and hosts before it. */
export const serverWords: WordTable = {
  "server.starting": {
    title: () => "The server is still starting",
    explanation: () =>
      "It takes no sign-ins yet. After a crash it first reads its log, which can take minutes. Before PostgreSQL 14 a standby without hot_standby says so for ever.",
    remedies: () => [wait],
  },
  "server.stopping": {
    title: () => "The server is shutting down",
    explanation: () => "It takes no new sign-ins while it ends those it has.",
    remedies: () => [wait],
  },
  "server.recovering": {
    title: () => "The server is recovering",
    explanation: () =>
      "It replays its log and takes no sign-ins until the data is consistent, or it is a standby without hot_standby.",
    remedies: () => [wait],
  },
  "server.session-ended": {
    title: () => "The server ended a session that was open",
    explanation: () => "It was restarted, or somebody or a time limit ended the session. Signing in had worked.",
  },
  "server.too-many-connections": {
    title: () => "All connections are taken",
    explanation: () =>
      "Pools, other apps and forgotten sessions hold them. This comes before the password is looked at, so that may still be wrong.",
    remedies: () => [smaller, holders],
  },
  "server.reserved-slots": {
    title: () => "The connections left are reserved for administrators",
    explanation: () => "For ordinary roles the server is full. The password was right.",
    remedies: () => [smaller, holders],
  },
  "server.role-limit": {
    title: ({ user }) => `${capital(named("role", user))} has no connection left`,
    explanation: () => "The role has a limit of its own (CONNECTION LIMIT), and that many sessions are open.",
    remedies: () => [smaller],
  },
  "server.database-limit": {
    title: ({ database }) => `${capital(named("database", database))} has no connection left`,
    explanation: () => "The database has a limit of its own (CONNECTION LIMIT), and that many sessions are open.",
    remedies: () => [smaller],
  },
  "capacity.pool-too-large": {
    title: () => "The app waited too long for a connection of its pool",
    explanation: () => "Every connection of the pool is in use, or the server has none left to give it.",
    remedies: () => [holders],
  },
  "pooler.no-such-database": {
    title: ({ database }) => `The pooler knows no database${database ? ` called "${database}"` : " of that name"}`,
    explanation: () => "PgBouncer knows only what stands under [databases], and what * stands for.",
    remedies: ({ database }) => [
      copy(
        "pooler-database",
        "Add it under [databases], then RELOAD",
        { commands: [`${database ?? "<database>"} = host=<server> port=5432`] },
        "administrator",
      ),
    ],
  },
  "pooler.no-such-user": {
    title: ({ user }) => `The pooler knows no user${user ? ` called "${user}"` : " of that name"}`,
    explanation: () => "PgBouncer signs people in by its auth_file or its auth_query, whatever roles the server has.",
  },
  "pooler.login-failed": {
    title: () => "The pooler itself cannot sign in to the server",
    explanation: () => "The user and password in the pooler's configuration are refused, not those of the string.",
  },
  "pooler.server-unreachable": {
    title: () => "The pooler does not reach the server behind it",
    explanation: () => "The pooler is up. The server in its configuration is stopped, or its address is wrong.",
  },
  "pooler.unsupported-parameter": {
    title: ({ parameter }) =>
      `The pooler does not take ${parameter ? `the parameter ${parameter}` : "a parameter that the string sends"}`,
    explanation: () => "PgBouncer passes on only the settings it knows.",
    remedies: ({ parameter }) => [
      copy("drop-parameter", `Take ${parameter ?? "it"} out of the string`),
      copy(
        "ignore-parameter",
        "Or have PgBouncer ignore it",
        { commands: [`ignore_startup_parameters = ${parameter ?? "<parameter>"}`] },
        "administrator",
      ),
    ],
  },
  "pooler.wait-timeout": {
    title: () => "The pooler had no server connection free in time",
    explanation: () => "All of its connections are in use (query_wait_timeout), or it reaches no server.",
  },
  "pooler.transaction-mode": {
    title: () => "Prepared statements meet a pooler that shares connections",
    explanation: () =>
      "In transaction mode the next statement can go to another server connection. Aksara's pool always uses prepared statements.",
    remedies: () => [
      copy(
        "session-mode",
        "Use the direct port, or session mode: pool_mode = session",
        { commands: ["pool_mode = session"] },
        "administrator",
      ),
      copy(
        "prepared-statements",
        "Or, from PgBouncer 1.21 on",
        { commands: ["max_prepared_statements = 200"] },
        "administrator",
      ),
    ],
  },
  "cloud.tenant-not-found": {
    title: () => "The shared pooler does not know this project",
    explanation: () =>
      "Supabase's shared pooler wants the user as <role>.<project>, and the host of the project's own region.",
  },
  "cloud.endpoint-missing": {
    title: () => "The host does not learn which project is meant",
    explanation: () => "Neon takes it from the name in TLS (SNI), which this client does not send.",
    remedies: () => [
      copy("endpoint-option", "Update the driver, or add options=endpoint%3D<first part of the host name>"),
    ],
  },
  "cloud.endpoint-not-found": {
    title: () => "The host has no such database server, or it is turned off",
    explanation: () =>
      "The first part of the host's name is wrong, the project is gone, or it is not open to this address.",
  },
};
