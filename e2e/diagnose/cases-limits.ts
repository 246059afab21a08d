import type { TestServer } from "../servers/postgres";
import { at, type Case, options, type Undo } from "./case";
import { occupy } from "./sessions";

const run = (sql: string, undo: string) => async (server: TestServer) => {
  await server.sql("postgres", sql);
  return async () => {
    await server.sql("postgres", undo);
  };
};

/** Superusers alone may take the very last connections. */
async function fillUp(server: TestServer): Promise<Undo> {
  await server.sql("postgres", "ALTER ROLE filler SUPERUSER");
  const leave = await occupy(server, "filler", 30);
  return async () => {
    await leave();
    await server.sql("postgres", "ALTER ROLE filler NOSUPERUSER");
  };
}

export const LIMITS: readonly Case[] = [
  { name: "role's connection limit", dsn: (s) => at(s, "limited:right", "app"), expected: "server.role-limit" },
  {
    name: "database's connection limit",
    dsn: (s) => at(s, "app:right", "app"),
    expected: "server.database-limit",
    before: run("ALTER DATABASE app CONNECTION LIMIT 0", "ALTER DATABASE app CONNECTION LIMIT -1"),
  },
  {
    name: "reserved slots",
    dsn: (s) => at(s, "app:right"),
    expected: "server.reserved-slots",
    before: (s) => occupy(s, "filler", 28),
  },
  {
    name: "slots reserved for pg_use_reserved_connections",
    dsn: (s) => at(s, "app:right"),
    expected: "server.reserved-slots",
    since: 16,
    before: async (s) => {
      await s.sql("postgres", "ALTER SYSTEM SET reserved_connections = 2");
      await s.restart();
      const leave = await occupy(s, "filler", 26);
      return async () => {
        await leave();
        await s.sql("postgres", "ALTER SYSTEM RESET reserved_connections");
        await s.restart();
      };
    },
  },
  {
    name: "too many clients",
    dsn: (s) => at(s, "app:right"),
    expected: "server.too-many-connections",
    before: fillUp,
  },
  {
    name: "too many clients, which hides a wrong password",
    dsn: (s) => at(s, "app:wrong"),
    expected: "server.too-many-connections",
    before: fillUp,
  },
];

export const PRIVILEGES: readonly Case[] = [
  { name: "no CREATE on public", dsn: (s) => at(s, "outsider:right", "app"), expected: "privileges.no-create" },
  { name: "no USAGE on public", dsn: (s) => at(s, "outsider:right", "shut"), expected: "privileges.no-create" },
  {
    name: "search_path to nowhere",
    dsn: (s) => at(s, "app:right", "app", options("search_path=nowhere")),
    expected: "privileges.no-schema",
  },
  {
    name: "the role starts read-only",
    dsn: (s) => at(s, "app:right"),
    expected: "privileges.read-only",
    before: run(
      "ALTER ROLE app SET default_transaction_read_only = on",
      "ALTER ROLE app RESET default_transaction_read_only",
    ),
  },
  {
    name: "the database starts read-only",
    dsn: (s) => at(s, "app:right"),
    expected: "privileges.read-only",
    before: run(
      "ALTER DATABASE app SET default_transaction_read_only = on",
      "ALTER DATABASE app RESET default_transaction_read_only",
    ),
  },
];
