import type { PostgresVersion, TestServer } from "../servers/postgres";
import type { Expected } from "./verdicts";

/** What must be taken back after a case. */
export type Undo = () => Promise<void>;

/** One way to fail, provoked on a real server. */
export interface Case extends Expected {
  readonly dsn: (server: TestServer) => string;
  /** Makes the trouble; answers how to take it back. */
  readonly before?: (server: TestServer) => Promise<Undo>;
  /** First version that knows it. */
  readonly since?: PostgresVersion;
}

/** A string over TCP. */
export const at = (server: TestServer, user: string, database = "app", query = ""): string =>
  `postgresql://${user}@127.0.0.1:${server.port}/${database}${query}`;

/** A string over the server's socket. */
export const socket = (server: TestServer, user: string): string =>
  `postgresql://${user}@${encodeURIComponent(server.socketDirectory)}:${server.port}/app`;

/** A setting sent at the start of the session. */
export const options = (setting: string): string => `?options=${encodeURIComponent(`-c ${setting}`)}`;
