import { quoteLiteral } from "../../sql";
import { copies, runs, waits } from "../remedies";
import { says } from "../server-words";
import { type Confidence, type Rule, type Saying, type Situation, where } from "../situation";
import { liftDatabaseLimit, liftRoleLimit } from "../statements";
import { isPoolerFull } from "./pooler";
import { isExplained } from "./relayed";

/** The four forms of 53300 differ by the routine that raises them (src/backend/utils/init). */
const full = (s: Situation): "role" | "database" | "reserved" | "all" | null => {
  if (s.failure.sqlstate !== "53300" || isExplained(s)) return null;
  if (s.failure.routine === "InitializeSessionUserId") return "role";
  if (s.failure.routine === "CheckMyDatabase") return "database";
  return s.failure.routine === "InitPostgres" ? "reserved" : "all";
};

/** 57P03 has one routine for all its causes: the words, in any language, and what is known of the server part them. */
const unavailable = (s: Situation): "starting" | "stopping" | "recovering" | "unknown" | null => {
  const { sqlstate, message } = s.failure;
  // An open session is told to go: by an administrator or a shutdown (57P01), or because another process crashed (57P02).
  if (sqlstate === "57P01") return "stopping";
  if (sqlstate === "57P02") return "recovering";
  if (sqlstate !== "57P03") return null;
  if (says(message, "stopping")) return "stopping";
  if (says(message, "recovering") || says(message, "not-yet") || isClosed(s) || isStandby(s)) return "recovering";
  if (says(message, "starting") || s.around.server?.state === "starting") return "starting";
  return "unknown";
};

/** A standby with hot_standby=off lets nobody in, ever; from PostgreSQL 14 on it says so. */
const isClosed = (s: Situation): boolean => says(s.failure.message, "not-accepting");

/** Up to 13 every standby says "starting up" until it lets somebody in; its log and its data directory say more. */
const isStandby = ({ around }: Situation): boolean => around.standby || around.log?.standby === true;

const standbyStory = (s: Situation): Saying => ({
  title: `The server is a standby that lets nobody in${isClosed(s) ? "" : " yet"}`,
  explanation: isClosed(s)
    ? `${where(s)} follows another server with hot_standby=off. Waiting does not help: it opens when it is promoted, or with hot_standby=on for reading.`
    : `${where(s)} follows another server. With hot_standby=on it opens for reading once its data is consistent; with hot_standby=off it never does, and up to PostgreSQL 13 it does not say so.`,
  remedies: [copies("use-primary", "Use the address of the primary server")],
});

const when = (s: Situation, kind: "starting" | "stopping" | "recovering"): Confidence | null => {
  const seen = unavailable(s);
  if (seen === "unknown") return kind === "starting" ? "likely" : "possible";
  // "Starting up" is also what a closed standby of PostgreSQL 13 says.
  if (seen === "starting") return kind === "starting" ? "likely" : kind === "recovering" ? "possible" : null;
  return seen === kind ? "certain" : null;
};

const holders =
  "SELECT usename, application_name, state, count(*) FROM pg_stat_activity WHERE datid IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 4 DESC";

const showHolders = copies("who-holds", "See who holds the connections", { sql: [holders] }, "administrator");
const smaller = copies("smaller-pool", "Make the pools smaller: min_pool_size and max_pool_size in Aksara()");

const raiseLimit = copies(
  "raise-max-connections",
  "Or raise the server's own limit above what it is now, then restart it",
  { sql: ["SHOW max_connections", "ALTER SYSTEM SET max_connections = 200"] },
  "superuser",
);

const POOLER_FULL = {
  title: "The pooler takes no more clients",
  explanation:
    "Its own limit of client connections is reached (max_client_conn in PgBouncer); the server behind it may have room.",
  remedies: [
    smaller,
    copies("pooler-clients", "See who is connected to the pooler, in its admin database", { sql: ["SHOW CLIENTS"] }),
    copies("raise-max-client-conn", "Or raise its limit in pgbouncer.ini, then reload", {
      commands: ["max_client_conn = 500"],
      sql: ["RELOAD"],
    }),
  ],
};

export const serverRules: readonly Rule[] = [
  {
    id: "server.starting",
    fits: (s) => when(s, "starting"),
    says: (s) => ({
      title: "The server is still starting",
      explanation: `${where(s)} takes no sign-ins yet. After a crash it first reads its log, which can take minutes. If it says this for ever, see whether it is a standby.`,
      remedies: [waits("Wait until it lets sessions in, a minute at most")],
    }),
  },
  {
    id: "server.stopping",
    fits: (s) => when(s, "stopping"),
    says: (s) => ({
      title: "The server is shutting down",
      explanation: `${where(s)} takes no new sign-ins while it ends those it has.`,
      remedies: [copies("wait", "Wait until it is down, then start it again")],
    }),
  },
  {
    id: "server.recovering",
    fits: (s) => when(s, "recovering"),
    says: (s) =>
      isClosed(s) || isStandby(s)
        ? standbyStory(s)
        : {
            title: unavailable(s) === "recovering" ? "The server is recovering" : "Or it is recovering, or a standby",
            explanation: `${where(s)} replays its log and takes no sign-ins until the data is consistent. A standby with hot_standby=off never does; the server's log says "entering standby mode" then.`,
            remedies: [waits("Wait until it lets sessions in, a minute at most")],
          },
  },
  {
    id: "server.too-many-connections",
    fits: (s) => (full(s) === "all" || isPoolerFull(s) ? "certain" : null),
    says: (s) =>
      isPoolerFull(s)
        ? POOLER_FULL
        : {
            title: "The server has no connection left",
            explanation:
              "All of max_connections are in use. This comes before the password is looked at: a wrong one would only show once there is room.",
            remedies: [smaller, showHolders, raiseLimit],
          },
  },
  {
    id: "server.reserved-slots",
    fits: (s) => (full(s) === "reserved" ? "certain" : null),
    says: () => ({
      title: "The last connections are kept for administrators",
      explanation: "The password is right. All connections an ordinary role may use are taken; the rest is reserved.",
      remedies: [smaller, showHolders, raiseLimit],
    }),
  },
  {
    id: "server.role-limit",
    fits: (s) => (full(s) === "role" ? "certain" : null),
    says: (s) => ({
      title: `The role ${s.user} has no connection left`,
      explanation: "The role has a limit of its own (CONNECTION LIMIT), and that many sessions are open.",
      remedies: [
        smaller,
        runs("lift-role-limit", `Lift the limit of ${s.user}`, {
          database: "postgres",
          statements: [liftRoleLimit(s.user)],
        }),
        copies(
          "who-holds",
          "See who holds them",
          { sql: [holders.replace("WHERE", `WHERE usename = ${quoteLiteral(s.user)} AND`)] },
          "administrator",
        ),
      ],
    }),
  },
  {
    id: "server.database-limit",
    fits: (s) => (full(s) === "database" ? "certain" : null),
    says: (s) => ({
      title: `The database ${s.database} has no connection left`,
      explanation: "The database has a limit of its own (CONNECTION LIMIT), and that many sessions are open.",
      remedies: [
        smaller,
        runs("lift-database-limit", `Lift the limit of ${s.database}`, {
          database: "postgres",
          statements: [liftDatabaseLimit(s.database)],
        }),
      ],
    }),
  },
];
