import { at, options } from "../diagnose/case";
import { type RemedyCase, role, sql } from "./case";

const keeper = (...settings: readonly string[]) => sql(settings, ["ALTER ROLE keeper IN DATABASE app RESET ALL"]);

/** The database, what the role may do in it, and limits. */
export const DATABASE: readonly RemedyCase[] = [
  {
    name: "a database that is not there is made",
    expected: "database.missing",
    remedy: "create-database",
    dsn: (s) => at(s, "app:right", "shop"),
    shows: [/^CREATE DATABASE "shop" OWNER "app"$/],
  },
  {
    name: "a database of nearly that name",
    expected: "database.missing",
    remedy: "use-database-1",
    dsn: (s) => at(s, "app:right", "App"),
  },
  {
    name: "CONNECT is granted",
    expected: "database.connect-denied",
    remedy: "grant-connect",
    dsn: (s) => at(s, "outsider:right", "closed"),
    breaks: sql(
      ["GRANT CREATE ON SCHEMA public TO outsider"],
      ["REVOKE CREATE ON SCHEMA public FROM outsider"],
      "closed",
    ),
    shows: [/^GRANT CONNECT ON DATABASE "closed" TO "outsider"$/],
  },
  {
    name: "a closed database lets sessions in",
    expected: "database.not-accepting",
    remedy: "allow-connections",
    dsn: (s) => at(s, "app:right", "off"),
    breaks: sql(["ALTER DATABASE off OWNER TO app"], ["ALTER DATABASE off OWNER TO postgres"]),
  },
  {
    name: "a setting nobody knows is taken out",
    expected: "database.parameter-unknown",
    remedy: "drop-parameter",
    dsn: (s) => at(s, "app:right", "app", options("nosuch=1")),
  },
  {
    name: "any kind of server will do",
    expected: "database.session-attributes",
    remedy: "any-session",
    dsn: (s) => at(s, "app:right", "app", "?target_session_attrs=standby"),
  },
  {
    name: "the role's limit is lifted",
    expected: "server.role-limit",
    remedy: "lift-role-limit",
    dsn: (s) => at(s, "limited:right", "open"),
  },
  {
    name: "the database's limit is lifted",
    expected: "server.database-limit",
    remedy: "lift-database-limit",
    dsn: (s) => at(s, "app:right"),
    breaks: sql(["ALTER DATABASE app CONNECTION LIMIT 0"], ["ALTER DATABASE app CONNECTION LIMIT -1"]),
  },
  {
    name: "the app's role becomes the owner",
    expected: "privileges.no-create",
    remedy: "make-owner",
    dsn: (s) => at(s, "keeper:right", "lost"),
    versions: (version) => version >= 15,
    shows: [/^ALTER DATABASE "lost" OWNER TO "keeper"$/],
  },
  {
    name: "CREATE and USAGE are granted on a closed schema",
    expected: "privileges.no-create",
    remedy: "grant-create",
    dsn: (s) => at(s, "keeper:right", "shut"),
    shows: [/^GRANT USAGE, CREATE ON SCHEMA "public" TO "keeper"$/],
  },
  {
    name: "CREATE is granted where USAGE was there",
    expected: "privileges.no-create",
    remedy: "grant-create",
    dsn: (s) => at(s, "keeper:right", "app"),
  },
  {
    name: "the schema of the search_path is made",
    expected: "privileges.no-schema",
    remedy: "create-schema",
    dsn: (s) => at(s, "keeper:right", "app"),
    breaks: keeper(`ALTER ROLE keeper IN DATABASE app SET search_path = "$user", "ten""ant", other`),
    shows: [/^CREATE SCHEMA "ten""ant" AUTHORIZATION "keeper"$/],
  },
  {
    name: "the search_path leads to public",
    expected: "privileges.no-schema",
    remedy: "set-search-path",
    dsn: (s) => at(s, "app:right", "app"),
    breaks: sql(["ALTER ROLE app SET search_path = gone"], ["ALTER ROLE app RESET search_path"]),
  },
  {
    name: "the string's own search_path is taken out",
    expected: "privileges.no-schema",
    remedy: "drop-parameter",
    dsn: (s) => at(s, "app:right", "app", "?search_path=gone"),
  },
  {
    name: "the search_path in the string's options is taken out",
    expected: "privileges.no-schema",
    remedy: "drop-parameter",
    dsn: (s) => at(s, "app:right", "app", options("search_path=gone")),
  },
  {
    name: "the string asks for sessions that only read",
    expected: "privileges.read-only",
    remedy: "drop-parameter",
    dsn: (s) => at(s, "app:right", "app", "?default_transaction_read_only=on"),
  },
  {
    name: "sessions write again",
    expected: "privileges.read-only",
    remedy: "allow-writing",
    dsn: (s) => at(s, "app:right"),
    breaks: sql(
      ["ALTER DATABASE app SET default_transaction_read_only = on"],
      ["ALTER DATABASE app RESET default_transaction_read_only"],
    ),
  },
  {
    name: "sessions of the role alone write again, and back to what they were",
    expected: "privileges.read-only",
    remedy: "allow-writing",
    dsn: (s) => at(s, "reader:right", "open"),
    breaks: role("reader", undefined, ["ALTER ROLE reader IN DATABASE open SET default_transaction_read_only = on"]),
  },
];
