import type { Endpoint } from "../../shared/domain/endpoint";
import type { Result } from "../../shared/domain/result";
import type { Secret, Sslmode } from "../../shared/domain/target";

/** One row, column name to value as node-postgres gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** What a server or the way to it answered, as fields. Text in `message` is the server's own and may be localised. */
export interface SqlFailure {
  readonly sqlstate: string | null;
  readonly errno: string | null;
  readonly severity: string | null;
  readonly routine: string | null;
  readonly message: string;
  readonly detail: string | null;
}

/** A signed-in session. One statement a call; every call can fail as a value. */
export interface SqlSession {
  /** "postgres on localhost:5432", for "this runs as ..." lines. */
  readonly as: string;
  query(sql: string): Promise<Result<readonly Row[], SqlFailure>>;
  end(): Promise<void>;
}

/** How to sign in to a server: over the wire, or through `psql` run as another user of this computer. */
export type Access =
  | {
      readonly kind: "wire";
      readonly endpoint: Endpoint;
      readonly user: string;
      readonly password: Secret | null;
      readonly sslmode: Sslmode;
      readonly parameters: Readonly<Record<string, string>>;
    }
  | {
      /** Peer authentication as an OS user: `program` is psql's path, run with that user's uid. */
      readonly kind: "psql";
      readonly program: string;
      readonly osUser: string;
      readonly socketDirectory: string;
      readonly port: number;
    };

export interface SqlConnector {
  /** Opens one session on `database`; one attempt, no retry. `timeoutMs` bounds the whole opening. */
  connect(
    access: Access,
    database: string,
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<Result<SqlSession, SqlFailure>>;
}
