/** The user a test server runs as: PostgreSQL refuses root. Empty when the tests are not run as root. */
export interface Account {
    readonly uid?: number;
    readonly gid?: number;
}
/** `postgres` when root runs the tests, `nobody` where there is no such user, otherwise whoever runs them. */
export declare function serverAccount(): Account;
