import { type PostgresVersion } from "./binaries";
/** The superuser's password of every test server; it guards nothing. */
export declare const SUPERUSER_PASSWORD = "only-for-tests";
/** A fresh data folder at `target`: a copy of one that initdb made once for this version and these arguments. */
export declare function freshDataDirectory(version: PostgresVersion, target: string, initdbArgs: readonly string[]): Promise<void>;
export interface Configuration {
    readonly port: number;
    readonly socketDirectory: string;
    readonly config: Readonly<Record<string, string>>;
    readonly hba: readonly string[];
    readonly files: Readonly<Record<string, string>>;
}
/** Writes postgresql.conf (appended), pg_hba.conf (replaced) and further files (mode 0600) of a data folder. */
export declare function configure(data: string, wanted: Configuration): Promise<void>;
