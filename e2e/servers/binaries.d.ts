export declare const POSTGRES_VERSIONS: readonly [13, 14, 15, 16, 17, 18];
export type PostgresVersion = (typeof POSTGRES_VERSIONS)[number];
/** The work tree's top folder: the nearest folder above the current one that holds this project's package.json. */
export declare function workTree(): string;
/** Why a version cannot be had on this computer, to skip its tests with that reason; null when it can. */
export declare function whyUnavailable(version: PostgresVersion): Promise<string | null>;
/** The folder with bin/ of a version, and the folder where things made once are kept; throws with the reason. */
export declare function binariesOf(version: PostgresVersion): Promise<{
    readonly folder: string;
    readonly cache: string;
}>;
