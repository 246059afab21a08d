import type { Diagnosis } from "../diagnosis";

/** Who wrote the text, as far as it tells. */
export type Source =
  | "aksara"
  | "asyncpg"
  | "psycopg"
  | "sqlalchemy"
  | "django"
  | "node-postgres"
  | "prisma"
  | "psql"
  | "pgbouncer"
  | "docker"
  | "server"
  | "unknown";

/** What the text names; null where it does not. Never a password. */
export interface Names {
  readonly host: string | null;
  readonly port: number | null;
  readonly user: string | null;
  readonly database: string | null;
  readonly schema: string | null;
  readonly parameter: string | null;
  /** The line of pg_hba.conf that decided, as the server's log says it. */
  readonly ruleLine: string | null;
}

/** One cause a text stands for. */
export interface PossibleCause {
  readonly id: string;
  readonly confidence: Diagnosis["confidence"];
}

/** What a pasted text was recognised as. */
export interface Recognition extends PossibleCause {
  readonly kind: "recognised";
  readonly sqlstate: string | null;
  readonly errno: string | null;
  readonly asyncpgException: string | null;
  readonly source: Source;
  /** The line it rests on, as it was pasted but without wrapping; passwords are masked. */
  readonly quoted: string;
  /** The connection string in the text, with its password, to climb the ladder with; null where there is none. */
  readonly dsn: string | null;
  /** The same, fit to be shown. */
  readonly shownDsn: string | null;
  readonly names: Names;
  readonly alternatives: readonly PossibleCause[];
}

/** An honest "no": only the string in the text may still be of use. */
export interface NotRecognised {
  readonly kind: "not-recognised";
  readonly dsn: string | null;
  readonly shownDsn: string | null;
}
