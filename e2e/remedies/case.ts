import type { PostgresVersion, TestServer } from "../servers/postgres";

/** What takes a broken server's trouble away again, whatever a remedy left. */
export type Clear = () => Promise<void>;

/** A broken server, and the remedy that mends it. */
export interface RemedyCase {
  readonly name: string;
  /** The cause it is told as. */
  readonly expected: string;
  readonly remedy: string;
  readonly dsn: (server: TestServer) => string;
  /** Makes the trouble; answers how to clear it away. */
  readonly breaks?: (server: TestServer) => Promise<Clear>;
  readonly versions?: (version: PostgresVersion) => boolean;
  /** Statements or lines that must be shown before anything runs. */
  readonly shows?: readonly RegExp[];
}

/** Statements of the superuser that make the trouble, and those that clear it away. */
export const sql =
  (trouble: readonly string[], clear: readonly string[] = [], database = "postgres") =>
  async (server: TestServer): Promise<Clear> => {
    for (const statement of trouble) await server.sql(database, statement);
    return async () => {
      for (const statement of clear) await server.sql(database, statement);
    };
  };

/** A role that may come in with a password over TCP, gone with everything it has afterwards. */
export const role = (name: string, how = "LOGIN PASSWORD 'right'", more: readonly string[] = []) =>
  sql([`CREATE ROLE ${name} ${how} IN ROLE everyday`, ...more], [`DROP ROLE IF EXISTS ${name}`]);
