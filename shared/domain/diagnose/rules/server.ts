import { quoteIdentifier, quoteLiteral } from "../../sql";
import { copies, runs } from "../remedies";
import { type Confidence, type Rule, type Situation, where } from "../situation";

/** The four forms of 53300 differ by the routine that raises them (src/backend/utils/init). */
const full = (s: Situation): "role" | "database" | "reserved" | "all" | null => {
  if (s.failure.sqlstate !== "53300") return null;
  if (s.failure.routine === "InitializeSessionUserId") return "role";
  if (s.failure.routine === "CheckMyDatabase") return "database";
  return s.failure.routine === "InitPostgres" ? "reserved" : "all";
};

/** 57P03 has one routine for all its causes: what detection knows, then the words, tell them apart. */
const unavailable = (s: Situation): "starting" | "stopping" | "recovering" | "unknown" | null => {
  if (s.failure.sqlstate !== "57P03") return null;
  if (/shutting down/i.test(s.failure.message)) return "stopping";
  if (/recovery|not yet accepting|consistent/i.test(s.failure.message)) return "recovering";
  if (/starting up/i.test(s.failure.message) || s.around.server?.state === "starting") return "starting";
  return "unknown";
};

const when = (s: Situation, kind: "starting" | "stopping" | "recovering"): Confidence | null => {
  const seen = unavailable(s);
  if (seen === "unknown") return kind === "starting" ? "likely" : "possible";
  return seen === kind ? "certain" : null;
};

const holders =
  "SELECT usename, application_name, state, count(*) FROM pg_stat_activity WHERE datid IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 4 DESC";

const showHolders = copies("who-holds", "See who holds the connections", { sql: [holders] }, "administrator");
const smaller = copies("smaller-pool", "Make the pools smaller: min_pool_size and max_pool_size in Aksara()");

export const serverRules: readonly Rule[] = [
  {
    id: "server.starting",
    fits: (s) => when(s, "starting"),
    says: (s) => ({
      title: "The server is still starting",
      explanation: `${where(s)} takes no sign-ins yet. After a crash it first reads its log, which can take minutes.`,
      remedies: [copies("wait", "Wait a moment, then check again")],
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
    says: (s) => ({
      title: "The server is recovering",
      explanation: `${where(s)} replays its log and takes no sign-ins until the data is consistent.`,
      remedies: [copies("wait", "Wait a moment, then check again")],
    }),
  },
  {
    id: "server.too-many-connections",
    fits: (s) => (full(s) === "all" ? "certain" : null),
    says: () => ({
      title: "The server has no connection left",
      explanation:
        "All of max_connections are in use. This comes before the password is looked at, so it may hide a second problem.",
      remedies: [smaller, showHolders],
    }),
  },
  {
    id: "server.reserved-slots",
    fits: (s) => (full(s) === "reserved" ? "certain" : null),
    says: () => ({
      title: "The last connections are kept for administrators",
      explanation: "The password is right. All connections an ordinary role may use are taken; the rest is reserved.",
      remedies: [smaller, showHolders],
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
          statements: [
            { title: "Lift the role's limit", sql: () => `ALTER ROLE ${quoteIdentifier(s.user)} CONNECTION LIMIT -1` },
          ],
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
          statements: [
            {
              title: "Lift the database's limit",
              sql: () => `ALTER DATABASE ${quoteIdentifier(s.database)} CONNECTION LIMIT -1`,
            },
          ],
        }),
      ],
    }),
  },
];
