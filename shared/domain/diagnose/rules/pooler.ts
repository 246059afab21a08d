import { isSocket } from "../../endpoint";
import { copies, edits } from "../remedies";
import { says } from "../server-words";
import { type Confidence, place, type Rule, type Situation, where } from "../situation";
import { isProxy, straight } from "./proxy";
import { isExplained } from "./relayed";

const said = (s: Situation, pattern: RegExp): boolean => isProxy(s) && pattern.test(s.failure.message);

/** PgBouncer says 08P01, Supavisor XX000 for what a server says with 53300. */
export const isPoolerFull = (s: Situation): boolean =>
  said(s, /no more connections allowed|max client connections reached|max clients? reached|EMAXCONN/i);

/** PgBouncer's own refusal names no user; one with a name comes from the server behind it. */
const isOwnRefusal = (s: Situation): boolean => said(s, /^(password|SASL) authentication failed$/i);
const isServerGone = (s: Situation): boolean => said(s, /connect failed|server_connect_timeout|server conn crashed/i);
const isWaiting = (s: Situation): boolean => said(s, /query_wait_timeout/);
const isParameter = (s: Situation): boolean => said(s, /unsupported startup parameter/i);
const isNoDatabase = (s: Situation): boolean => said(s, /^no such database/i);
const isNoUser = (s: Situation): boolean => said(s, /^no such user|^"trust" authentication failed/i);
/** A message of the server behind it, under the pooler's own code. */
const isRelayed = (s: Situation): boolean =>
  s.failure.sqlstate === "08P01" &&
  isProxy(s) &&
  ![isPoolerFull, isOwnRefusal, isServerGone, isWaiting, isParameter, isNoDatabase, isNoUser, isExplained].some((one) =>
    one(s),
  );

/** Words of the server behind about who signs in; anything else it says may be about something else. */
const isSignIn = (s: Situation): boolean =>
  /authentication failed|role|user|password|pg_hba|server_login_retry|server login/i.test(s.failure.message) ||
  (["role-missing", "cannot-login", "no-entry", "hba-rejects"] as const).some((what) => says(s.failure.message, what));

/** The database behind, as its server names it. */
const behind = (s: Situation): string => /^database "(.+)" does not exist$/.exec(s.failure.message)?.[1] ?? "";

const port = (s: Situation): string => (isSocket(s.endpoint) ? where(s) : String(s.endpoint.port));

/** The parameter PgBouncer names ("unsupported startup parameter: options", or "... in options: search_path"). */
const parameterOf = (s: Situation): string => /parameter(?: in options)?:\s*(\S+)/i.exec(s.failure.message)?.[1] ?? "";

const sure =
  (test: (s: Situation) => boolean, confidence: Confidence = "certain"): Rule["fits"] =>
  (s) =>
    test(s) ? confidence : null;

const usersLine = (s: Situation): string => `"${s.user}" "the password, or its SCRAM secret from pg_authid"`;

const addUser = (s: Situation) =>
  copies("pooler-user", "Add the user to the file that auth_file names, then reload it in the admin database", {
    commands: [usersLine(s)],
    sql: ["RELOAD"],
  });

