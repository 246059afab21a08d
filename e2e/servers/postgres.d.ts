import { type PostgresVersion } from "./binaries";
export { POSTGRES_VERSIONS, type PostgresVersion, whyUnavailable } from "./binaries";
export interface StartOptions {
    readonly version: PostgresVersion;
    /** Lines for postgresql.conf, values unquoted: `{ max_connections: "5", ssl: "on" }`. */
    readonly config?: Readonly<Record<string, string>>;
    /**
     * Replaces pg_hba.conf, but for one first line that lets `postgres` in over the socket with its password: `sql`
     * needs it. Without `hba`, everyone signs in by `auth` over the socket and from loopback.
     */
    readonly hba?: readonly string[];
    readonly auth?: "scram-sha-256" | "trust" | "md5";
    readonly initdbArgs?: readonly string[];
    /** Further environment of the server, nothing else is passed on: `{ TZ: "UTC" }`. */
    readonly env?: Readonly<Record<string, string>>;
    /** Further files in the data folder by name, mode 0600: `{ "server.key": pem }`. */
    readonly files?: Readonly<Record<string, string>>;
    /** False: everything is laid out but the server is not started. */
    readonly running?: boolean;
}
export interface TestServer {
    readonly version: PostgresVersion;
    readonly host: "127.0.0.1";
    readonly port: number;
    readonly superuser: "postgres";
    readonly password: string;
    readonly socketDirectory: string;
    readonly dataDirectory: string;
    readonly logFile: string;
    /** The server's process; null while it is stopped. */
    pid(): number | null;
    /** Runs statements as `postgres` over the socket; the rows of the last one. */
    sql(database: string, text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
    /** A connection string over TCP; as the superuser to `postgres` unless told otherwise. */
    dsn(parts?: {
        readonly user?: string;
        readonly password?: string;
        readonly database?: string;
    }): string;
    start(): Promise<void>;
    /** Stops it as `pg_ctl stop -m fast` does; the data stays. */
    stop(): Promise<void>;
    restart(): Promise<void>;
    /** Stops it and removes everything. Happens by itself when the process that started it ends. */
    remove(): Promise<void>;
}
/**
 * Starts a real PostgreSQL of its own: free port on 127.0.0.1, its own socket folder, fresh data, as the user
 * `postgres` when root runs the tests. Throws with the reason where the version cannot be had (see `whyUnavailable`).
 */
export declare function startPostgres(options: StartOptions): Promise<TestServer>;
