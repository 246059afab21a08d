/** What libpq prints of a URI it takes: the parameters that are not its defaults, and whether it leads to a socket. */
export interface TakenUri {
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
  readonly way: "inet" | "local";
  readonly environment: Readonly<Record<string, string>>;
}

export type Refusal =
  | "no-uri"
  | "unknown-parameter"
  | "bracket-unclosed"
  | "bracket-empty"
  | "bracket-after"
  | "no-equals"
  | "second-equals"
  | "bad-escape"
  | "nul"
  | "space";

export interface RefusedUri {
  readonly text: string;
  readonly why: Refusal;
  /** Index of the character it is about. */
  readonly position: number;
}

const taken = (
  text: string,
  way: TakenUri["way"],
  values: TakenUri["values"],
  environment: TakenUri["environment"] = {},
): TakenUri => ({ text, way, values, environment });

const refused = (text: string, why: Refusal, position: number): RefusedUri => ({ text, why, position });

const SYSTEM_ROOT = { PGSSLROOTCERT: "system" };

/** The URIs that PostgreSQL 18's own test src/interfaces/libpq/t/001_uri.pl has libpq take, in its order. */
export const TAKEN_URIS: readonly TakenUri[] = [
  taken("postgresql://uri-user:secret@host:12345/db", "inet", {
    user: "uri-user",
    password: "secret",
    dbname: "db",
    host: "host",
    port: "12345",
  }),
  taken("postgresql://uri-user@host:12345/db", "inet", { user: "uri-user", dbname: "db", host: "host", port: "12345" }),
  taken("postgresql://uri-user@host/db", "inet", { user: "uri-user", dbname: "db", host: "host" }),
  taken("postgresql://host:12345/db", "inet", { dbname: "db", host: "host", port: "12345" }),
  taken("postgresql://host/db", "inet", { dbname: "db", host: "host" }),
  taken("postgresql://uri-user@host:12345/", "inet", { user: "uri-user", host: "host", port: "12345" }),
  taken("postgresql://uri-user@host/", "inet", { user: "uri-user", host: "host" }),
  taken("postgresql://uri-user@", "local", { user: "uri-user" }),
  taken("postgresql://host:12345/", "inet", { host: "host", port: "12345" }),
  taken("postgresql://host:12345", "inet", { host: "host", port: "12345" }),
  taken("postgresql://host/", "inet", { host: "host" }),
  taken("postgresql://host", "inet", { host: "host" }),
  taken("postgresql://", "local", {}),
  taken("postgresql://?hostaddr=127.0.0.1", "inet", { hostaddr: "127.0.0.1" }),
  taken("postgresql://example.com?hostaddr=63.1.2.4", "inet", { host: "example.com", hostaddr: "63.1.2.4" }),
  taken("postgresql://%68ost/", "inet", { host: "host" }),
  taken("postgresql://host/db?user=uri-user", "inet", { user: "uri-user", dbname: "db", host: "host" }),
  taken("postgresql://host/db?user=uri-user&port=12345", "inet", {
    user: "uri-user",
    dbname: "db",
    host: "host",
    port: "12345",
  }),
  taken("postgresql://host/db?u%73er=someotheruser&port=12345", "inet", {
    user: "someotheruser",
    dbname: "db",
    host: "host",
    port: "12345",
  }),
  taken("postgresql://host:12345?user=uri-user", "inet", { user: "uri-user", host: "host", port: "12345" }),
  taken("postgresql://host?user=uri-user", "inet", { user: "uri-user", host: "host" }),
  taken("postgresql://host?  user = uri-user & port  = 12345 ", "inet", {
    user: "uri-user",
    host: "host",
    port: "12345",
  }),
  taken("postgresql://host?", "inet", { host: "host" }),
  taken("postgresql://[::1]:12345/db", "inet", { dbname: "db", host: "::1", port: "12345" }),
  taken("postgresql://[::1]/db", "inet", { dbname: "db", host: "::1" }),
  taken("postgresql://[2001:db8::1234]/", "inet", { host: "2001:db8::1234" }),
  taken("postgresql://[200z:db8::1234]/", "inet", { host: "200z:db8::1234" }),
  taken("postgresql://[::1]", "inet", { host: "::1" }),
  taken("postgres://", "local", {}),
  taken("postgres:///", "local", {}),
  taken("postgres:///db", "local", { dbname: "db" }),
  taken("postgres://uri-user@/db", "local", { user: "uri-user", dbname: "db" }),
  taken("postgres://?host=/path/to/socket/dir", "local", { host: "/path/to/socket/dir" }),
  taken("postgres://@host", "inet", { host: "host" }),
  taken("postgres://host:/", "inet", { host: "host" }),
  taken("postgres://:12345/", "local", { port: "12345" }),
  taken("postgres://otheruser@?host=/no/such/directory", "local", { user: "otheruser", host: "/no/such/directory" }),
  taken("postgres://otheruser@/?host=/no/such/directory", "local", { user: "otheruser", host: "/no/such/directory" }),
  taken("postgres://otheruser@:12345?host=/no/such/socket/path", "local", {
    user: "otheruser",
    host: "/no/such/socket/path",
    port: "12345",
  }),
  taken("postgres://otheruser@:12345/db?host=/path/to/socket", "local", {
    user: "otheruser",
    dbname: "db",
    host: "/path/to/socket",
    port: "12345",
  }),
  taken("postgres://:12345/db?host=/path/to/socket", "local", { dbname: "db", host: "/path/to/socket", port: "12345" }),
  taken("postgres://:12345?host=/path/to/socket", "local", { host: "/path/to/socket", port: "12345" }),
  taken("postgres://%2Fvar%2Flib%2Fpostgresql/dbname", "local", { dbname: "dbname", host: "/var/lib/postgresql" }),
  taken("postgresql://host?sslmode=disable", "inet", { host: "host", sslmode: "disable" }, SYSTEM_ROOT),
  taken("postgresql://host?sslmode=prefer", "inet", { host: "host", sslmode: "prefer" }, SYSTEM_ROOT),
  taken("postgresql://host?sslmode=verify-full", "inet", { host: "host" }, SYSTEM_ROOT),
];

/** The URIs that the same test has libpq refuse, in its order. */
export const REFUSED_URIS: readonly RefusedUri[] = [
  refused("postgresql://host/db?u%7aer=someotheruser&port=12345", "unknown-parameter", 21),
  refused("postgresql://host?  user user  =  uri  & port = 12345 12 ", "space", 24),
  refused("postgresql://host?  user  =  uri-user  & port = 12345 12 ", "space", 53),
  refused("postgresql://host?uzer=", "unknown-parameter", 18),
  refused("postgre://", "no-uri", 0),
  refused("postgres://[::1", "bracket-unclosed", 11),
  refused("postgres://[]", "bracket-empty", 11),
  refused("postgres://[::1]z", "bracket-after", 16),
  refused("postgresql://host?zzz", "no-equals", 18),
  refused("postgresql://host?value1&value2", "no-equals", 18),
  refused("postgresql://host?key=key=value", "second-equals", 25),
  refused("postgres://host?dbname=%XXfoo", "bad-escape", 23),
  refused("postgresql://a%00b", "nul", 14),
  refused("postgresql://%zz", "bad-escape", 13),
  refused("postgresql://%1", "bad-escape", 13),
  refused("postgresql://%", "bad-escape", 13),
];
