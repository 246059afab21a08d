/** One line of a password file, without its password (libpq's "The Password File"): the parts as they stand, escapes and all. */
export interface PassfileEntry {
  /** From 1. */
  readonly line: number;
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  /** The password as asyncpg takes it; only where somebody asked to see secrets. */
  readonly shownPassword?: string;
}

/** The password file as drivers would find it. */
export interface Passfile {
  readonly path: string;
  readonly entries: readonly PassfileEntry[];
  /** Numbers of lines with fewer than five parts: libpq passes them over, asyncpg fails on them. */
  readonly brokenLines: readonly number[];
  /** Why drivers do not use it, such as rights that are too wide; null when they do. */
  readonly ignored: string | null;
}

/** One section of a connection service file; secrets are `***`. */
export interface ServiceSection {
  readonly name: string;
  /** The person's own file, or the system's, which asyncpg does not read. */
  readonly file: "own" | "system";
  readonly path: string;
  /** Line of the section's head, from 1. */
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}

/** What surrounds a connection string on this computer and may fill its gaps. Holds no secret unless one was asked for. */
export interface Surroundings {
  readonly osUser: string;
  /** The folder libpq looks for sockets in; "" where it takes localhost instead (Windows). */
  readonly socketDirectory: string;
  /** PG* variables as a program started here sees them; a secret's value is `***`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly passfile: Passfile | null;
  /** In the order libpq looks: the person's own file first, then the system's. */
  readonly services: readonly ServiceSection[];
}

/** Where a string as a whole came from; the last thing that put it there. */
export type StringSource =
  | { readonly kind: "typed" }
  | { readonly kind: "pasted" }
  | { readonly kind: "env-file"; readonly path: string }
  | { readonly kind: "database"; readonly server: string }
  | { readonly kind: "container"; readonly name: string };

/** Where one value that a driver uses came from. */
export interface ValueOrigin {
  /** libpq's keyword: host, port, user, password, dbname, sslmode, ... */
  readonly keyword: string;
  /** As shown; a secret is `***`; null when there is none. */
  readonly value: string | null;
  readonly kind: "string" | "service" | "environment" | "passfile" | "default";
  /** In words for the screen: "typed", ".env", "PGHOST", "~/.pgpass, line 3", "service app", "the system user". */
  readonly place: string;
}