/** What PgBouncer and its kin say for themselves, and what they pass on. */
export const poolerRules: readonly Rule[] = [
  {
    id: "pooler.no-such-database",
    fits: sure(isNoDatabase),
    says: (s) => ({
      title: `The pooler knows no database called "${s.database}"`,
      explanation: `What answers on ${port(s)} is a pooler. Its section [databases] has no line for ${s.database}, whatever the server behind it holds.`,
      remedies: [
        copies("pooler-database", "Add a line to [databases] in pgbouncer.ini, then reload it in the admin database", {
          commands: [`${s.database} = host=127.0.0.1 port=5432 dbname=${s.database}`],
          sql: ["RELOAD"],
        }),
        ...straight(s),
      ],
    }),
  },
  {
    id: "pooler.login-failed",
    fits: (s) => {
      if (isOwnRefusal(s)) return "likely";
      if (isWaiting(s)) return "possible";
      if (!isRelayed(s) || behind(s) !== "") return null;
      return isSignIn(s) ? "certain" : "likely";
    },
    says: (s) =>
      isOwnRefusal(s)
        ? {
            title: `Most likely: the password in ${place(s)} is not the one the pooler has`,
            explanation: `A pooler answers on ${port(s)} and refuses ${s.user} itself: it compares with its own list of users (auth_file), not with the server behind it. Its log says whether it is the password or the user.`,
            remedies: [addUser(s), ...straight(s)],
          }
        : {
            title: "The server behind the pooler turns the pooler away",
            explanation: `A pooler answers on ${port(s)}. ${isWaiting(s) ? "It keeps trying to sign in to the server behind it" : `What it passes on from the server behind it: ${s.failure.message}`}. That is about the user and password of its configuration, for ${s.database}.`,
            remedies: [
              copies("pooler-server-login", "Correct user and password of the line in [databases], then reload", {
                commands: [`${s.database} = host=127.0.0.1 port=5432 dbname=${s.database} user=${s.user}`],
                sql: ["RELOAD"],
              }),
              ...straight(s),
            ],
          },
  },
  {
    id: "pooler.no-such-user",
    fits: (s) => (isNoUser(s) ? "certain" : isOwnRefusal(s) ? "possible" : null),
    says: (s) => ({
      title: `The pooler knows no user called "${s.user}"`,
      explanation: `A pooler has its own list of users (auth_file, or auth_query). A user that is not in it is refused like a wrong password.`,
      remedies: [addUser(s), ...straight(s)],
    }),
  },
  {
    id: "pooler.unsupported-parameter",
    fits: sure(isParameter),
    says: (s) => ({
      title: `The pooler does not take ${parameterOf(s) || "a parameter"} at the start of a session`,
      explanation: `PgBouncer passes on few parameters; ${s.failure.message}.`,
      remedies: [
        ...(parameterOf(s) in s.target.parameters
          ? [edits("drop-parameter", `Take ${parameterOf(s)} out of the string`, { drop: [parameterOf(s)] })]
          : []),
        copies("ignore-parameter", "Or let the pooler ignore it, in pgbouncer.ini, then reload", {
          commands: [`ignore_startup_parameters = ${parameterOf(s)}`],
          sql: ["RELOAD"],
        }),
        ...straight(s),
      ],
    }),
  },
  {
    id: "pooler.server-unreachable",
    fits: (s) => (isServerGone(s) ? "certain" : isWaiting(s) ? "possible" : null),
    says: (s) => ({
      title: "The pooler does not reach the server behind it",
      explanation: `The pooler on ${port(s)} answers; the server its line for ${s.database} names does not.`,
      remedies: [
        copies("pooler-servers", "See what it tries, in its admin database", {
          sql: ["SHOW DATABASES", "SHOW SERVERS"],
        }),
      ],
    }),
  },
  {
    id: "pooler.wait-timeout",
    fits: sure(isWaiting, "likely"),
    says: (s) => ({
      title: "The pooler has no server connection to give",
      explanation: `The pooler let ${s.user} in and then waited in vain for a connection to the server (query_wait_timeout): all of pool_size are in use, or the server is down or refuses the pooler. SHOW POOLS tells: cl_waiting beside sv_active full means in use, none at all means down.`,
      remedies: [
        copies("pooler-pools", "Look at its pools, in the admin database", { sql: ["SHOW POOLS", "SHOW SERVERS"] }),
        copies("raise-pool-size", "If they are all in use: raise default_pool_size in pgbouncer.ini", {
          commands: ["default_pool_size = 40"],
          sql: ["RELOAD"],
        }),
      ],
    }),
  },
  {
    id: "database.missing",
    fits: (s) => (isRelayed(s) && behind(s) !== "" ? "certain" : null),
    says: (s) => ({
      title: `The server behind the pooler has no database called "${behind(s)}"`,
      explanation: `A pooler answers on ${port(s)}; its line for ${s.database} leads to ${behind(s)}, which does not exist there.`,
      remedies: [copies("pooler-dbname", "Correct dbname in [databases], or create the database on that server")],
      exception: "ProtocolViolationError",
    }),
  },
];
