/** Every test server's folder is `<tmp>/aksara-pg-<pid of the tests>-XXXXXX`. */
export declare const FOLDER_PREFIX = "aksara-pg-";
/** The pid of the server whose data folder this is, from its own lock file; null when it does not run. */
export declare function postmasterOf(dataDirectory: string): number | null;
/** Ends at once the server of a test folder, if it runs, and removes the folder. */
export declare function removeFolder(folder: string): void;
/** Removes what test runs that were killed left behind: folders whose owner is gone, their servers first. */
export declare function removeLeftovers(): void;
